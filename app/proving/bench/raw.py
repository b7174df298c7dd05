"""The raw floor: the rows that a run of ours wrote, written again by the bare driver.

The same rows into the same tables, in the same state, on the same disk, with the same durability,
in the same batches; nothing is decided, read or checked but the repeat of an operation. What we
reach of this is what our thinking costs.
"""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Engine,
    LargeBinary,
    Table,
    bindparam,
    select,
)
from sqlalchemy.orm import Session

from app.db import Base, Instant, snapshot
from app.kernel.clock import micros
from app.pipeline.replicas import NEWEST
from app.rows.prepared import Prepared

LOG, LEDGER, STOCK, NEWS, SUMS = (
    Base.metadata.tables[name]
    for name in ("operations", "entries", "balances", "channel_rows", "channel_sums")
)
AT = {column.name: n for n, column in enumerate(LOG.columns)}
PLACE = {column.name: n for n, column in enumerate(LEDGER.columns)}
BALANCE = itemgetter(*(PLACE[column.name] for column in STOCK.columns))
Rows = list[tuple[Any, ...]]


NEWS_OF = Prepared(  # channels are named, so that the index by sequence serves
    select(NEWS).where(
        NEWS.c.stream == bindparam("stream"),
        NEWS.c.channel.in_(select(SUMS.c.channel).where(SUMS.c.stream == bindparam("stream"))),
        NEWS.c.seq >= bindparam("since"),
    )
)


@dataclass(frozen=True)
class Batch:
    """The rows of one commit, table by table."""

    log: Rows
    ledger: Rows
    stock: Rows
    news: Rows


def standing(engine: Engine) -> Batch:
    """Read what is there before anybody is timed."""
    with snapshot(engine) as session:
        return Batch(*(_raw(session, table) for table in (LOG, LEDGER, STOCK, NEWS)))


def news_of(engine: Engine, stream: str, since: int) -> Rows:
    """Read the copies that changed from a sequence on, before the next batch changes them again."""
    return [_bare(row) for row in NEWS_OF.look(engine, stream=stream, since=since)]


def written(engine: Engine, device: str, after: int, news: Rows) -> list[Batch]:
    """Read back the batches of a handheld from its `after`-th operation on."""
    with snapshot(engine) as session:
        log = _raw(session, LOG, LOG.c.device == device, LOG.c.seq > after)
        since = min(row[AT["commit_seq"]] for row in log)
        ledger = _raw(session, LEDGER, LEDGER.c.device == device, LEDGER.c.commit_seq >= since)
    parts = []
    for end, rows in groupby(log, key=itemgetter(AT["chunk"])):  # a chunk is named by its end
        mine = list(rows)
        first = mine[0][AT["commit_seq"]]
        entries = [row for row in ledger if first <= row[1] <= end]
        stock = sorted(BALANCE(entry) for entry in entries)
        parts.append(Batch(mine, entries, stock, [row for row in news if row[4] == end]))
    return parts


def _raw(session: Session, table: Table, *mine: ColumnElement[bool]) -> Rows:
    """Fetch rows in the order in which they were written, as a driver takes them."""
    order = table.c.commit_seq if "commit_seq" in table.c else table.primary_key.columns[0]
    rows = session.execute(select(table).where(*mine).order_by(order))
    return [_bare(row) for row in rows]


def _bare(row: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(_driven(value) for value in row)


def _driven(value: object) -> object:
    if isinstance(value, datetime):
        return micros(value)
    return json.dumps(value) if isinstance(value, list | dict) else value


def write_sqlite(connection: Any, parts: Sequence[Batch]) -> float:  # noqa: ANN401
    """Write with `executemany`; returns the seconds it took."""
    statements = [
        (_insert(LOG, _marks(LOG), "ON CONFLICT DO NOTHING"), "log"),
        (_insert(LEDGER, _marks(LEDGER)), "ledger"),
        (_insert(STOCK, _marks(STOCK), ADD), "stock"),
        (_insert(NEWS, _marks(NEWS), CHANGED), "news"),
    ]
    return _timed(
        parts,
        lambda: connection.execute("BEGIN IMMEDIATE"),
        lambda part: [
            connection.executemany(statement, getattr(part, rows)) for statement, rows in statements
        ],
        lambda: connection.execute("COMMIT"),
    )


def write_postgresql(connection: Any, parts: Sequence[Batch]) -> float:  # noqa: ANN401
    """Write with one statement a table and batch; returns the seconds it took."""
    added = "ON CONFLICT DO NOTHING"
    statements = [
        (_insert(LOG, _arrays(LOG), added), "log"),
        (_insert(LEDGER, _arrays(LEDGER)), "ledger"),
        (_insert(STOCK, _summed(), ADD), "stock"),
        (_insert(NEWS, _arrays(NEWS), CHANGED), "news"),
    ]

    def write(part: Batch) -> None:
        for statement, rows in statements:
            if getattr(part, rows):
                columns = [list(column) for column in zip(*getattr(part, rows), strict=True)]
                connection.execute(statement, columns)

    return _timed(parts, lambda: None, write, connection.commit)


CHANGED = f"ON CONFLICT {NEWEST}"
ADD = (
    "ON CONFLICT (holder, item, lot, status)"
    " DO UPDATE SET quantity = balances.quantity + excluded.quantity"
)


def _timed(
    parts: Sequence[Batch],
    begin: Callable[[], object],
    write: Callable[[Batch], object],
    commit: Callable[[], object],
) -> float:
    started = time.perf_counter()
    for part in parts:
        begin()
        write(part)
        commit()
    return time.perf_counter() - started


def _insert(table: Table, values: str, conflict: str = "") -> str:
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    return f"INSERT INTO {table.name} ({names}) {values} {conflict}"


def _marks(table: Table) -> str:
    return f"VALUES ({', '.join('?' for _ in table.columns)})"


def _arrays(table: Table) -> str:
    return f"SELECT * FROM unnest({', '.join(_array_types(table))})"  # noqa: S608 - types only


def _summed() -> str:
    """One row a key: a statement may not upsert the same row twice."""
    keys = ", ".join(f"c{n}" for n in range(1, 7))
    named = ", ".join(f"c{n}" for n in range(1, 8))
    arrays = ", ".join(_array_types(STOCK))
    return f"SELECT {keys}, SUM(c7) FROM unnest({arrays}) AS u({named}) GROUP BY {keys} ORDER BY 1"  # noqa: S608


def _array_types(table: Table) -> Iterator[str]:
    for column in table.columns:
        if isinstance(column.type, Instant | BigInteger):
            yield "%s::BIGINT[]"
        elif isinstance(column.type, LargeBinary):
            yield "%s::BYTEA[]"
        else:
            yield f"%s::{str(column.type.compile()).split(' COLLATE')[0]}[]"
