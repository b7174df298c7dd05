"""Apply an operation that was kept without effect, at its original time."""

from dataclasses import dataclass, replace

from sqlalchemy import select

from app.kernel.problem import Problem
from app.pipeline.floor import Floor
from app.pipeline.models import OpenException, StoredOperation
from app.pipeline.operation import Kind, Operation, Outcome
from app.pipeline.reading import reread
from app.pipeline.schema import Ident


@dataclass(frozen=True, slots=True)
class Reapply:
    """Payload of `system.reapply`; the envelope's `cause` names the kept operation."""

    exception: Ident | None


@dataclass(eq=False)
class NothingKept(Problem):
    """There is no operation waiting under that id."""

    code = "operations.nothing_kept"


@dataclass(eq=False)
class AlreadyApplied(Problem):
    """It was applied before; a second time would double it."""

    code = "operations.already_applied"


def reapply(floor: Floor, operation: Operation[Reapply]) -> Outcome:
    """Run the kept operation's handler; what it posts stands at the cause's moment."""
    row = _kept(floor, operation)
    cause = reread(floor, row)
    floor.load(cause.kind.refs(cause.operation.payload).ids)
    meant: Outcome = cause.kind.handle(floor, cause.operation)
    exception = floor.find(OpenException, operation.payload.exception)
    if exception is not None:
        exception.state, exception.resolution = "closed", "reapply"
        exception.resolved_by, exception.accepted = operation.id, exception.detail
        exception.closed_at = operation.recorded_at
        floor.touch(exception)
    return replace(meant, at=meant.at or cause.operation.key)


def _kept(floor: Floor, operation: Operation[Reapply]) -> StoredOperation:
    row = floor.session.scalars(
        select(StoredOperation).where(
            StoredOperation.stream == floor.site,
            StoredOperation.operation == (operation.cause or ""),
            StoredOperation.alias.is_(False),
        )
    ).one_or_none()
    if row is None or row.outcome != "exception" or row.kind is None:
        raise NothingKept
    before = floor.session.scalars(
        select(StoredOperation.commit_seq).where(
            StoredOperation.stream == floor.site,
            StoredOperation.kind == "system.reapply",
            StoredOperation.cause == operation.cause,
            StoredOperation.outcome.in_(("applied", "flagged")),
        )
    ).first()
    if before is not None:
        raise AlreadyApplied
    return row


KIND = Kind(
    "system.reapply",
    Reapply,
    reapply,
    fact=False,
    roles=frozenset({"supervisor", "admin"}),
    alone=True,
)
