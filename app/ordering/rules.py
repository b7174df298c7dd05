"""Judgements about orders. Pure."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from app.ordering.problems import BadPrice, LineTwice

LARGEST = Decimal(10) ** 10
SMALLEST_PART = -4


def money(text: str | None) -> Decimal | None:
    """Read an amount, exact: at most ten digits before the point and four after it."""
    if text is None:
        return None
    try:
        amount = Decimal(text)
    except InvalidOperation as error:
        raise BadPrice(price=text) from error
    exponent = amount.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < SMALLEST_PART or abs(amount) >= LARGEST:
        raise BadPrice(price=text)
    return amount


def no_repeats(numbers: Iterable[int]) -> None:
    """Refuse a document that names a line twice."""
    twice = tuple(number for number, times in Counter(numbers).items() if times > 1)
    if twice:
        raise LineTwice(lines=twice)
