"""The tables: the device's copy is current, and every AI can be met."""

from itertools import pairwise

import pytest

from app.identification.generate import TARGET, generated
from app.identification.tables import DATA_CODINGS, IDENTIFIERS
from app.identification.values import _RULES


def test_tables_of_the_device_are_current() -> None:
    assert TARGET.read_text("utf-8") == generated(), "run: python -m app.identification.generate"


def test_no_ai_begins_with_another() -> None:
    codes = sorted(IDENTIFIERS)

    assert not [(short, long) for short, long in pairwise(codes) if long.startswith(short)]


@pytest.mark.parametrize("code", sorted(IDENTIFIERS))
def test_every_rule_of_an_ai_exists(code: str) -> None:
    rules = {rule for part in IDENTIFIERS[code].parts for rule in part.rules}

    assert rules <= _RULES.keys()


def test_every_companion_exists() -> None:
    for ai in IDENTIFIERS.values():
        assert all(group for rule in ai.needs for companions in rule for group in companions)


def test_only_identifiers_of_devices_are_kept_off_tags() -> None:
    without = IDENTIFIERS.keys() - DATA_CODINGS.keys()

    assert without == {"03", "717", "8014", "8040", "8041", "8042", "8043"}
