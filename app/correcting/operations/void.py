"""Undo: this operation did not happen. Putting goods back is another fact."""

from dataclasses import dataclass, field

from sqlalchemy import select

from app.correcting.kept import has_taken_effect, meant_then
from app.documents.models import CountSheet
from app.events import Called, LineCounted
from app.kernel.problem import Problem
from app.ledger.models import Voided
from app.ledger.postings import EffKey
from app.pipeline.exceptions import Contradiction
from app.pipeline.floor import Floor
from app.pipeline.goods import Scan
from app.pipeline.models import StoredOperation
from app.pipeline.operation import Kind, Operation, Outcome, Playbook
from app.pipeline.reading import arrival_of, reread
from app.pipeline.schema import Ident
from app.resolving.mapped import handled


@dataclass(frozen=True, slots=True)
class Void:
    """Payload of `operations.void`; the envelope's `cause` names what is called off."""

    reason: Ident | None
    scans: tuple[Scan, ...] = field(default=())


@dataclass(eq=False)
class NothingToVoid(Problem):
    """It does not say what did not happen."""

    code = "operations.nothing_to_void"


@dataclass(eq=False)
class NotUnderstood(Problem):
    """What is called off comes from a later release, and has taken effect there."""

    code = "sync.unsupported"


@dataclass(eq=False)
class CannotBeVoided(Contradiction):
    """A void is final, so is a decision, and a finished sheet is counted again instead."""

    code = "cannot_be_voided"
    kind: str


@dataclass(eq=False)
class VoidAfterUse(Contradiction):
    """What was called off had already served in an approved count."""

    code = "void_after_use"
    kind: str


def void(floor: Floor, operation: Operation[Void]) -> Outcome:
    """Post the negation where the cause stands in time."""
    cause = operation.cause
    if cause is None or cause == operation.id:
        raise NothingToVoid
    row = _stored(floor, cause)
    before = floor.find(Voided, cause)
    if before is not None:
        _said_again(floor, operation, before, row)
        return Outcome()
    if row is not None and not _voidable(floor, row):
        return Outcome(flags=(CannotBeVoided("void", cause, str(row.kind)),))
    effect = row is not None and _has_effect(floor, row)
    if effect and row is not None and _kind_of(floor, row) is None:
        raise NotUnderstood
    _remember(floor, operation, cause, applied=row is not None)
    if row is None or not effect:
        return Outcome()  # settles when the cause arrives, or there is nothing to take back
    return _negated(floor, row)


def _stored(floor: Floor, operation: str) -> StoredOperation | None:
    return floor.session.scalars(
        select(StoredOperation).where(
            StoredOperation.stream == floor.site,
            StoredOperation.operation == operation,
            StoredOperation.alias.is_(False),
        )
    ).one_or_none()


def _said_again(
    floor: Floor, operation: Operation[Void], before: Voided, row: StoredOperation | None
) -> None:
    """Who said it first counts, whoever synced first."""
    known = _stored(floor, before.operation)
    if known is None or operation.key >= EffKey(known.eff_at, known.device, known.epoch, known.seq):
        return
    before.operation = operation.id
    if row is not None and row.kind == "picking.pick" and row.subject is not None:
        floor.suspect("order_line", row.subject)


def _voidable(floor: Floor, row: StoredOperation) -> bool:
    """A request is taken back by another request: deciding it again would do it twice."""
    kind = _kind_of(floor, row)
    return kind is None or (kind.fact and not kind.final)


def _kind_of(floor: Floor, row: StoredOperation) -> Kind | None:
    """Return what it is for this release, whichever has stored it."""
    if row.kind is None:
        return arrival_of(Playbook(kinds=floor.kinds, subscribers={}), row).kind
    return floor.kinds.get((str(row.kind), row.kind_v or 1))


def _has_effect(floor: Floor, row: StoredOperation) -> bool:
    return row.outcome in ("applied", "flagged") or has_taken_effect(floor, str(row.operation))


def _remember(floor: Floor, operation: Operation[Void], cause: str, *, applied: bool) -> None:
    floor.add(Voided(cause=cause, operation=operation.id, site=floor.site, applied=applied))
    floor.suspect("void", cause)


def _negated(floor: Floor, row: StoredOperation) -> Outcome:
    """Run the cause's handler again: what a fact posts depends on its payload alone."""
    cause = reread(floor, row)
    floor.load(cause.kind.refs(cause.operation.payload).ids)
    _, meant = handled(floor, cause.kind, cause.operation, meant_then(floor, row))
    return Outcome(
        postings=tuple(posting.reversed() for posting in meant.postings),
        progress=tuple(progress.reversed() for progress in meant.progress),
        events=(Called(cause.operation.id, meant.events),),
        at=cause.operation.key,
        refold=tuple(sorted({position.unit for position in meant.positions})),
        flags=tuple(
            VoidAfterUse("sheet", event.sheet, cause.kind.name)
            for event in meant.events
            if isinstance(event, LineCounted) and _was_approved(floor, event.sheet)
        ),
    )


def _was_approved(floor: Floor, sheet_id: str) -> bool:
    sheet = floor.find(CountSheet, sheet_id)
    return sheet is not None and sheet.state == "approved"


KIND = Kind(
    "operations.void",
    Void,
    void,
    fact=True,
    roles=frozenset(),
    alone=True,
    final=True,
)
