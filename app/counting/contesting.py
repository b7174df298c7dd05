"""Did anybody else have his hands in a bin while it was counted? Derived from records alone.

Moments are known up to an error only: what may have happened before or after the count leaves
open whether it was counted along (sync.md §7). An operation once recorded stays, so a count once
contested stays contested, whatever arrives in which order.
"""

from functools import cache
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, and_, bindparam, or_, select, type_coerce
from sqlalchemy.orm import Session, aliased

from app.documents.models import CountLine, CountSheet
from app.ledger.models import Entry, PositionEntry
from app.pipeline.models import StoredOperation
from app.rows.prepared import Prepared

COUNTED_ONCE = ("finished", "approved", "rejected", "superseded")
Sql = ColumnElement[Any]
_other = aliased(CountSheet)
_there = aliased(PositionEntry)
# Units whose goods were counted are holders of their own.
_holders, *_sighted = (
    select(seen)
    .where(CountLine.sheet == CountSheet.id, CountLine.voided.is_(False), seen.is_not(None))
    .correlate(CountSheet)
    for seen in (CountLine.holder, CountLine.lpn, CountLine.serial)
)
_once_there = select(_there.unit).where(_there.target == CountSheet.place).correlate(CountSheet)


@cache  # it never changes, and is asked for every few seconds
def is_contested() -> ColumnElement[bool]:
    """Say it of a finished sheet in a query over sheets."""
    return or_(_handled(), _carried(), _counted_too())


def contested(session: Session, sheet: str) -> bool:
    """Say it of one sheet."""
    return bool(_ONE.rows(session, sheet=sheet))


def _whole(instant: Any) -> Sql:  # noqa: ANN401 - a column of instants
    """Instants are whole microseconds, and so are their errors."""
    return type_coerce(instant, BigInteger)


def _meets(starts: Sql, ends: Sql, u: Any) -> ColumnElement[bool]:  # noqa: ANN401 - a column
    """Two spans of time with their errors have a moment in common."""
    return and_(
        starts - u <= _whole(CountSheet.eff_at) + CountSheet.u,
        ends + u >= _whole(CountSheet.started_at) - CountSheet.u,
    )


def _of_another(made: Any) -> ColumnElement[bool]:  # noqa: ANN401 - a record with a journal
    return or_(made.device != CountSheet.device, made.epoch != CountSheet.epoch)


def _operation_of(made: Any) -> ColumnElement[bool]:  # noqa: ANN401 - a record with a journal
    """The operation at whose moment something stands: a void's is that of its cause."""
    return and_(
        StoredOperation.stream == made.site,
        StoredOperation.device == made.device,
        StoredOperation.epoch == made.epoch,
        StoredOperation.seq == made.seq,
    )


def _then() -> ColumnElement[bool]:
    at = _whole(StoredOperation.eff_at)
    return _meets(at, at, StoredOperation.u)


def _handled() -> ColumnElement[bool]:
    """Goods came to the bin or went; what counts themselves post is part 1."""
    made = and_(Entry.part == 0, _of_another(Entry))
    return or_(
        *(
            select(Entry.n)
            .join(StoredOperation, _operation_of(Entry))
            .where(holder, made, _then())
            .correlate(CountSheet)
            .exists()
            for holder in (Entry.holder == CountSheet.place, Entry.holder.in_(_holders))
        )
    )


def _carried() -> ColumnElement[bool]:
    """A unit came to the bin, left it, or was moved although it was seen there."""
    seen = [PositionEntry.unit.in_(units) for units in (_holders, *_sighted)]
    left = and_(PositionEntry.unit.in_(_once_there), PositionEntry.source == CountSheet.place)
    made = and_(PositionEntry.part == 0, _of_another(PositionEntry))
    return or_(
        *(
            select(PositionEntry.n)
            .join(StoredOperation, _operation_of(PositionEntry))
            .where(about, made, _then())
            .correlate(CountSheet)
            .exists()
            for about in (PositionEntry.target == CountSheet.place, left, *seen)
        )
    )


def _counted_too() -> ColumnElement[bool]:
    return (
        select(_other.id)
        .where(
            _other.site == CountSheet.site,
            _other.place == CountSheet.place,
            _other.id != CountSheet.id,
            or_(*(_other.state == state for state in COUNTED_ONCE)),
            _of_another(_other),
            _meets(_whole(_other.started_at), _whole(_other.eff_at), _other.u),
        )
        .correlate(CountSheet)
        .exists()
    )


_ONE = Prepared(select(CountSheet.id).where(CountSheet.id == bindparam("sheet"), is_contested()))
