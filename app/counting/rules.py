"""What is close enough when a bin is counted. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

SETTING = "count_tolerance"
ALL = 100


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far a count may be off the book, per item and lot: the wider of the two holds."""

    pieces: int = 0
    percent: int = 0

    def as_setting(self) -> dict[str, object]:
        """Write it as the site keeps it."""
        return {"quantity": self.pieces, "percent": self.percent}


def tolerance_of(settings: Mapping[str, object]) -> Tolerance:
    """Read what the site decided; nobody decided: a count is exact or it is off."""
    chosen = settings.get(SETTING)
    if not isinstance(chosen, Mapping):
        return Tolerance()
    pieces, percent = chosen.get("quantity"), chosen.get("percent")
    return Tolerance(
        pieces if type(pieces) is int and pieces >= 0 else 0,
        percent if type(percent) is int and 0 <= percent <= ALL else 0,
    )


def within(tolerance: Tolerance, lines: Iterable[tuple[int, int]]) -> bool:
    """Tell whether every (counted, book) is close enough."""
    return all(
        abs(counted - book) <= max(tolerance.pieces, tolerance.percent * max(book, 0) // ALL)
        for counted, book in lines
    )
