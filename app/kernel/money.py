"""Amounts of money, exact. They travel as text with a decimal point."""

from decimal import Decimal, InvalidOperation

LARGEST = Decimal(10) ** 10
SMALLEST_PART = -4


class NotMoney(ValueError):
    """This is no amount that a column here can hold."""


def amount(text: str) -> Decimal:
    """Read an amount: at most ten digits before the point and four after it."""
    try:
        read = Decimal(text)
    except InvalidOperation as error:
        raise NotMoney(text) from error
    exponent = read.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < SMALLEST_PART or abs(read) >= LARGEST:
        raise NotMoney(text)
    return read


def written(value: Decimal | None) -> str | None:
    """Write an amount down: no digits that say nothing, but cents as people write them."""
    if value is None:
        return None
    whole = value.quantize(Decimal("0.01"))
    return f"{whole:f}" if whole == value else f"{value.normalize():f}"
