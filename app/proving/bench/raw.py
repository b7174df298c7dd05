"""The raw floor: the rows that a run of ours wrote, written again by the bare driver.

Same schema, same disk, same durability, same batches; nothing is decided, read or checked but the
repeat of an operation. What we reach of this is what our thinking costs.
"""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Engine, LargeBinary, Table, select
from sqlalchemy.orm import Session

from app.db import Base, Instant, snapshot
from app.kernel.clock import micros

LOG, LEDGER, STOCK, NEWS = (
    Base.metadata.tables[name] for name in ("operations", "entries", "balances", "channel_rows")
)
Rows = list[tuple[Any, ...]]


@dataclass(frozen=True)
class Batch:
    """The rows of one commit, table by table."""

    log: Rows
    ledger: Rows
    stock: Rows
    news: Rows


def batches(engine: Engine, device: str, after: int, size: int) -> list[Batch]:
    """Read back what the operations of a handheld wrote, from its `after`-th on."""
    with snapshot(engine) as session:
        log = _raw(session, LOG, LOG.c.device == device, LOG.c.seq > after)
        ledger: dict[int, Rows] = {row[1]: [] for row in log}
        mine = LEDGER.c.commit_seq >= min(ledger, default=0)
        for row in _raw(session, LEDGER, LEDGER.c.device == device, mine):
            if row[1] in ledger:
                ledger[row[1]].append(row)
    return [_batch(log[start : start + size], ledger) for start in range(0, len(log), size)]


def _raw(session: Session, table: Table, *mine: ColumnElement[bool]) -> Rows:
    """Fetch rows in the order of the log, as a driver takes them."""
    rows = session.execute(select(table).where(*mine).order_by(table.c.commit_seq))
    return [tuple(_bare(value) for value in row) for row in rows]


def _bare(value: object) -> object:
    if isinstance(value, datetime):
        return micros(value)
    return json.dumps(value) if isinstance(value, list | dict) else value


def _batch(log: Rows, ledger: dict[int, Rows]) -> Batch:
    entries = [entry for row in log for entry in ledger[row[1]]]
    at = {column.name: n for n, column in enumerate(LEDGER.columns)}
    keys = [column.name for column in STOCK.columns]
    stock = sorted(tuple(entry[at[key]] for key in keys) for entry in entries)
    news = [(row[0], "site", "event", row[3], row[1], "{}", 0) for row in log]
    return Batch(log, entries, stock, news)


def write_sqlite(connection: Any, parts: Sequence[Batch]) -> float:  # noqa: ANN401
    """Write with `executemany`; returns the seconds it took."""
    statements = [
        (_insert(LOG, _marks(LOG), "ON CONFLICT DO NOTHING"), "log"),
        (_insert(LEDGER, _marks(LEDGER)), "ledger"),
        (_insert(STOCK, _marks(STOCK), ADD), "stock"),
        (_insert(NEWS, _marks(NEWS), "ON CONFLICT DO NOTHING"), "news"),
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
        (_insert(NEWS, _arrays(NEWS), added), "news"),
    ]

    def write(part: Batch) -> None:
        for statement, rows in statements:
            if getattr(part, rows):
                columns = [list(column) for column in zip(*getattr(part, rows), strict=True)]
                connection.execute(statement, columns)

    return _timed(parts, lambda: None, write, connection.commit)


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
