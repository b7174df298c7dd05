"""Many rows of one table in one call, on either database.

SQLite takes them one after another in C; PostgreSQL gets one statement with all of them as JSON,
so that a chunk costs one round trip a table.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import JSON, Boolean, Connection, Dialect, LargeBinary, Table
from sqlalchemy.orm import Session

from app.db import Instant
from app.kernel import jsontext
from app.kernel.clock import micros
from app.rows.prepared import connection_of, drive

Rows = Sequence[Mapping[str, Any]]
Names = tuple[str, ...]
Convert = Callable[[Any], Any]


def insert(session: Session, table: Table, rows: Rows, conflict: str = "") -> None:
    """Insert rows that name every column; `conflict` is what follows `ON CONFLICT`."""
    if rows:
        connection = connection_of(session)
        names = _present(table, rows)
        text = _inserting(table, names, _engine(connection), conflict)
        _write(connection, table, names, rows, text)


def update(session: Session, table: Table, changed: Names, rows: Rows) -> None:
    """Set the named columns of rows that are there, found by their primary key."""
    if rows:
        connection = connection_of(session)
        keys = tuple(column.name for column in table.primary_key.columns)
        text = _updating(table, _engine(connection), changed, keys)
        _write(connection, table, (*changed, *keys), rows, text)


def _present(table: Table, rows: Rows) -> Names:
    """Name the columns that some row fills: what is NULL in all of them need not be said.

    Saying it is dear: SQLite's driver looks for an adapter for every single None.
    """
    names, nullable = _columns(table)
    empty = {name for name in nullable if all(row[name] is None for row in rows)}
    return tuple(name for name in names if name not in empty) if empty else names


@cache
def _columns(table: Table) -> tuple[Names, Names]:
    """Name all columns, and those that are NULL unless somebody says otherwise."""
    nullable = (c.name for c in table.columns if c.nullable and c.server_default is None)
    return tuple(column.name for column in table.columns), tuple(nullable)


def _engine(connection: Connection) -> str:
    return connection.dialect.name


def _write(connection: Connection, table: Table, names: Names, rows: Rows, text: str) -> None:
    pick = _pick(names)
    values = [list(pick(row)) for row in rows]
    for n, convert in _converters(table, names, connection.dialect):
        last = said = None  # neighbours often share one object: the moment of a push, of a gesture
        for row in values:
            value = row[n]
            if value is not None:
                if value is not last:
                    last, said = value, convert(value)
                row[n] = said
    if _engine(connection) == "sqlite":
        drive(connection, text, values, many=True)
    else:
        sent = jsontext.write([dict(zip(names, row, strict=True)) for row in values])
        drive(connection, text, (sent,))


@cache
def _pick(names: Names) -> Convert:
    return itemgetter(*names) if len(names) > 1 else lambda row: (row[names[0]],)


@cache
def _inserting(table: Table, names: Names, engine: str, conflict: str) -> str:
    columns = ", ".join(f'"{name}"' for name in names)
    marks = ", ".join("?" for _ in names)
    values = f"VALUES ({marks})" if engine == "sqlite" else f"SELECT {columns} FROM {_sent(table)}"  # noqa: S608 - our own names
    end = f" ON CONFLICT {conflict}" if conflict else ""
    return f"INSERT INTO {table.name} ({columns}) {values}{end}"


@cache
def _updating(table: Table, engine: str, changed: Names, keys: Names) -> str:
    if engine == "sqlite":
        values = ", ".join(f'"{name}" = ?' for name in changed)
        where = " AND ".join(f'"{name}" = ?' for name in keys)
        return f"UPDATE {table.name} SET {values} WHERE {where}"  # noqa: S608 - our own names
    values = ", ".join(f'"{name}" = r."{name}"' for name in changed)
    where = " AND ".join(f't."{name}" = r."{name}"' for name in keys)
    return f"UPDATE {table.name} AS t SET {values} FROM {_sent(table)} AS r WHERE {where}"  # noqa: S608 - our own names


def _sent(table: Table) -> str:
    return f"json_populate_recordset(NULL::{table.name}, %s::json)"


_known: dict[tuple[str, str, Names], list[tuple[int, Convert]]] = {}


def _converters(table: Table, names: Names, dialect: Dialect) -> list[tuple[int, Convert]]:
    """Return the columns whose values the driver does not take as they are."""
    asked = (table.name, dialect.name, names)
    if asked not in _known:
        for_engine = _for_sqlite if dialect.name == "sqlite" else _for_json
        found = [(n, for_engine(table.c[name].type, dialect)) for n, name in enumerate(names)]
        _known[asked] = [(n, convert) for n, convert in found if convert is not None]
    return _known[asked]


def _for_sqlite(kind: Any, dialect: Dialect) -> Convert | None:  # noqa: ANN401
    if isinstance(kind, Instant):
        return micros
    if isinstance(kind, LargeBinary):
        return bytearray  # the driver takes it as it is; for bytes it looks for an adapter first
    if isinstance(kind, Boolean):
        return int
    if isinstance(kind, JSON):
        return _as_json
    convert: Convert | None = kind.dialect_impl(dialect).bind_processor(dialect)
    return convert


def _as_json(value: object) -> str:
    return "[]" if value == [] else jsontext.write(value)


def _for_json(kind: Any, dialect: Dialect) -> Convert | None:  # noqa: ANN401
    """What JSON cannot say: instants, bytes, and exact decimals."""
    if isinstance(kind, Instant):
        return micros
    if isinstance(kind, LargeBinary):
        return lambda value: "\\x" + value.hex()
    return str if getattr(kind, "asdecimal", False) else None
