"""Judgements about orders. Pure."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from app.kernel.money import NotMoney, amount
from app.ordering.problems import BadPrice, LineTwice


def money(text: str | None) -> Decimal | None:
    """Read a price."""
    try:
        return None if text is None else amount(text)
    except NotMoney as error:
        raise BadPrice(price=str(text)) from error


def no_repeats(numbers: Iterable[int]) -> None:
    """Refuse a document that names a line twice."""
    twice = tuple(number for number, times in Counter(numbers).items() if times > 1)
    if twice:
        raise LineTwice(lines=twice)
