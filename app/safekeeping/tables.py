"""Rows as values that both databases understand, whatever the version of the tables."""

import base64
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    LargeBinary,
    MetaData,
    Numeric,
    Table,
    Text,
    bindparam,
    cast,
    insert,
    select,
)
from sqlalchemy.orm import Session

# Sign-ins end with a restore: a copied cookie must not come back to life, nor a used invitation.
NOT_KEPT = frozenset({"alembic_version", "sessions", "enrolment_codes"})
PAGE = 1_000


def tables_of(session: Session) -> dict[str, Table]:
    """Ask the database which tables it has: they may be of an older version than ours."""
    found = MetaData()
    found.reflect(bind=session.connection())
    return {name: table for name, table in sorted(found.tables.items()) if name not in NOT_KEPT}


def rows_of(session: Session, table: Table) -> Iterator[list[Any]]:
    """Yield a table as lists of JSON values, in the order of its columns."""
    query = select(*(_readable(column) for column in table.columns))
    for row in session.execute(query.execution_options(yield_per=PAGE)):
        yield [_plain(value) for value in row]


def bring_back(session: Session, table: Table, columns: Sequence[str], rows: list[Any]) -> None:
    """Insert rows that `rows_of` wrote."""
    slots = [f"c{n}" for n in range(len(columns))]
    asked = insert(table).values(
        {
            name: _slot(session, table.columns[name], slot)
            for name, slot in zip(columns, slots, strict=True)
        }
    )
    decoded = [
        {
            slot: _decoded(table.columns[name], value)
            for name, slot, value in zip(columns, slots, row, strict=True)
        }
        for row in rows
    ]
    session.execute(asked, decoded)


def _readable(column: Column[Any]) -> Any:  # noqa: ANN401
    """JSON is copied as it is written, so that a JSON null and no value stay two things."""
    return cast(column, Text) if isinstance(column.type, JSON) else column


def _slot(session: Session, column: Column[Any], slot: str) -> Any:  # noqa: ANN401
    if not isinstance(column.type, JSON):
        return bindparam(slot, type_=column.type)
    written = bindparam(slot, type_=Text())
    sqlite = session.connection().dialect.name == "sqlite"
    return written if sqlite else cast(written, JSON)


def _plain(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, (bytes, memoryview)):
        return base64.b64encode(value).decode()
    return str(value) if isinstance(value, Decimal) else value


def _decoded(column: Column[Any], value: Any) -> Any:  # noqa: ANN401
    if value is None:
        return None
    if isinstance(column.type, LargeBinary):
        return base64.b64decode(value)
    return Decimal(value) if isinstance(column.type, Numeric) else value
