"""Deletions are remembered for 14 days; who was away longer starts anew."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.kernel.clock import now
from app.pipeline.models import ChannelRow, Horizon

REMEMBERED = timedelta(days=14)
PAUSE = timedelta(days=1)
LOOK_AGAIN = timedelta(hours=1)


def forgotten(session: Session, streams: Sequence[str]) -> dict[str, int]:
    """Up to which sequence deletions of a stream are no longer known."""
    rows = session.scalars(select(Horizon).where(Horizon.stream.in_(streams)))
    return {row.stream: row.purged_seq for row in rows}


_looked: dict[str, datetime] = {}  # when this process last thought of a stream


def forget_sometimes(session: Session, stream: str) -> None:
    """Do it in passing, but let one push in an hour pay for the look."""
    moment = now()
    if stream not in _looked or _looked[stream] < moment - LOOK_AGAIN:
        _looked[stream] = moment
        forget(session, stream)


def forget(session: Session, stream: str) -> None:
    """Drop deletions that everybody within the horizon has seen, at most once a day.

    The caller holds the stream's lock. Deletions of the organisation are few and stay.
    """
    moment = now()
    row = session.get(Horizon, stream)
    if row is not None and row.purged_at > moment - PAUSE:
        return
    old = (
        ChannelRow.stream == stream,
        ChannelRow.row.is_(None),
        ChannelRow.changed_at < moment - REMEMBERED,
    )
    last = session.scalar(select(func.max(ChannelRow.seq)).where(*old)) or 0
    if row is None:
        row = Horizon(stream=stream, purged_seq=0, purged_at=moment)
        session.add(row)
    row.purged_seq, row.purged_at = max(row.purged_seq, last), moment
    if last:
        session.execute(delete(ChannelRow).where(*old))
