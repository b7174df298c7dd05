"""Undo: this operation did not happen. Putting goods back is another fact."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from app.documents.models import CountSheet, SalesOrder, SalesOrderLine
from app.events import Called, GoodsPicked, LineCounted
from app.kernel.problem import Problem
from app.ledger.models import Voided
from app.pipeline.exceptions import Contradiction
from app.pipeline.floor import Floor
from app.pipeline.goods import Scan
from app.pipeline.models import StoredOperation
from app.pipeline.operation import Kind, Operation, Outcome
from app.pipeline.reading import reread
from app.pipeline.schema import Ident

FINAL = frozenset({"operations.void", "counting.finish_bin"})


@dataclass(frozen=True, slots=True)
class Void:
    """Payload of `operations.void`; the envelope's `cause` names what is called off."""

    reason: Ident | None
    scans: tuple[Scan, ...] = field(default=())


@dataclass(eq=False)
class CannotBeVoided(Problem):
    """A void is final, so is a decision, and a finished sheet is counted again instead."""

    code = "operations.cannot_be_voided"
    kind: str


@dataclass(eq=False)
class VoidAfterUse(Contradiction):
    """What was called off had already served: shipped, or approved."""

    code = "void_after_use"
    kind: str


def void(floor: Floor, operation: Operation[Void]) -> Outcome:
    """Post the negation where the cause stands in time."""
    cause = operation.cause or operation.id
    if floor.session.get(Voided, cause) is not None:
        return Outcome()
    row = floor.session.scalars(
        select(StoredOperation).where(
            StoredOperation.stream == floor.site,
            StoredOperation.operation == cause,
            StoredOperation.alias.is_(False),
        )
    ).one_or_none()
    if row is not None and (row.kind in FINAL or _is_decision(floor, row)):
        raise CannotBeVoided(kind=str(row.kind))
    _remember(floor, operation, cause, applied=row is not None)
    if row is None:
        return Outcome()  # settles when the cause arrives
    if row.outcome not in ("applied", "flagged"):
        return Outcome()  # it had no effect
    return _negated(floor, row)


def _is_decision(floor: Floor, row: StoredOperation) -> bool:
    """A request is taken back by another request, if at all; deciding it again would do it twice."""
    kind = floor.kinds.get((str(row.kind), row.kind_v or 1))
    return kind is not None and not kind.fact


def _remember(floor: Floor, operation: Operation[Void], cause: str, *, applied: bool) -> None:
    floor.session.add(Voided(cause=cause, operation=operation.id, site=floor.site, applied=applied))
    floor.suspect("void", cause)


def _negated(floor: Floor, row: StoredOperation) -> Outcome:
    """Run the cause's handler again: what a fact posts depends on its payload alone."""
    cause = reread(floor, row)
    floor.load(cause.kind.refs(cause.operation.payload).ids)
    meant: Outcome = cause.kind.handle(floor, cause.operation)
    return Outcome(
        postings=tuple(posting.reversed() for posting in meant.postings),
        progress=tuple(progress.reversed() for progress in meant.progress),
        events=(Called(cause.operation.id, meant.events),),
        at=cause.operation.key,
        refold=tuple(sorted({position.unit for position in meant.positions})),
        flags=tuple(
            _used(floor, event, cause.operation)
            for event in meant.events
            if _was_used(floor, event)
        ),
    )


def _was_used(floor: Floor, event: object) -> bool:
    if isinstance(event, GoodsPicked):
        line = floor.find(SalesOrderLine, event.order_line)
        order = floor.find(SalesOrder, line.order) if line else None
        return order is not None and order.shipments > 0
    if isinstance(event, LineCounted):
        sheet = floor.find(CountSheet, event.sheet)
        return sheet is not None and sheet.state == "approved"
    return False


def _used(floor: Floor, event: object, cause: Operation[Any]) -> VoidAfterUse:
    subject = event.order_line if isinstance(event, GoodsPicked) else cause.id
    return VoidAfterUse(family="order_line", subject=subject, kind=cause.kind)


KIND = Kind(
    "operations.void",
    Void,
    void,
    fact=True,
    roles=frozenset(),
    alone=True,
)
