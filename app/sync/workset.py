"""How much a handheld holds: work always, of master data what was changed last.

Five thousand rows or two megabytes: what fits either is held whole, since without network a
handheld can ask nobody; beyond both it is cut.

Where everything does not fit, master data from before a sequence is left out, but for what open
work asks for (asked.py); what changes comes whatever it is, so that nothing that was left out is
ever outdated on a handheld.
"""

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, tuple_
from sqlalchemy.orm import Session

from app.items.models import Identifier
from app.kernel.values import value
from app.pipeline.models import ChannelRow, ChannelSum
from app.pipeline.replicas import mark
from app.resolving.resolver import Meaning
from app.sync.asked import MASTERS, Streams, asked_for, held_in

MOST_ROWS = 5_000
MOST_BYTES = 2_000_000
LEAST_BYTES = 40  # of a row
AGAIN = 1.2  # how far it may grow before it is cut anew

EVERYTHING = (0, 0)
Sum = tuple[int, int]  # how many rows, and their marks
LENDS = {"item": "item", "place": "location"}  # entities of what a code may mean
MOST_CODES = 50


@value
class Bounds:
    """From which sequences master data is held, by stream; (0, 0) = all of it."""

    since: tuple[int, int] = EVERYTHING
    # How many rows there were when it was found to fit; where it is cut, how many might.
    weighed: int = 0
    left: int = 0  # how many rows are left out; work brings some of them

    @property
    def cut(self) -> bool:
        """Something is left out."""
        return self.since != EVERYTHING


def within(since: int) -> ColumnElement[bool]:
    """Rows that a handheld holds although master data from before `since` is left out."""
    return or_(ChannelRow.entity.not_in(MASTERS), ChannelRow.seq >= since)


def size(session: Session, streams: Streams) -> int:
    """Count the rows of these channels; the sums know."""
    return sum(
        int(session.scalar(select(func.sum(ChannelSum.n)).where(*_sums_of(each))) or 0)
        for each in streams
    )


def weight(session: Session, streams: Streams) -> int:
    """Weigh the rows of these channels; every one is read."""
    return sum(_weight(session, held_in(*each)) for each in streams)


def _sums_of(each: tuple[str, Sequence[str]]) -> tuple[ColumnElement[bool], ...]:
    stream, channels = each
    return (ChannelSum.stream == stream, ChannelSum.channel.in_(channels))


def fitting(session: Session, streams: Streams) -> Bounds:
    """Say from where on everything fits: places before items, what changed last before the rest."""
    rows = size(session, streams)
    if rows <= MOST_ROWS:
        return Bounds(weighed=rows)
    heavy = weight(session, streams)
    if heavy <= MOST_BYTES:
        return Bounds(weighed=rows)
    paid = asked_for(session, streams)
    work_rows, work_bytes = _work(session, streams)
    room = MOST_ROWS - work_rows - len(paid), MOST_BYTES - work_bytes - sum(paid.values())
    since: list[int] = []
    left = rows - work_rows
    for stream, channels in reversed(streams):
        taken = _newest(session, stream, channels, room, paid.keys())
        room = room[0] - taken.rows, room[1] - taken.weight
        left -= taken.rows
        since.insert(0, taken.first)
    return Bounds((since[0], since[1]), rows * MOST_BYTES // heavy, left)


def judged(session: Session, streams: Streams, bounds: Bounds, rows: int) -> Bounds:
    """Say what holds now; all rows are weighed only when they have become many more, or fewer.

    With other sequences than before the handheld begins anew.
    """
    if bounds.cut:
        if rows > max(MOST_ROWS, bounds.weighed):
            return bounds
        now = fitting(session, streams)
        return replace(bounds, weighed=now.weighed) if now.cut else now
    known = max(MOST_ROWS, bounds.weighed)
    return fitting(session, streams) if rows > known * AGAIN else bounds


def _weight(session: Session, meant: Sequence[ColumnElement[bool]]) -> int:
    return int(session.scalar(select(func.sum(func.length(ChannelRow.row))).where(*meant)) or 0)


def _work(session: Session, streams: Streams) -> tuple[int, int]:
    """Count and weigh what is held in any case."""
    rows, heavy = 0, 0
    for each in streams:
        meant = (*held_in(*each), ChannelRow.entity.not_in(MASTERS))
        rows += session.scalar(select(func.count()).select_from(ChannelRow).where(*meant)) or 0
        heavy += _weight(session, meant)
    return rows, heavy


@value
class Taken:
    """From which sequence on master data is held, and what that takes beside what is paid for."""

    first: int
    rows: int
    weight: int


def _newest(
    session: Session,
    stream: str,
    channels: Sequence[str],
    room: tuple[int, int],
    paid: Collection[tuple[str, str]],
) -> Taken:
    """Take the newest master data that fits, whole commits only; what work asks for is paid for."""
    rows, heavy = room
    newest = session.execute(
        select(ChannelRow.seq, ChannelRow.entity, ChannelRow.id, func.length(ChannelRow.row))
        .where(*held_in(stream, channels), ChannelRow.entity.in_(MASTERS))
        .order_by(ChannelRow.seq.desc())
        .limit(max(rows, heavy // LEAST_BYTES, 0) + 1 + len(paid))
    ).all()
    taken, n, used = Taken(newest[0].seq + 1 if newest else 0, 0, 0), 0, 0
    for at, (seq, entity, row_id, length) in enumerate(newest, start=1):
        if (entity, row_id) not in paid:
            n, used = n + 1, used + length
        if n > rows and used > heavy:
            return taken
        if at == len(newest) or newest[at].seq != seq:
            taken = Taken(seq, n, used)
    return replace(taken, first=0)


def without(since: int) -> ColumnElement[bool]:
    """Rows that are left out."""
    return and_(ChannelRow.entity.in_(MASTERS), ChannelRow.seq < since)


def held_sums(
    session: Session, streams: Streams, bounds: Bounds, everything: Mapping[str, Sum]
) -> dict[str, Sum]:
    """Sum up what is held where something is left out, by looking at whichever is less of both."""
    rows = sum(n for n, _ in everything.values())
    held: dict[str, Sum] = dict.fromkeys(everything, (0, 0))
    if rows - MOST_ROWS > MOST_ROWS:
        return {
            **held,
            **{channel: (n, xor) for channel, n, xor in _marks(session, streams, bounds, within)},
        }
    held.update(everything)
    for channel, n, xor in _marks(session, streams, bounds, without):
        held[channel] = (held[channel][0] - n, held[channel][1] ^ xor)
    return held


def _marks(
    session: Session,
    streams: Streams,
    bounds: Bounds,
    meant: Callable[[int], ColumnElement[bool]],
) -> Iterator[tuple[str, int, int]]:
    """Yield (channel, how many, their mark)."""
    for (stream, channels), since in zip(streams, bounds.since, strict=True):
        sums: dict[str, list[int]] = {}
        for channel, entity, row_id, seq in session.execute(
            select(ChannelRow.channel, ChannelRow.entity, ChannelRow.id, ChannelRow.seq).where(
                *held_in(stream, channels), meant(since)
            )
        ):
            known = sums.setdefault(channel, [0, 0])
            known[0] += 1
            known[1] ^= mark(channel, entity, row_id, seq)
        for channel, (n, xor) in sums.items():
            yield channel, n, xor


def lent(session: Session, streams: Streams, meant: Meaning) -> list[dict[str, Any]]:
    """Return what these channels hold of a thing, with every code of an item."""
    entity = LENDS.get(meant.type)
    if entity is None:
        return []
    wanted = [(entity, meant.id)]
    if entity == "item":
        codes = select(Identifier.id).where(Identifier.item == meant.id).limit(MOST_CODES)
        wanted += [("identifier", code) for code in session.scalars(codes)]
    return [
        {"entity": row.entity, "id": row.id, "row": json.loads(str(row.row))}
        for stream, channels in streams
        for row in session.scalars(
            select(ChannelRow).where(
                *held_in(stream, channels), tuple_(ChannelRow.entity, ChannelRow.id).in_(wanted)
            )
        )
    ]
