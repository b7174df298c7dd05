"""What makes a place unfit for what is in it."""

import pytest

from app.handling.place_rules import PlaceRule, Stored, broken_rules

TEA = Stored("tea", "", 4, weight_g=100, volume_ml=200)
MILK = Stored("milk", "L1", 2, weight_g=1_000, volume_ml=1_000)


@pytest.mark.parametrize(
    ("rule", "contents", "broken"),
    [
        (PlaceRule(), [TEA, MILK], []),
        (PlaceRule(blocked=True), [], []),
        (PlaceRule(blocked=True), [TEA], ["blocked"]),
        (PlaceRule(no_mix_item=True), [TEA, TEA], []),
        (PlaceRule(no_mix_item=True), [TEA, MILK], ["mixed_items"]),
        (PlaceRule(no_mix_lot=True), [MILK, Stored("milk", "L2", 1)], ["mixed_lots"]),
        (PlaceRule(no_mix_lot=True), [MILK, TEA], []),
        (PlaceRule(max_units=6), [TEA, MILK], []),
        (PlaceRule(max_units=5), [TEA, MILK], ["too_many"]),
        (PlaceRule(max_weight_g=2_399), [TEA, MILK], ["too_heavy"]),
        (PlaceRule(max_volume_ml=2_799), [TEA, MILK], ["too_bulky"]),
        (PlaceRule(no_mix_item=True), [TEA, Stored("milk", "L1", 0)], []),
        (PlaceRule(no_mix_item=True), [TEA, Stored("milk", "L1", -3)], []),
    ],
)
def test_only_what_is_there_breaks_a_rule(
    rule: PlaceRule, contents: list[Stored], broken: list[str]
) -> None:
    assert [flag.rule for flag in broken_rules(rule, contents)] == broken
