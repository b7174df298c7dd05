"""How somebody writes numbers, days and lists; cells are read in this and nowhere else."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from app.kernel.clock import millis

DateOrder = Literal["iso", "day_first", "month_first"]
WHOLE = re.compile(r"[+-]?[0-9]{1,15}", re.ASCII)
DAY = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})", re.ASCII)
CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?", re.ASCII)
YES = frozenset({"1", "true", "yes", "y", "x", "si", "sí"})
NO = frozenset({"0", "false", "no", "n"})


@dataclass(frozen=True, slots=True)
class Dialect:
    """The habits of a file. Instants without an offset are UTC."""

    delimiter: str = ","
    encoding: str = "utf-8-sig"  # reads UTF-8 with and without its mark
    decimal_comma: bool = False
    dates: DateOrder = "iso"


class Unfit(ValueError):
    """The cell does not hold this; the message says what would fit."""


Reader = Callable[[str, Dialect], Any]


def text(cell: str, dialect: Dialect) -> str:
    """Take a cell as it is."""
    return cell


def whole(cell: str, dialect: Dialect) -> int:
    """Read a whole number: no separators of thousands, which nobody can tell from decimals."""
    if not WHOLE.fullmatch(cell):
        raise Unfit("a whole number")
    return int(cell)


def amount(cell: str, dialect: Dialect) -> str:
    """Read an exact decimal, as text with a point."""
    plain = cell.replace(",", ".") if dialect.decimal_comma else cell
    try:
        number = Decimal(plain)
    except InvalidOperation as error:
        raise Unfit("a decimal number") from error
    if not number.is_finite() or "_" in plain or "e" in plain.lower():
        raise Unfit("a decimal number")
    return str(number)


def yes_or_no(cell: str, dialect: Dialect) -> bool:
    """Read what people write for true and false."""
    word = cell.casefold()
    if word not in YES | NO:
        raise Unfit("yes or no")
    return word in YES


def day(cell: str, dialect: Dialect) -> str:
    """Read a calendar day; in a file of another order also YYYY-MM-DD, which is unmistakable."""
    return _date(cell, dialect).isoformat()


def instant(cell: str, dialect: Dialect) -> int:
    """Read a day and a time (or a day alone) as milliseconds since 1970."""
    if dialect.dates == "iso":
        return millis(_aware(cell))
    written, _, clock = cell.partition(" ")
    if not clock and not DAY.fullmatch(written):
        return millis(_aware(cell))
    hour, minute, second = _clock(clock.strip() or "0:00")
    found = _date(written, dialect)
    return millis(datetime(found.year, found.month, found.day, hour, minute, second, tzinfo=UTC))


def several(cell: str, dialect: Dialect) -> list[str]:
    """Read a list separated by bars."""
    return [part.strip() for part in cell.split("|") if part.strip()]


def quantities(cell: str, dialect: Dialect) -> list[dict[str, Any]]:
    """Read packagings: `case:12|pallet:480`."""
    found = []
    for part in several(cell, dialect):
        name, _, quantity = part.rpartition(":")
        if not name.strip():
            raise Unfit("name:quantity|name:quantity")
        found.append({"name": name.strip(), "quantity": whole(quantity.strip(), dialect)})
    return found


def _date(cell: str, dialect: Dialect) -> date:
    ordered = DAY.fullmatch(cell)
    try:
        if ordered is None or dialect.dates == "iso":
            return date.fromisoformat(cell)
        first, second, year = map(int, ordered.groups())
        if dialect.dates == "day_first":
            return date(year, second, first)
        return date(year, first, second)
    except ValueError as error:
        raise Unfit("a day") from error


def _aware(cell: str) -> datetime:
    try:
        moment = datetime.fromisoformat(cell)
        moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise Unfit("a day and time") from error
    return moment


def _clock(written: str) -> tuple[int, int, int]:
    found = CLOCK.fullmatch(written)
    if found is None:
        raise Unfit("a day and time")
    hour, minute, second = (int(part or 0) for part in found.groups())
    if hour > 23 or minute > 59 or second > 59:  # noqa: PLR2004 - a clock
        raise Unfit("a day and time")
    return hour, minute, second
