"""A handheld lost operations: said out loud, with a number that may be too small.

What it was last seen at is counted again: the places of the work in its hands, and those of
everything it handed in during the day before it fell silent. Which places these are depends on what
was done, not on what lies there, so counters may see it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from app.events import CountWanted
from app.kernel import jsontext
from app.kernel.clock import from_millis
from app.locations.models import Location
from app.pipeline.exceptions import Contradiction
from app.pipeline.floor import Floor
from app.pipeline.models import StoredOperation
from app.pipeline.operation import Kind, Operation, Outcome
from app.pipeline.schema import Ident
from app.work.models import PickLine, PickTask

BEFORE = timedelta(hours=24)
PLACES = ("source", "target", "place", "stage")  # of a payload


@dataclass(frozen=True, slots=True)
class DeclareLoss:
    """Payload of `system.declare_loss`; `last` is None where nobody knows how much is gone.

    `since_ms`: the handheld's last promise that nothing of it was unsent.
    """

    device: Ident
    epoch: int
    first: int
    last: int | None
    at_least: int
    since_ms: int | None = None


@dataclass(eq=False)
class DeviceGap(Contradiction):
    """Facts were recorded on a handheld and will never arrive."""

    code = "device_gap"
    first: int
    last: int | None
    at_least: int
    since_ms: int | None


def declare_loss(floor: Floor, operation: Operation[DeclareLoss]) -> Outcome:
    """Put the gap in front of a supervisor, and have counted what it may have changed."""
    lost = operation.payload
    subject = f"{lost.device}|{lost.epoch}"
    gap = DeviceGap("device", subject, lost.first, lost.last, lost.at_least, lost.since_ms)
    silent = operation.recorded_at if lost.since_ms is None else from_millis(lost.since_ms)
    places = {*_in_hand(floor, lost.device), *_worked_at(floor, lost.device, silent - BEFORE)}
    return Outcome(
        flags=(gap,),
        events=tuple(CountWanted(place, "lost") for place in _real(floor, places)),
    )


def _in_hand(floor: Floor, device: str) -> Iterator[str]:
    """Where its open walks would have taken it."""
    stops = (
        select(PickLine.place)
        .join(PickTask, PickTask.id == PickLine.task)
        .where(
            PickTask.site == floor.site,
            PickTask.device == device,
            PickTask.state == "active",
            PickLine.closed.is_(False),
        )
    )
    yield from floor.session.scalars(stops)


def _worked_at(floor: Floor, device: str, since: datetime) -> Iterator[str]:
    envelopes = floor.session.scalars(
        select(StoredOperation.envelope).where(
            StoredOperation.stream == floor.site,
            StoredOperation.device == device,
            StoredOperation.alias.is_(False),
            StoredOperation.kind.is_not(None),
            StoredOperation.eff_at >= since,
        )
    )
    for envelope in envelopes:
        payload = _payload(envelope)
        yield from (str(payload[name]) for name in PLACES if payload.get(name))


def _payload(envelope: bytes) -> dict[str, Any]:
    """What was said, whatever its kind; an envelope of a known kind was read before."""
    found = jsontext.read(envelope.decode("utf-8", "surrogatepass"))["payload"]
    return found if isinstance(found, dict) else {}


def _real(floor: Floor, places: set[str]) -> list[str]:
    """Those one can walk to."""
    floor.load((Location, place) for place in places)
    found = [floor.find(Location, place) for place in sorted(places)]
    return [each.id for each in found if each is not None and each.kind != "virtual"]


KIND = Kind(
    "system.declare_loss",
    DeclareLoss,
    declare_loss,
    fact=True,
    roles=frozenset({"system"}),
    final=True,
    alone=True,
)
