"""Judgements about purchase orders and announcements. Pure."""

from collections import Counter
from collections.abc import Iterable

from app.purchasing.problems import LineTwice


def no_repeats(names: Iterable[object]) -> None:
    """Refuse a document that names the same line or pallet twice."""
    counted = Counter(str(name) for name in names)
    twice = tuple(name for name, times in counted.items() if times > 1)
    if twice:
        raise LineTwice(lines=twice)
