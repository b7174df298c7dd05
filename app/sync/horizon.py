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


def forget_sometimes(session: Session, streams: Sequence[str]) -> None:
    """Do it in passing, but let one push in an hour pay for the look."""
    moment = now()
    due = [s for s in streams if s not in _looked or _looked[s] < moment - LOOK_AGAIN]
    if due:
        _looked.update(dict.fromkeys(due, moment))
        forget(session, due)


def forget(session: Session, streams: Sequence[str]) -> int:
    """Drop deletions that everybody within the horizon has seen, at most once a day."""
    moment, dropped = now(), 0
    for stream in streams:
        row = session.get(Horizon, stream)
        if row is not None and row.purged_at > moment - PAUSE:
            continue
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
            dropped += 1
    return dropped
