"""Approve or reject a finished sheet. Counter and approver are two people."""

from dataclasses import dataclass
from typing import Literal

from app.counting.contesting import contested
from app.counting.offering import BY_ITSELF
from app.counting.sheets import anchors_of, lines_of, moment
from app.counting.unnamed import unnamed_codes
from app.documents.models import CountLine, CountSheet
from app.events import CountDecided
from app.kernel.problem import Problem
from app.kernel.values import value
from app.ledger.anchors import Anchored
from app.ledger.postings import Position
from app.locations.models import Site
from app.pipeline.floor import Floor
from app.pipeline.operation import Kind, Operation, Outcome, Refs
from app.pipeline.schema import Ident


@value
class Decision:
    """Payload of `counting.approve` and `counting.reject`."""

    sheet: Ident
    note: str | None = None
    reason: Literal["opening"] | None = None  # a first count is the stock the ledger begins with


@dataclass(eq=False)
class UnknownSheet(Problem):
    """There is no such sheet here."""

    code = "counting.unknown_sheet"
    sheet: str


@dataclass(eq=False)
class NotFinished(Problem):
    """The sheet is still being counted, or was decided before."""

    code = "counting.not_open"
    state: str


@dataclass(eq=False)
class OwnCount(Problem):
    """Nobody approves his own count."""

    code = "counting.own_count"


@dataclass(eq=False)
class Incomplete(Problem):
    """Goods were counted under codes that nobody has named: what they are is missing from it."""

    code = "counting.incomplete"
    scanned: list[str]


@dataclass(eq=False)
class NotOpening(Problem):
    """The stock of this site was opened before: a difference is a variance like any other."""

    code = "counting.not_opening"


def approve(floor: Floor, operation: Operation[Decision]) -> Outcome:
    """Anchor the place at the moment of counting; the ledger follows."""
    sheet = _of_somebody_else(floor, operation)
    if operation.payload.reason == "opening" and not _opening(floor):
        raise NotOpening
    return anchoring(floor, sheet)


def anchoring(floor: Floor, sheet: CountSheet) -> Outcome:
    """What was seen holds at its moment; what arrives later from before it is restated.

    Raises `Incomplete` for whoever approves, the system too.
    """
    unnamed = unnamed_codes(floor.session, floor.site, [sheet.id])
    if unnamed:
        raise Incomplete(scanned=unnamed[sheet.id])
    lines = lines_of(floor, sheet.id)
    anchors = anchors_of(sheet, lines)
    return Outcome(
        positions=tuple(_sightings(anchors, lines)),
        anchors=anchors,
        at=moment(sheet)._replace(part=1),
        events=(CountDecided(sheet.id, approved=True),),
    )


def reject(floor: Floor, operation: Operation[Decision]) -> Outcome:
    """Let the book stand."""
    sheet = _of_somebody_else(floor, operation)
    return Outcome(events=(CountDecided(sheet.id, approved=False),))


def _opening(floor: Floor) -> bool:
    site = floor.find(Site, floor.site)
    return site is not None and site.settings.get("opening") is True


def open_sheet(floor: Floor, named: str) -> CountSheet:
    """Return a sheet that waits for a decision."""
    sheet = floor.find(CountSheet, named)
    if sheet is None:
        raise UnknownSheet(sheet=named)
    if sheet.state != "finished":
        raise NotFinished(state=sheet.state)
    return sheet


def _of_somebody_else(floor: Floor, operation: Operation[Decision]) -> CountSheet:
    sheet = open_sheet(floor, operation.payload.sheet)
    if operation.actor is not None and operation.actor == sheet.counter:
        raise OwnCount
    return sheet


def _sightings(anchors: tuple[Anchored, ...], lines: list[CountLine]) -> list[Position]:
    items = {line.serial: line.item for line in lines if line.serial}
    return [
        Position(
            unit,
            "serial" if unit in items else "lpn",
            anchored.holder.id,
            item=items.get(unit),
        )
        for anchored in anchors
        for unit in anchored.units
    ]


def decide(floor: Floor, operation: Operation[Decision], event: CountDecided) -> None:
    """Write the verdict on the sheet."""
    sheet = floor.get(CountSheet, event.sheet)
    sheet.state = "approved" if event.approved else "rejected"
    sheet.decided_by = BY_ITSELF if operation.key.device == BY_ITSELF else operation.actor
    if event.approved:
        floor.write()
        sheet.contested = contested(floor.session, sheet.id)
    floor.touch(sheet)


ROLES = frozenset({"supervisor"})


def refs(payload: Decision) -> Refs:
    """Name what the handler will read."""
    return Refs(((CountSheet, payload.sheet),))  # the site is only asked for on its first days


def subject(payload: Decision) -> str:
    """The sheet."""
    return payload.sheet


APPROVE = Kind(
    "counting.approve",
    Decision,
    approve,
    fact=False,
    roles=ROLES,
    refs=refs,
    subject=subject,
    alone=True,
)
REJECT = Kind(
    "counting.reject",
    Decision,
    reject,
    fact=False,
    roles=ROLES,
    refs=refs,
    subject=subject,
    alone=True,
)
