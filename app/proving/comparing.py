"""Two databases side by side, row by row; nothing is left out unless it is named here."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, String, Table, collate, select, text
from sqlalchemy.orm import Session

from app.db import Base

# The change log, secrets, contact and what concerns this installation only (sync.md §4).
NOT_REBUILT = frozenset(
    {
        "book_shown",
        "channel_rows",
        "channel_sums",
        "devices",
        "enrolment_codes",
        "epochs",
        "files_brought",
        "grants",
        "horizons",
        "number_blocks",
        "print_jobs",
        "printers",
        "reader_contacts",
        "secrets",
        "sessions",
        "tag_reads",
        "tag_tracks",
        "tokens",
        "try_counters",
    }
)
PAGE = 1_000
WRONG_BALANCES = text(
    "SELECT holder, item, lot, status, SUM(quantity) FROM ("
    " SELECT holder, item, lot, status, quantity FROM balances"
    " UNION ALL SELECT holder, item, lot, status, -quantity FROM entries) AS both_sides"
    " GROUP BY holder, item, lot, status HAVING SUM(quantity) <> 0"
)
ONE_SIDED = text(
    "SELECT item, lot, SUM(quantity) FROM entries GROUP BY item, lot HAVING SUM(quantity) <> 0"
)
Row = dict[str, Any]


def tables() -> list[Table]:
    """Name what a replay of the log must bring back."""
    return [
        table for name, table in sorted(Base.metadata.tables.items()) if name not in NOT_REBUILT
    ]


def differences(
    table: Table, stored: Session, rebuilt: Session, most: int
) -> tuple[int, list[str]]:
    """Compare a table; returns how many rows there were and the first differences."""
    rows = 0
    found: list[str] = []
    for key, before, after in _side_by_side(_rows(stored, table), _rows(rebuilt, table)):
        rows += before is not None
        if before != after and len(found) < most:
            found.append(f"{table.name} {'|'.join(map(str, key))}: {_told(before, after)}")
    return rows, found


def imbalances(stored: Session, most: int) -> list[str]:
    """Find balances that are not the sum of their entries, and entries without another side."""
    wrong = [
        f"balance {'|'.join(map(str, row[:4]))}: off by {row[4]}"
        for row in islice(stored.execute(WRONG_BALANCES), most)
    ]
    return wrong + [
        f"entries of {row[0]}|{row[1]}: sum to {row[2]}"
        for row in islice(stored.execute(ONE_SIDED), most)
    ]


def _rows(session: Session, table: Table) -> Iterator[tuple[tuple[Any, ...], Row]]:
    """Yield rows in the order in which Python sorts their keys."""
    keys = [column.name for column in table.primary_key.columns]
    order = [_sortable(session, column) for column in table.primary_key.columns]
    query = select(*table.columns).order_by(*order).execution_options(yield_per=PAGE)
    for row in session.execute(query).mappings():
        yield tuple(row[name] for name in keys), dict(row)


def _sortable(session: Session, column: ColumnElement[Any]) -> ColumnElement[Any]:
    if session.get_bind().dialect.name == "postgresql" and isinstance(column.type, String):
        return collate(column, "C")
    return column


def _side_by_side(
    left: Iterator[tuple[tuple[Any, ...], Row]], right: Iterator[tuple[tuple[Any, ...], Row]]
) -> Iterator[tuple[tuple[Any, ...], Row | None, Row | None]]:
    one, other = next(left, None), next(right, None)
    while one or other:
        if other is None or (one and one[0] < other[0]):
            assert one  # noqa: S101 - the loop's condition
            yield one[0], one[1], None
            one = next(left, None)
        elif one is None or other[0] < one[0]:
            yield other[0], None, other[1]
            other = next(right, None)
        else:
            yield one[0], one[1], other[1]
            one, other = next(left, None), next(right, None)


def _told(before: Row | None, after: Row | None) -> str:
    if before is None:
        return "not stored, but the log says so"
    if after is None:
        return "stored, but the log does not say so"
    return ", ".join(
        f"{name} {before[name]!r}, by the log {after[name]!r}"
        for name in before
        if before[name] != after[name]
    )
