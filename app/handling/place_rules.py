"""What makes a place unfit for what was brought there. Pure, of the state as it is known."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.kernel.problem import Problem
from app.kernel.values import value


@value
class PlaceRule:
    """What a place allows; None = no limit. Weights in grams, volumes in millilitres."""

    blocked: bool = False
    virtual: bool = False
    only_empty: bool = False
    no_mix_item: bool = False
    no_mix_lot: bool = False
    max_units: int | None = None
    max_weight_g: int | None = None
    max_volume_ml: int | None = None


@value
class Stored:
    """Goods in a place, loose or on a unit."""

    item: str
    lot: str
    quantity: int
    weight_g: int = 0  # of one base unit
    volume_ml: int = 0


@dataclass(eq=False)
class RuleBroken(Problem):
    """The place does not allow what is in it."""

    code = "rule_broken"
    rule: str


def broken_rules(rule: PlaceRule, contents: Sequence[Stored]) -> tuple[RuleBroken, ...]:
    """Name every rule that the contents of a place break."""
    held = [stored for stored in contents if stored.quantity > 0]
    lots = {(stored.item, stored.lot) for stored in held}
    items = {stored.item for stored in held}
    checks = {
        "blocked": rule.blocked and bool(held),
        "mixed_items": rule.no_mix_item and len(items) > 1,
        "mixed_lots": rule.no_mix_lot and len(lots) > len(items),
        "too_many": _over(rule.max_units, sum(s.quantity for s in held)),
        "too_heavy": _over(rule.max_weight_g, sum(s.quantity * s.weight_g for s in held)),
        "too_bulky": _over(rule.max_volume_ml, sum(s.quantity * s.volume_ml for s in held)),
    }
    return tuple(RuleBroken(rule=name) for name, broken in checks.items() if broken)


def _over(limit: int | None, value: int) -> bool:
    return limit is not None and value > limit
