"""Decide that the books are closed through a day, for good."""

from dataclasses import dataclass, field

from app.locations.models import Site
from app.periods.problems import AlreadyClosed, NotADay, NotOver
from app.periods.rules import day_of, local_day, opened
from app.pipeline.floor import Floor
from app.pipeline.models import Stream
from app.pipeline.operation import Kind, Operation, Outcome


@dataclass(frozen=True, slots=True)
class ClosePeriod:
    """Payload of `periods.close_period`; `through`: the last closed day, YYYY-MM-DD."""

    through: str = field(metadata={"min_length": 1, "max_length": 10})


def close_period(floor: Floor, operation: Operation[ClosePeriod]) -> Outcome:
    """Post what happened before, and is known only later, to the first open day."""
    through = day_of(operation.payload.through)
    if through is None:
        raise NotADay(day=operation.payload.through)
    zone = floor.get(Site, floor.site).time_zone
    today = local_day(operation.recorded_at, zone)
    if through >= today:
        raise NotOver(day=through.isoformat(), today=today.isoformat())
    before, books = floor.get(Stream, floor.site).books, opened(through, zone)
    if before is not None and (
        books.opens_at <= before.opens_at or books.first_day <= before.first_day
    ):
        raise AlreadyClosed(day=through.isoformat(), first_day=before.first_day)
    return Outcome(closes=books)


KIND = Kind(
    "periods.close_period",
    ClosePeriod,
    close_period,
    fact=False,
    roles=frozenset({"supervisor", "planner", "admin"}),
    subject=lambda payload: "period",  # noqa: ARG005 - the books of a site are one
    alone=True,
)
