"""Two-digit years, days that exist, and the day 00 that stands for the last of the month."""

import datetime as dt
from calendar import monthrange

# GS1: a year more than fifty ahead of the running one belongs to the century before it,
# one fifty or more behind it to the century after it.
_AHEAD = 51
_BEHIND = -50


def full_year(two_digits: int, running: int) -> int:
    """The year meant by two digits, seen from the running year."""
    century = running - running % 100
    distance = two_digits - running % 100
    if distance >= _AHEAD:
        return century - 100 + two_digits
    if distance <= _BEHIND:
        return century + 100 + two_digits
    return century + two_digits


def days_in_month(year: int, month: int) -> int:
    """0 for a month or year that does not exist, so that no day fits into it."""
    if not (1 <= month <= 12 and 1 <= year <= 9999):  # noqa: PLR2004 - the calendar's own numbers
        return 0
    return monthrange(year, month)[1]


def is_date(digits: str) -> bool:
    """YYMMDD with a day that exists; 2000 and 29 February agree in every century in reach."""
    month, day = int(digits[2:4]), int(digits[4:6])
    return 1 <= day <= days_in_month(2000 + int(digits[:2]), month)


def is_date_or_month(digits: str) -> bool:
    """YYMMDD where the day may be 00."""
    return is_date(digits) or (digits[4:6] == "00" and is_date(digits[:4] + "01"))


def is_long_date(digits: str) -> bool:
    """YYYYMMDD."""
    day = int(digits[6:8])
    return 1 <= day <= days_in_month(int(digits[:4]), int(digits[4:6]))


def iso_date(digits: str, running: int | None = None) -> str:
    """YYMMDD → 2026-12-31; day 00 → the last of the month."""
    year = full_year(int(digits[:2]), running or dt.datetime.now(dt.UTC).year)
    month = int(digits[2:4])
    day = int(digits[4:6]) or days_in_month(year, month)
    return f"{year:04}-{month:02}-{day:02}"
