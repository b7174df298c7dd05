"""Copies of records for handhelds: one row a channel, at the sequence at which it changed."""

import hashlib
import json
from collections import defaultdict
from typing import Any

from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from app.among import among, among_tuples
from app.kernel.clock import micros, now
from app.pipeline.floor import Floor
from app.pipeline.models import ChannelRow, ChannelSum, Stream
from app.pipeline.operation import Playbook

UPSERT_ROW = text(
    "INSERT INTO channel_rows (stream, channel, entity, id, seq, row, changed_at)"
    " VALUES (:stream, :channel, :entity, :id, :seq, :row, :changed_at)"
    " ON CONFLICT (stream, channel, entity, id)"
    " DO UPDATE SET seq = excluded.seq, row = excluded.row, changed_at = excluded.changed_at"
)
Key = tuple[str, str, str]  # channel, entity, id


def mark(channel: str, entity: str, row_id: str, seq: int) -> int:
    """Return the 64-bit mark of a held row; channels are compared by the XOR of them."""
    digest = hashlib.sha256(f"{channel}|{entity}|{row_id}|{seq}".encode()).digest()
    return int.from_bytes(digest[:8], "big")


def publish(session: Session, playbook: Playbook, floor: Floor, stream: Stream) -> None:
    """Bring the copies of everything touched in this chunk up to date."""
    copies: dict[Key, dict[str, Any] | None] = {}
    for model, ids in list(floor.touched.items()):
        project = playbook.replicas.get(model)
        if project is None:
            continue
        for row_id in sorted(ids):
            row = floor.find(model, row_id)
            if row is not None:
                for channel, entity, copy_id, body in project(floor, row):
                    copies[(channel, entity, copy_id)] = body
    if copies:
        store(session, stream, copies)


def store(session: Session, stream: Stream, copies: dict[Key, dict[str, Any] | None]) -> None:
    """Write copies at the stream's current sequence and keep the channels' sums."""
    before = _before(session, stream.id, list(copies))
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    rows = []
    stamp = micros(now())
    for (channel, entity, row_id), copy in sorted(copies.items(), key=lambda pair: pair[0]):
        body = None if copy is None else json.dumps(copy, ensure_ascii=False)
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
        session.execute(UPSERT_ROW, rows)
        _add_to_sums(session, stream.id, sums)


def _before(session: Session, stream: str, keys: list[Key]) -> dict[Key, tuple[int, str | None]]:
    found: dict[Key, tuple[int, str | None]] = {}
    columns = (ChannelRow.channel, ChannelRow.entity, ChannelRow.id)
    rows = session.execute(
        select(*columns, ChannelRow.seq, ChannelRow.row).where(
            ChannelRow.stream == stream, among_tuples(columns, keys)
        )
    )
    for channel, entity, row_id, seq, row in rows:
        found[(channel, entity, row_id)] = (seq, row)
    return found


def _add_to_sums(session: Session, stream: str, sums: dict[str, list[int]]) -> None:
    existing = {
        row.channel: row
        for row in session.scalars(
            select(ChannelSum).where(ChannelSum.stream == stream, among(ChannelSum.channel, sums))
        )
    }
    fresh = []
    for channel, (n, xor) in sorted(sums.items()):
        row = existing.get(channel)
        if row is None:
            fresh.append({"stream": stream, "channel": channel, "n": n, "xor": f"{xor:016x}"})
        else:
            row.n += n
            row.xor = f"{int(row.xor, 16) ^ xor:016x}"
    if fresh:
        session.execute(insert(ChannelSum), fresh)
