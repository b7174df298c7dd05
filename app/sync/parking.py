"""Parked handhelds: drained, signed off, waited for by nobody (sync.md §5)."""

from collections.abc import Sequence
from datetime import datetime

from app.people.models import Grant
from app.pipeline.arrival import Arrival
from app.pipeline.floor import Floor
from app.pipeline.models import Epoch

CODE = "sync.unparked_offline"


def park(epoch: Epoch, head_seq: int, recorded_at: datetime, *, parked: bool) -> None:
    """Take a push's word for it; what it holds already was begun while nobody waited for it."""
    if epoch.parked:
        epoch.unparked_seq = max(epoch.unparked_seq, head_seq)
    if parked and not epoch.parked:
        epoch.parked_at = recorded_at
    epoch.parked = parked


def mark_unparked(floor: Floor, epoch: Epoch, arrivals: Sequence[Arrival]) -> None:
    """Flag what was done on a parked handheld before it spoke again: a count may have settled.

    Once somebody has worked there who had logged in since, it was waited for: whoever took it
    over from him, in a dead spot too, did so on a handheld that was not parked.
    """
    for arrival in arrivals:
        if not epoch.parked and arrival.seq > epoch.unparked_seq:
            return
        if _let_in(floor, epoch, arrival):
            epoch.parked, epoch.unparked_seq = False, min(epoch.unparked_seq, arrival.seq)
            return
        readable = arrival.quarantined is None and arrival.kind is not None
        if readable and arrival.source != "rescue":
            arrival.flags = (*arrival.flags, CODE)


def _let_in(floor: Floor, epoch: Epoch, arrival: Arrival) -> bool:
    """A log-in since then had un-parked it; `prove` has looked at the grant."""
    named = arrival.envelope.get("grant")
    grant = floor.find(Grant, named) if isinstance(named, str) else None
    return grant is not None and epoch.parked_at is not None and grant.issued_at > epoch.parked_at
