"""Settle an exception: a decision that is itself an operation, never a deletion."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from app.correcting.kept import close_unless_more_wait, kept, take_effect, waiting_under
from app.events import CountWanted, PersonVouched
from app.kernel.problem import Problem
from app.ledger.models import UnitPosition
from app.locations.models import Location
from app.pipeline.catalogue import entry
from app.pipeline.exceptions import OF_THE_PERSON
from app.pipeline.floor import Floor
from app.pipeline.models import OpenException
from app.pipeline.operation import Kind, Operation, Outcome, Refs
from app.pipeline.schema import Ident


@dataclass(frozen=True, slots=True)
class Resolve:
    """Payload of `exceptions.resolve`."""

    exception: Ident
    resolution: Literal[
        "accept", "recount", "put_back", "relocate", "map_barcode", "reapply", "void"
    ]
    note: str | None = None


@dataclass(eq=False)
class UnknownException(Problem):
    """There is no such exception here."""

    code = "exceptions.unknown"
    exception: str


@dataclass(eq=False)
class AlreadyClosed(Problem):
    """Somebody settled it before."""

    code = "exceptions.closed"


@dataclass(eq=False)
class NotOffered(Problem):
    """This contradiction is not settled that way."""

    code = "exceptions.not_offered"
    resolutions: list[str]


def resolve(floor: Floor, operation: Operation[Resolve]) -> Outcome:
    """Close with what was known; it opens again only if the contradiction itself changes."""
    row = floor.find(OpenException, operation.payload.exception)
    if row is None:
        raise UnknownException(exception=operation.payload.exception)
    if row.state == "closed":
        raise AlreadyClosed
    offered = entry(row.code).resolutions
    if operation.payload.resolution not in offered:
        raise NotOffered(resolutions=list(offered))
    if operation.payload.resolution in ("reapply", "map_barcode"):
        return _apply_kept(floor, operation, row)
    row.state, row.resolution = "closed", operation.payload.resolution
    row.resolved_by, row.accepted = operation.id, row.detail
    row.closed_at = operation.recorded_at
    floor.touch(row)
    if operation.payload.resolution == "recount":
        return Outcome(events=tuple(_counts_wanted(floor, row, operation.payload.note)))
    if row.code in OF_THE_PERSON:
        person, _, device = row.subject.partition("|")
        return Outcome(events=(PersonVouched(person, device),))
    return Outcome()


def _counts_wanted(floor: Floor, row: OpenException, note: str | None) -> Iterator[CountWanted]:
    """Ask for a count of the place that it is about, where there is one."""
    if row.family not in {"stock", "unit", "counted"}:
        return
    holder = row.subject.partition("|")[0]
    position = floor.find(UnitPosition, holder)
    where = floor.find(Location, position.place if position else holder)
    if where is not None and where.kind != "virtual":
        yield CountWanted(where.id, "asked", note)


def _apply_kept(floor: Floor, operation: Operation[Resolve], row: OpenException) -> Outcome:
    """One tap lets the oldest kept operation happen; the exception stays while it keeps more."""
    waiting = waiting_under(floor, row)
    operation_kept = kept(floor, waiting[0] if waiting else row.operation)
    outcome = take_effect(floor, operation_kept)
    done = str(operation_kept.operation)
    close_unless_more_wait(floor, operation, row, operation.payload.resolution, done)
    return outcome


KIND = Kind(
    "exceptions.resolve",
    Resolve,
    resolve,
    fact=False,
    roles=frozenset({"supervisor", "admin"}),
    refs=lambda payload: Refs(((OpenException, payload.exception),)),
    subject=lambda payload: str(payload.exception),
    alone=True,
)
