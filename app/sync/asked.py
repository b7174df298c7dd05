"""Of master data that a full handheld leaves out, what its open work asks for.

It travels with the work, in a channel of its own that no sum counts, and stays until it comes by
itself: a picker without network can scan whatever his walk names, by any barcode that it has.
"""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.among import among
from app.items.models import Identifier
from app.locations.models import Alias
from app.pipeline.models import ChannelRow

# What can be asked for online; the rest is work, or says what work is.
MASTERS = ("alias", "customer", "identifier", "item", "location", "supplier")
CHANNEL = "asked"
Streams = Sequence[tuple[str, Sequence[str]]]  # (stream, channels), the site's last
NAMED = re.compile(r'"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"')


def held_in(stream: str, channels: Sequence[str]) -> tuple[ColumnElement[bool], ...]:
    """Rows that live in these channels."""
    return (
        ChannelRow.stream == stream,
        ChannelRow.channel.in_(channels),
        ChannelRow.row.is_not(None),
    )


def named_by(session: Session, work: Iterable[str]) -> set[str]:
    """Return every id in these rows, with the codes of what it may be."""
    ids = {each for row in work for each in NAMED.findall(row)}
    if not ids:
        return ids
    codes = session.scalars(select(Identifier.id).where(among(Identifier.item, ids)))
    house_codes = session.scalars(select(Alias.id).where(among(Alias.target, ids)))
    return ids | set(codes) | set(house_codes)


def asked_for(session: Session, streams: Streams) -> dict[tuple[str, str], int]:
    """Weigh what all open work of these channels asks for; by (entity, id)."""
    work = [
        str(row)
        for each in streams
        for row in session.scalars(
            select(ChannelRow.row).where(*held_in(*each), ChannelRow.entity.not_in(MASTERS))
        )
    ]
    ids = named_by(session, work)
    return {
        (entity, row_id): length
        for stream, channels in (streams if ids else ())
        for entity, row_id, length in session.execute(
            select(ChannelRow.entity, ChannelRow.id, func.length(ChannelRow.row)).where(
                *_meant(stream, channels, ids)
            )
        )
    }


def alongside(
    session: Session,
    streams: Streams,
    since: Sequence[int],
    rows: Sequence[ChannelRow],
    *,
    filling: bool,
) -> list[dict[str, Any]]:
    """Return what goes with a page: masters that its work names; what came by itself goes.

    `since`: of each stream, from where on master data is held. `filling`: the handheld has begun
    anew, so that what comes by itself is not there yet.
    """
    if not any(since):
        return []
    by_itself = [row for row in rows if row.entity in MASTERS and not filling]
    changes = [_change(row, None) for row in by_itself]
    work = [row.row for row in rows if row.entity not in MASTERS and row.row is not None]
    ids = named_by(session, work)
    for (stream, channels), start in zip(streams, since, strict=True):
        found = _masters(session, stream, channels, ids) if start else ()
        changes += [_change(row, row.row) for row in found if row.seq < start]
    return changes


def _masters(
    session: Session, stream: str, channels: Sequence[str], ids: set[str]
) -> Sequence[ChannelRow]:
    if not ids:
        return ()
    return session.scalars(select(ChannelRow).where(*_meant(stream, channels, ids))).all()


def _meant(stream: str, channels: Sequence[str], ids: set[str]) -> tuple[ColumnElement[bool], ...]:
    return (*held_in(stream, channels), ChannelRow.entity.in_(MASTERS), among(ChannelRow.id, ids))


def _change(row: ChannelRow, body: str | None) -> dict[str, Any]:
    return {
        "seq": row.seq,
        "channel": CHANNEL,
        "entity": row.entity,
        "id": row.id,
        "row": None if body is None else json.loads(body),
    }
