"""Replay the stored operations into an empty database and see whether it comes out the same.

What an operation meant is decided again by the handlers; only its answer, its stamp and its place
in the order are taken as stored (sync.md §4).
"""

import heapq
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from flask import current_app
from sqlalchemy import Engine, insert, select
from sqlalchemy.orm import Session

from app.db import db, snapshot, writing
from app.pipeline.arrival import Arrival
from app.pipeline.execute import Replay, execute
from app.pipeline.floor import Floor
from app.pipeline.models import StoredOperation, Stream
from app.pipeline.operation import Playbook
from app.pipeline.reading import arrival_of
from app.proving.comparing import differences, imbalances, tables
from app.proving.scratch import scratch

PAGE = 500
SHOWN = 20  # differences of one table


@dataclass(frozen=True)
class Report:
    """What was replayed and compared, and what came out differently."""

    operations: int
    compared: tuple[tuple[str, int], ...]  # table, rows
    differences: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Tell whether the log explains every row."""
        return not self.differences


@dataclass(frozen=True)
class Chunk:
    """Operations that were decided together, and what they could see."""

    stream: str
    org_seq: int
    rows: tuple[StoredOperation, ...]


class BrokenLog(Exception):
    """The log cannot be replayed."""


def run(*, check: bool) -> int:
    """Replay and compare; the exit code says whether everything came out equal."""
    if not check:
        sys.stderr.write("rebuild only compares; say --check\n")
        return 2
    playbook: Playbook = current_app.extensions["tallyman_playbook"]
    report = verify(playbook, db.engine)
    for line in told(report):
        sys.stdout.write(f"{line}\n")
    return 0 if report.ok else 1


def told(report: Report) -> Iterator[str]:
    """Put a report into lines."""
    for name, rows in report.compared:
        yield f"{name:24} {rows:>10} rows"
    yield from report.differences
    verdict = "equal" if report.ok else f"{len(report.differences)} differences"
    yield f"{report.operations} operations replayed: {verdict}"


def verify(playbook: Playbook, source: Engine) -> Report:
    """Replay all streams of a database into a scratch one and compare every table."""
    with scratch(source) as target, snapshot(source, patient=True) as stored:
        try:
            operations = replay(playbook, stored, target)
        except BrokenLog as broken:
            return Report(0, (), (str(broken),))
        with snapshot(target, patient=True) as rebuilt:
            compared, found = [], []
            for table in tables():
                rows, different = differences(table, stored, rebuilt, SHOWN)
                compared.append((table.name, rows))
                found += different
        return Report(operations, tuple(compared), (*found, *imbalances(stored, SHOWN)))


def replay(playbook: Playbook, stored: Session, target: Engine) -> int:
    """Apply every stored chunk to an empty database, in an order in which it could have been."""
    streams = begin(stored, target)
    org = next(stream.id for stream in streams if stream.kind == "org")
    done = 0
    for _, chunk in heapq.merge(
        *(_numbered(stored, stream, org) for stream in streams), key=lambda pair: pair[0]
    ):
        apply(playbook, target, org, chunk)
        done += len(chunk.rows)
    return done


def begin(stored: Session, target: Engine) -> Sequence[Stream]:
    """Open the same streams, with nothing in them yet."""
    streams = stored.scalars(select(Stream).order_by(Stream.id)).all()
    with writing(engine=target) as session:
        for stream in streams:
            session.add(
                Stream(
                    id=stream.id,
                    kind=stream.kind,
                    incarnation=stream.incarnation,
                    commit_seq=0,
                    masters_seq=0,
                )
            )
    return streams


def _numbered(
    stored: Session, stream: Stream, org: str
) -> Iterator[tuple[tuple[int, int, str], Chunk]]:
    """Sort a site's chunk after the organisation's that it could see."""
    for chunk in chunks(stored, stream):
        last = chunk.rows[-1].commit_seq
        yield ((last, 0, "") if stream.id == org else (chunk.org_seq, 1, stream.id)), chunk


def chunks(stored: Session, stream: Stream) -> Iterator[Chunk]:
    """Yield what was decided together, as it was decided."""
    for _, rows in groupby(_rows(stored, stream), key=lambda row: row.chunk):
        together = tuple(rows)
        yield Chunk(stream.id, together[0].org_seq, together)


def _rows(stored: Session, stream: Stream) -> Iterator[StoredOperation]:
    last = 0
    while True:
        page = stored.scalars(
            select(StoredOperation)
            .where(StoredOperation.stream == stream.id, StoredOperation.commit_seq > last)
            .order_by(StoredOperation.commit_seq)
            .limit(PAGE)
        ).all()
        for row in page:
            if row.commit_seq != last + 1:
                raise BrokenLog(f"stream {stream.id}: no operation {last + 1}")
            last = row.commit_seq
            yield row
            stored.expunge(row)
        if not page:
            return


def apply(playbook: Playbook, target: Engine, org: str, chunk: Chunk) -> None:
    """Apply a chunk with the answers that it got."""
    with writing(engine=target) as session:
        floor = Floor(session, chunk.stream, org)
        stream = floor.get(Stream, chunk.stream)
        if chunk.rows[0].alias:
            session.execute(insert(StoredOperation), [_as_it_stands(row) for row in chunk.rows])
            stream.commit_seq = chunk.rows[-1].commit_seq
            floor.write()
            return
        arrivals = [_arrival(playbook, row) for row in chunk.rows]
        given = [Replay(row.outcome, tuple(row.codes), row.detail) for row in chunk.rows]
        execute(playbook, floor, stream, arrivals, chunk.org_seq, replay=given)


def _arrival(playbook: Playbook, row: StoredOperation) -> Arrival:
    """Read an envelope again; what was not understood then stays so now."""
    arrival = arrival_of(playbook, row)
    if row.kind is None:
        arrival = replace(arrival, kind=None, payload=None)
    if "sync.unreadable" in row.codes:
        return replace(arrival, quarantined="sync.unreadable", payload=None)
    if "sync.id_reused" in row.codes:
        return replace(arrival, envelope={**arrival.envelope, "id": None})
    return arrival


def _as_it_stands(row: StoredOperation) -> dict[str, object]:
    return {column.name: getattr(row, column.name) for column in StoredOperation.__table__.columns}
