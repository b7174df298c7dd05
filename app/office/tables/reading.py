"""Reading a table: a page by its cursor, or all pages; nothing twice and nothing lost."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, asc, desc, func, literal, select, tuple_
from sqlalchemy.orm import Session

from app.db import snapshot
from app.kernel.clock import EPOCH, millis
from app.office.tables.asking import Asked, Cursor, bound, encoded
from app.office.tables.table import Column, Sql, Table

AT_ONCE = 10_000  # each page sorts anew: few large ones
# What stands for nothing where a column is sorted: before everything there is.
NOTHING: Mapping[str, Any] = {"text": "", "word": "", "day": "", "instant": EPOCH}
LEAST = -(2**53)

Reader = Mapping[str, Any]  # the values of SITE, ORG, CALLER, CHIEF
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows, and where their neighbours are."""

    rows: list[Row]
    next: str | None
    previous: str | None


def page(session: Session, table: Table, reader: Reader, asked: Asked, limit: int) -> Page:
    """Read the rows behind the cursor, or before it."""
    backwards = asked.cursor is not None and asked.cursor.backwards
    found = session.execute(_query(table, asked).limit(limit + 1), reader).mappings().all()
    more, rows = len(found) > limit, [dict(row) for row in found[:limit]]
    if backwards:
        rows.reverse()
    before = more if backwards else asked.cursor is not None
    after = backwards or more
    return Page(
        [_shape(session, table, row) for row in rows],
        _edge(table, asked, rows[-1], backwards=False) if rows and after else None,
        _edge(table, asked, rows[0], backwards=True) if rows and before else None,
    )


def count(session: Session, table: Table, reader: Reader, asked: Asked, most: int) -> int:
    """Count what matches, and no further than one more than `most`."""
    query = _matching(table, asked, literal(1)).limit(most + 1)
    return int(session.scalar(select(func.count()).select_from(query.subquery()), reader) or 0)


def everything(table: Table, reader: Reader, asked: Asked) -> Iterator[Row]:
    """Read all of it, each page in a transaction of its own: a slow reader holds nobody."""
    step = replace(asked, cursor=None)
    while True:
        with snapshot() as session:
            query = _query(table, step).limit(AT_ONCE)
            rows = [dict(row) for row in session.execute(query, reader).mappings()]
            shaped = [_shape(session, table, row) for row in rows]
        yield from shaped
        if len(rows) < AT_ONCE:
            return
        step = replace(step, cursor=_after(table, step, rows[-1], backwards=False))


def _query(table: Table, asked: Asked) -> Select[Any]:
    keys = _sorted_by(table, asked)
    query = _matching(table, asked, *(c.source.label(c.name) for c in table.columns))
    backwards = asked.cursor is not None and asked.cursor.backwards
    falls = asked.descending != backwards
    if asked.cursor is not None:
        here = tuple_(*(_ordered(column) for column in keys))
        there = tuple_(*(bound(*pair) for pair in zip(keys, asked.cursor.values, strict=True)))
        query = query.where(here < there if falls else here > there)
    direction = desc if falls else asc
    return query.order_by(*(direction(_ordered(column)) for column in keys))


def _matching(table: Table, asked: Asked, *what: Sql) -> Select[Any]:
    return select(*what).select_from(table.source).where(*table.scope, *asked.conditions)


def _sorted_by(table: Table, asked: Asked) -> list[Column]:
    return [asked.sort, *(table.named[name] for name in table.key)]


def _ordered(column: Column) -> Sql:
    if not column.nullable:
        return column.source
    return func.coalesce(column.source, bound(column, NOTHING.get(column.kind, LEAST)))


def _edge(table: Table, asked: Asked, row: Row, *, backwards: bool) -> str:
    return encoded(_after(table, asked, row, backwards=backwards), _sorted_by(table, asked))


def _after(table: Table, asked: Asked, row: Row, *, backwards: bool) -> Cursor:
    values = (
        NOTHING.get(column.kind, LEAST) if row[column.name] is None else row[column.name]
        for column in _sorted_by(table, asked)
    )
    return Cursor(asked.order, backwards, tuple(values))


def _shape(session: Session, table: Table, row: Row) -> Row:
    """Give a row its key, and its values the form they have on the wire."""
    shaped: Row = {"key": "|".join(str(row[name]) for name in table.key)}
    for column in table.columns:
        value = column.tell(session, row) if column.tell else row[column.name]
        shaped[column.name] = millis(value) if isinstance(value, datetime) else value
    return shaped
