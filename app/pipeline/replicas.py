"""Copies of records for handhelds: one row a channel, at the sequence at which it changed."""

import hashlib
from collections import defaultdict
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.among import among_named, keys_text
from app.kernel import jsontext
from app.kernel.clock import now
from app.pipeline.floor import Floor
from app.pipeline.models import ChannelRow, ChannelSum, Stream
from app.pipeline.operation import Playbook
from app.rows import bulk
from app.rows.prepared import Prepared

COPIES: Any = ChannelRow.__table__
SUMS: Any = ChannelSum.__table__
NEWEST = (
    "(stream, channel, entity, id)"
    " DO UPDATE SET seq = excluded.seq, row = excluded.row, changed_at = excluded.changed_at"
)
BEFORE = Prepared(
    select(
        ChannelRow.channel, ChannelRow.entity, ChannelRow.id, ChannelRow.seq, ChannelRow.row
    ).where(
        ChannelRow.stream == bindparam("stream"),
        among_named((ChannelRow.channel, ChannelRow.entity, ChannelRow.id), "keys"),
    )
)
SUMS_OF = Prepared(
    select(ChannelSum.channel, ChannelSum.n, ChannelSum.xor).where(
        ChannelSum.stream == bindparam("stream"), among_named(ChannelSum.channel, "channels")
    )
)
Key = tuple[str, str, str]  # channel, entity, id


def mark(channel: str, entity: str, row_id: str, seq: int) -> int:
    """Return the 64-bit mark of a held row; channels are compared by the XOR of them."""
    digest = hashlib.sha256(f"{channel}|{entity}|{row_id}|{seq}".encode()).digest()
    return int.from_bytes(digest[:8], "big")


def publish(playbook: Playbook, floor: Floor, stream: Stream) -> None:
    """Bring the copies of everything touched in this chunk up to date."""
    copies: dict[Key, dict[str, Any] | None] = {}
    for model, ids in list(floor.touched.items()):
        project = playbook.replicas.get(model)
        if project is None:
            continue
        for row_id in ids:  # as they were touched, so that what belongs together lies together
            row = floor.find(model, row_id)
            if row is not None:
                for channel, entity, copy_id, body in project(floor, row):
                    copies[(channel, entity, copy_id)] = body
    if copies:
        store(floor.session, stream, copies)


def store(session: Session, stream: Stream, copies: dict[Key, dict[str, Any] | None]) -> None:
    """Write copies at the stream's current sequence and keep the channels' sums."""
    before = _before(session, stream.id, list(copies))
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    rows = []
    stamp = now()
    for (channel, entity, row_id), copy in copies.items():
        body = None if copy is None else jsontext.write(copy)
        seq, old = before.get((channel, entity, row_id), (0, None))
        alive = old is not None
        if body == old:
            continue  # nothing a handheld would see
        if alive:
            sums[channel][0] -= 1
            sums[channel][1] ^= mark(channel, entity, row_id, seq)
        if body is not None:
            sums[channel][0] += 1
            sums[channel][1] ^= mark(channel, entity, row_id, stream.commit_seq)
        rows.append(
            {
                "stream": stream.id,
                "channel": channel,
                "entity": entity,
                "id": row_id,
                "seq": stream.commit_seq,
                "row": body,
                "changed_at": stamp,
            }
        )
    if rows:
        bulk.insert(session, COPIES, rows, NEWEST)
        _add_to_sums(session, stream.id, sums)


def _before(session: Session, stream: str, keys: list[Key]) -> dict[Key, tuple[int, str | None]]:
    rows = BEFORE.rows(session, stream=stream, keys=keys_text(keys))
    return {(channel, entity, row_id): (seq, row) for channel, entity, row_id, seq, row in rows}


def _add_to_sums(session: Session, stream: str, sums: dict[str, list[int]]) -> None:
    known = SUMS_OF.rows(session, stream=stream, channels=keys_text(sums))
    before = {channel: (n, int(xor, 16)) for channel, n, xor in known}
    rows = []
    for channel, (n, xor) in sorted(sums.items()):
        had, mixed = before.get(channel, (0, 0))
        rows.append(
            {"stream": stream, "channel": channel, "n": had + n, "xor": f"{mixed ^ xor:016x}"}
        )
    bulk.insert(
        session, SUMS, rows, "(stream, channel) DO UPDATE SET n = excluded.n, xor = excluded.xor"
    )
