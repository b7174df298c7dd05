"""Operations that were kept without effect, and what they mean once they may take it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from app.kernel.problem import Problem
from app.ledger.models import Voided
from app.people.rules import is_handwork
from app.pipeline.floor import Floor
from app.pipeline.models import OpenException, StoredOperation
from app.pipeline.operation import Operation, Outcome, Playbook
from app.pipeline.reading import arrival_of, reread
from app.resolving.mapped import Meaning, handled

REAPPLIED = ("system.reapply", "exceptions.resolve")


@dataclass(eq=False)
class NothingKept(Problem):
    """There is no operation waiting under that id."""

    code = "operations.nothing_kept"


@dataclass(eq=False)
class AlreadyApplied(Problem):
    """It was applied before; a second time would double it."""

    code = "operations.already_applied"


@dataclass(eq=False)
class CalledOff(Problem):
    """Whoever did it has said meanwhile that it did not happen."""

    code = "operations.called_off"


def kept(floor: Floor, operation: str | None) -> StoredOperation:
    """Find a kept operation that may still take effect."""
    row = floor.session.scalars(
        select(StoredOperation).where(
            StoredOperation.stream == floor.site,
            StoredOperation.operation == (operation or ""),
            StoredOperation.alias.is_(False),
        )
    ).one_or_none()
    if row is None or row.outcome != "exception" or "sync.unreadable" in row.codes:
        raise NothingKept
    if row.kind is None and not _understood_by_now(floor, row):
        raise NothingKept
    if has_taken_effect(floor, str(row.operation)):
        raise AlreadyApplied
    if floor.find(Voided, row.operation) is not None:
        raise CalledOff
    return row


def _understood_by_now(floor: Floor, row: StoredOperation) -> bool:
    """Tell whether this version knows what an earlier one had to keep unread."""
    arrival = arrival_of(Playbook(kinds=floor.kinds, subscribers={}), row)
    return arrival.payload is not None and arrival.kind is not None and is_handwork(arrival.kind)


def has_taken_effect(floor: Floor, operation: str) -> bool:
    """Tell whether somebody let a kept operation happen after all."""
    return bool(_applied_since(floor, [operation]))


def _applied_since(floor: Floor, operations: Iterable[str]) -> set[str]:
    return {
        str(cause)
        for cause in floor.session.scalars(
            select(StoredOperation.cause).where(
                StoredOperation.stream == floor.site,
                StoredOperation.kind.in_(REAPPLIED),
                StoredOperation.cause.in_(list(operations)),
                StoredOperation.outcome.in_(("applied", "flagged")),
            )
        )
    }


def take_effect(floor: Floor, row: StoredOperation) -> Outcome:
    """Run the kept operation's handler; what it posts stands at its own moment."""
    cause = reread(floor, row)
    floor.load(cause.kind.refs(cause.operation.payload).ids)
    operation, meant = handled(floor, cause.kind, cause.operation)
    return replace(meant, at=meant.at or operation.key, instead_of=operation)


def meant_then(floor: Floor, row: StoredOperation) -> dict[str, Meaning]:
    """Tell what the codes in an operation stood for when it took effect."""
    details = [row.detail] if row.outcome in ("applied", "flagged") else []
    if not details:
        details = list(
            floor.session.scalars(
                select(StoredOperation.detail).where(
                    StoredOperation.stream == floor.site,
                    StoredOperation.kind.in_(REAPPLIED),
                    StoredOperation.cause == row.operation,
                    StoredOperation.outcome.in_(("applied", "flagged")),
                )
            )
        )
    return {key: Meaning(*said) for detail in details for key, said in (detail or {}).items()}


def waiting_under(floor: Floor, exception: OpenException) -> list[str]:
    """Name the operations that an exception keeps from taking effect, oldest first."""
    rows = floor.session.scalars(
        select(StoredOperation)
        .where(
            StoredOperation.stream == floor.site,
            StoredOperation.outcome == "exception",
            StoredOperation.alias.is_(False),
            StoredOperation.operation.is_not(None),
            StoredOperation.chunk >= exception.opened_seq,
        )
        .order_by(StoredOperation.commit_seq)
    )
    found = [str(row.operation) for row in rows if _stands_for(exception, row)]
    done = _applied_since(floor, found)
    floor.write()
    voided = set(floor.session.scalars(select(Voided.cause).where(Voided.cause.in_(found))))
    return [operation for operation in found if operation not in done | voided]


def _stands_for(exception: OpenException, row: StoredOperation) -> bool:
    if exception.code not in row.codes:
        return False
    if exception.family == "unknown":
        return str((row.detail or {}).get("id")) == exception.subject
    return exception.subject == f"{row.device}|{row.epoch}|{row.seq}"


def close_unless_more_wait(
    floor: Floor, operation: Operation[Any], row: OpenException, resolution: str, done: str
) -> None:
    """Close an exception with the last operation that it had kept."""
    more = [each for each in waiting_under(floor, row) if each != done]
    if more:
        row.operation = more[0]
    else:
        row.state, row.resolution = "closed", resolution
        row.resolved_by, row.accepted = operation.id, row.detail
        row.closed_at = operation.recorded_at
    floor.touch(row)
