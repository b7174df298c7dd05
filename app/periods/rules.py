"""Days as a site's calendar has them. Pure."""

from datetime import UTC, date, datetime, time, timedelta

from app.kernel.clock import zone_of
from app.ledger.postings import OpenBooks

LAST = date(9998, 12, 31)  # the day after must exist, in every time zone


def day_of(text: str) -> date | None:
    """Read YYYY-MM-DD and nothing else."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text and day <= LAST else None


def local_day(moment: datetime, time_zone: str) -> date:
    """Say which day it is there."""
    return moment.astimezone(zone_of(time_zone)).date()


def opened(through: date, time_zone: str) -> OpenBooks:
    """Say when the day after begins, by the clocks of the site."""
    first = through + timedelta(days=1)
    begins = datetime.combine(first, time(), tzinfo=zone_of(time_zone))
    return OpenBooks(begins.astimezone(UTC), first.isoformat())
