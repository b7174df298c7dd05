"""Decide how far a count may be off the book and still pass in a row with others."""

from dataclasses import dataclass, field

from app.counting.rules import ALL, SETTING, Tolerance
from app.locations.models import Site
from app.pipeline.floor import Floor
from app.pipeline.operation import Kind, Operation, Outcome

MOST = 1_000_000_000


@dataclass(frozen=True, slots=True)
class SetTolerance:
    """Payload of `counting.set_tolerance`; per item and lot, the wider of the two holds."""

    pieces: int = field(metadata={"least": 0, "most": MOST})
    percent: int = field(metadata={"least": 0, "most": ALL})


def set_tolerance(floor: Floor, operation: Operation[SetTolerance]) -> Outcome:
    """Mark counts by it from now on, those that wait too."""
    asked = operation.payload
    site = floor.get(Site, floor.site)
    tolerance = Tolerance(asked.pieces, asked.percent)
    site.settings = {**site.settings, SETTING: tolerance.as_setting()}
    floor.touch(site)
    return Outcome()


KIND = Kind(
    "counting.set_tolerance",
    SetTolerance,
    set_tolerance,
    fact=False,
    roles=frozenset({"supervisor", "admin"}),
    subject=lambda payload: "count_tolerance",  # noqa: ARG005 - there is one a site
    alone=True,
)
