"""Settle an exception: a decision that is itself an operation, never a deletion."""

from dataclasses import dataclass
from typing import Literal

from app.kernel.problem import Problem
from app.pipeline.catalogue import entry
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
    row.state, row.resolution = "closed", operation.payload.resolution
    row.resolved_by, row.accepted = operation.id, row.detail
    row.closed_at = operation.recorded_at
    floor.touch(row)
    return Outcome()


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
