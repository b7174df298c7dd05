"""Amounts are exact and are written as people write them."""

from decimal import Decimal

import pytest

from app.kernel.money import NotMoney, amount, written


@pytest.mark.parametrize(
    ("text", "shown"),
    [("2.5", "2.50"), ("0.0125", "0.0125"), ("120", "120.00"), ("1E+2", "100.00"), ("0", "0.00")],
)
def test_an_amount_and_how_it_is_written(text: str, shown: str) -> None:
    assert written(amount(text)) == shown


@pytest.mark.parametrize("text", ["", "two", "NaN", "Infinity", "0.00001", "10000000000"])
def test_what_is_none(text: str) -> None:
    with pytest.raises(NotMoney):
        amount(text)


def test_nothing_is_written_as_nothing() -> None:
    assert written(None) is None
    assert written(Decimal("0.8500")) == "0.85"
