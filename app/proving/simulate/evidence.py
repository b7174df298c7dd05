"""What the server has written down, read as it stands."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.db import snapshot
from app.documents.models import CountSheet, SalesOrderLine
from app.ledger.models import Anchor, Balance, Entry, PositionEntry, UnitPosition
from app.pipeline.models import OpenException, StoredOperation
from app.proving.simulate.server import Server

Key = tuple[datetime, str, int, int, int]


@dataclass(frozen=True)
class Stamped:
    """One row of the log, as far as the oracle may look at it."""

    operation: str | None
    stream: str
    commit_seq: int
    alias: bool
    device: str
    epoch: int
    seq: int
    kind: str | None
    outcome: str
    codes: tuple[str, ...]
    eff_at: datetime
    u: int
    clamped: bool
    recorded_at: datetime
    source: str

    @property
    def key(self) -> Key:
        """When it happened, as the server believes."""
        return (self.eff_at, self.device, self.epoch, self.seq, 0)


@dataclass
class Books:
    """Everything that is compared."""

    log: list[Stamped] = field(default_factory=list)
    balances: dict[tuple[str, str, str, str], int] = field(default_factory=dict)
    positions: dict[str, tuple[str, int]] = field(default_factory=dict)
    entries: list[Row[Any]] = field(default_factory=list)
    anchors: list[Row[Any]] = field(default_factory=list)
    contradictions: dict[tuple[str, str], str] = field(default_factory=dict)
    picked: dict[str, int] = field(default_factory=dict)  # by order line
    settled: dict[str, int] = field(default_factory=dict)  # sheet → commit

    def named(self, code: str) -> set[str]:
        """Subjects of which a contradiction stands."""
        found = self.contradictions.items()
        return {subject for (each, subject), state in found if each == code and state != "closed"}


LOG = (
    StoredOperation.operation, StoredOperation.stream, StoredOperation.commit_seq,
    StoredOperation.alias, StoredOperation.device, StoredOperation.epoch, StoredOperation.seq,
    StoredOperation.kind, StoredOperation.outcome, StoredOperation.codes, StoredOperation.eff_at,
    StoredOperation.u, StoredOperation.clamped, StoredOperation.recorded_at,
    StoredOperation.source,
)  # fmt: skip


ENTRY = (
    Entry.operation, Entry.kind, Entry.holder, Entry.item, Entry.lot, Entry.status,
    Entry.quantity, Entry.eff_at, Entry.device, Entry.epoch, Entry.seq, Entry.part,
    Entry.commit_seq, Entry.posting_date,
)  # fmt: skip
ANCHOR = (
    Anchor.sheet, Anchor.holder, Anchor.item, Anchor.lot, Anchor.counted, Anchor.eff_at,
    Anchor.device, Anchor.epoch, Anchor.seq,
)  # fmt: skip


def read(server: Server) -> Books:
    """Read everything from one snapshot."""
    with server.app.app_context(), snapshot() as session:
        return books_of(session)


def books_of(session: Session) -> Books:
    """Read everything that one session sees."""
    books = Books()
    for row in session.execute(
        select(*LOG).order_by(StoredOperation.stream, StoredOperation.commit_seq)
    ):
        values = list(row)
        values[9] = tuple(values[9])
        books.log.append(Stamped(*values))
    books.balances = {
        (holder, item, lot, status): quantity
        for holder, item, lot, status, quantity in session.execute(
            select(
                Balance.holder, Balance.item, Balance.lot, Balance.status, Balance.quantity
            ).where(Balance.quantity != 0)
        )
    }
    books.positions = {
        unit: (where, gaps)
        for unit, where, gaps in session.execute(
            select(UnitPosition.unit, UnitPosition.place, UnitPosition.gaps)
        )
    }
    books.entries = list(session.execute(select(*ENTRY)))
    books.anchors = list(session.execute(select(*ANCHOR)))
    books.contradictions = {
        (code, subject): state
        for code, subject, state in session.execute(
            select(OpenException.code, OpenException.subject, OpenException.state)
        )
    }
    books.picked = {
        line: picked
        for line, picked in session.execute(select(SalesOrderLine.id, SalesOrderLine.picked))
        if picked
    }
    query = select(CountSheet.id, CountSheet.settled_seq)
    books.settled = {sheet: seq for sheet, seq in session.execute(query) if seq is not None}
    return books


@dataclass(frozen=True)
class Written:
    """What was in the log and the ledger at some moment, in brief."""

    until: tuple[tuple[str, int], ...]  # stream → last commit
    digest: str


def written(server: Server, until: tuple[tuple[str, int], ...] | None = None) -> Written:
    """Digest every row up to a commit of each stream (S10)."""
    digest = hashlib.sha256()
    with server.app.app_context(), snapshot() as session:
        if until is None:
            last: dict[str, int] = {}
            for stream, seq in session.execute(
                select(StoredOperation.stream, StoredOperation.commit_seq)
            ):
                last[stream] = max(last.get(stream, 0), seq)
            until = tuple(sorted(last.items()))
        for stream, seq in until:
            for model, column in (
                (StoredOperation, StoredOperation.stream),
                (Entry, Entry.site),
                (PositionEntry, PositionEntry.site),
            ):
                table: Any = model.__table__
                rows = session.execute(
                    select(*table.columns)
                    .where(column == stream, table.c.commit_seq <= seq)
                    .order_by(*table.primary_key.columns)
                )
                for row in rows:
                    digest.update(repr(tuple(row)).encode())
    return Written(until, digest.hexdigest())
