"""How far is the picture complete? What handhelds promised, as arithmetic (sync.md §5). Pure."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from app.kernel.values import value

BASE_ERROR_MS = 250
SILENCE = timedelta(minutes=30)  # after which a handheld that is waited for is named
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
Zone = str | None


@value
class Journal:
    """What the server knows of the open journal of one handheld."""

    device: str
    complete_cut_at: datetime | None = None  # of its last complete hand-in
    opened_at: datetime | None = None  # nothing of it is from before
    last_contact: datetime | None = None
    rtt_ms: float = 0
    offset_change_ms: float = 0
    granted: bool = False  # somebody may work on it, offline too
    owes: bool = False  # it has told of more than it has handed in
    zones: frozenset[Zone] = frozenset()  # where it has a lease, or worked in the last 24 h
    parked: bool = False
    excluded: bool = False

    @property
    def error(self) -> timedelta:
        """By how much the moment of its last cut may be off."""
        doubt = max(self.rtt_ms, 0) / 2 + abs(self.offset_change_ms) / 2
        return timedelta(milliseconds=doubt + BASE_ERROR_MS)

    @property
    def complete_through(self) -> datetime:
        """Nothing that it recorded before this is unsent."""
        if self.complete_cut_at is None:
            return self.opened_at or NEVER
        return self.complete_cut_at - self.error

    def holds(self, zone: Zone) -> bool:
        """Tell whether somebody must wait for it; None stands for the whole house."""
        if self.parked or self.excluded:
            return False
        there = bool(self.zones) if zone is None else zone in self.zones
        return self.granted or self.owes or there

    def silent(self, now: datetime) -> bool:
        """Tell whether nothing was heard of it for too long."""
        return self.last_contact is None or now - self.last_contact > SILENCE


def watermark(journals: Iterable[Journal], zone: Zone, now: datetime) -> datetime:
    """Up to when everything that happened in a zone is known; nobody holds it: until now."""
    held = [journal.complete_through for journal in journals if journal.holds(zone)]
    return min([*held, now])
