"""Say that the picture of a zone is complete up to a moment: counts and doubts of then settle."""

from dataclasses import dataclass, field

from app.counting.settling import settling_by, unsettled_by
from app.documents.models import CountSheet
from app.events import CountWanted
from app.kernel.clock import from_micros
from app.kernel.problem import Problem
from app.ledger.models import UnitPosition
from app.locations.models import Location
from app.pipeline.floor import Floor
from app.pipeline.models import OpenException
from app.pipeline.operation import Kind, Operation, Outcome
from app.pipeline.schema import Ident

MOST = 2**53


@dataclass(frozen=True, slots=True)
class Settle:
    """Payload of `system.settle`; no zone = places without one, and what has no place.

    `through`: microseconds since 1970 up to when everything is known.
    """

    zone: Ident | None
    through: int = field(metadata={"least": 0, "most": MOST})


@dataclass(eq=False)
class NothingToSettle(Problem):
    """Somebody else has settled it a moment ago."""

    code = "counting.nothing_to_settle"


def settle(floor: Floor, operation: Operation[Settle]) -> Outcome:
    """Settle sheets, for ever; open what has not explained itself."""
    zone, through = operation.payload.zone, from_micros(operation.payload.through)
    sheets: list[CountSheet] = floor.all(unsettled_by(floor.site, zone, through))
    doubts: list[OpenException] = floor.all(settling_by(floor.site, zone, through))
    if not sheets and not doubts:
        raise NothingToSettle
    for sheet in sheets:
        sheet.settled_through, sheet.settled_seq = through, operation.key.seq
        floor.touch(sheet)
    for doubt in doubts:
        doubt.state = "open"
        floor.touch(doubt)
    return Outcome(
        settled=max((s.eff_at for s in sheets if s.eff_at), default=None),
        events=tuple(CountWanted(place, "doubt") for place in _below_zero(floor, doubts)),
    )


def _below_zero(floor: Floor, doubts: list[OpenException]) -> list[str]:
    """Name the places, and those of units, where there is less than nothing."""
    holders = {row.subject.partition("|")[0] for row in doubts if row.family == "stock"}
    units = [floor.find(UnitPosition, each) for each in sorted(holders)]
    places = holders | {unit.place for unit in units if unit is not None}
    known = [floor.find(Location, each) for each in sorted(places)]
    return [each.id for each in known if each is not None and each.kind != "virtual"]


KIND = Kind(
    "system.settle",
    Settle,
    settle,
    fact=False,
    roles=frozenset({"system"}),
    subject=lambda payload: payload.zone,
    alone=True,
)
