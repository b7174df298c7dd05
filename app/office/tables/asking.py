"""What somebody wants to see of a table: allow-listed sort and filters, bounded everything."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, func, literal, or_

from app.db import Instant
from app.kernel.clock import from_micros, from_millis, micros
from app.office.tables.table import Column, Sql, Table
from app.web.problems import Invalid

LONGEST = 200
DIGITS = 16
WIDEST = 2**57  # microseconds of some thousand years, and more than anybody counts
WHOLE = ("number", "quantity", "instant")
KEPT: Mapping[str, tuple[type, ...]] = {"flag": (bool,), "id": (str, int)}
FLAGS = {"true": True, "false": False}
RESERVED = frozenset({"q", "sort", "cursor", "limit", "total"})


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page starts: behind (or before) the row with these values."""

    sort: str
    backwards: bool
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question to a table."""

    sort: Column
    descending: bool
    conditions: tuple[Sql, ...]
    cursor: Cursor | None = None

    @property
    def order(self) -> str:
        """The order in its one spelling."""
        return f"{'-' if self.descending else ''}{self.sort.name}"


def read(table: Table, arguments: Mapping[str, str]) -> Asked:
    """Understand a query string; whatever is not on the list is refused by name."""
    for name, value in arguments.items():
        if len(value) > LONGEST * 4 or "\0" in value:
            raise Invalid(fields={name: ["not readable"]})
    wanted = arguments.get("sort") or table.sort
    column = table.named.get(wanted.removeprefix("-"))
    if column is None or not column.sorts:
        raise Invalid(fields={"sort": ["not a column to sort by"]})
    filters = {k: v for k, v in arguments.items() if k not in RESERVED and v != ""}
    if table.needs and not filters.keys() & set(table.needs):
        raise Invalid(fields={name: ["one of these is needed"] for name in table.needs})
    conditions = (*_searched(table, arguments.get("q", "")), *_filtered(table, filters))
    asked = Asked(column, wanted.startswith("-"), conditions)
    if not arguments.get("cursor"):
        return asked
    cursor = decoded(table, column, arguments["cursor"])
    if cursor.sort != asked.order:
        raise Invalid(fields={"cursor": ["of another order"]})
    return Asked(column, asked.descending, conditions, cursor)


def _searched(table: Table, text: str) -> Iterator[Sql]:
    if text.strip():
        yield or_(*(_contains(c.source, text.strip()) for c in table.columns if c.searched))


def _contains(source: Sql, text: str) -> Sql:
    return func.lower(source).contains(text.lower(), autoescape=True)


def _filtered(table: Table, filters: Mapping[str, str]) -> Iterator[Sql]:
    for name, value in filters.items():
        base, _, edge = name.partition(".")
        column = table.named.get(base)
        if column is None or not column.filters or edge not in ("", "from", "to"):
            raise Invalid(fields={name: ["not a column to filter by"]})
        yield _between(column, edge, value) if edge else _is(column, value)


def _between(column: Column, edge: str, value: str) -> Sql:
    if column.kind not in (*WHOLE, "day"):
        raise Invalid(fields={column.name: ["has no range"]})
    border = bound(column, _value(column, value))
    return column.source >= border if edge == "from" else column.source <= border


def _is(column: Column, value: str) -> Sql:
    if column.where is not None:
        return column.where(value)
    if column.kind == "text":
        return _contains(column.source, value)
    if column.kind == "word":
        return column.source.in_([_value(column, one) for one in value.split(",")])
    if column.kind in ("words", "packagings"):
        raise Invalid(fields={column.name: ["not a column to filter by"]})
    return column.source == bound(column, _value(column, value))


def bound(column: Column, value: Any) -> Sql:  # noqa: ANN401 - as the column keeps it
    """Bind a value as wide as anybody may write it, whatever the column has room for."""
    if column.kind in {"number", "quantity"}:
        return literal(value, type_=BigInteger())
    return literal(value, type_=Instant() if column.kind == "instant" else None)


def _value(column: Column, text: str) -> Any:  # noqa: ANN401 - as the column keeps it
    """Read a filter value as its column means it."""
    if column.kind == "flag" and text in FLAGS:
        return FLAGS[text]
    if column.kind == "word" and (not column.choices or text in column.choices):
        return text
    if column.kind == "day" and _is_day(text):
        return text
    if column.kind in WHOLE and _is_whole(text):
        whole = int(text)
        if column.kind != "instant":
            return whole
        if abs(whole) * 1000 < WIDEST:
            return from_millis(whole)
    if column.kind == "id":
        return text
    raise Invalid(fields={column.name: ["not a value of this column"]})


def _is_whole(text: str) -> bool:
    digits = text.removeprefix("-")
    return digits.isascii() and digits.isdecimal() and len(digits) < DIGITS


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def encoded(cursor: Cursor, kinds: Sequence[Column]) -> str:
    """Write a cursor down; it holds nothing that its reader was not shown."""
    values = [
        micros(value) if column.kind == "instant" else value
        for column, value in zip(kinds, cursor.values, strict=True)
    ]
    raw = json.dumps([cursor.sort, cursor.backwards, values], separators=(",", ":"))
    return urlsafe_b64encode(raw.encode()).decode().rstrip("=")


def decoded(table: Table, sort: Column, text: str) -> Cursor:
    """Read a cursor; one that somebody made up is refused, never executed."""
    kinds = [sort, *(table.named[name] for name in table.key)]
    try:
        raw = urlsafe_b64decode(text + "=" * (-len(text) % 4))
        order, backwards, values = json.loads(raw)
        pairs = list(zip(kinds, values, strict=True))
    except (ValueError, TypeError, RecursionError) as error:
        raise Invalid(fields={"cursor": ["not readable"]}) from error
    return Cursor(str(order), bool(backwards), tuple(_kept(*pair) for pair in pairs))


def _kept(column: Column, value: Any) -> Any:  # noqa: ANN401
    if column.kind in WHOLE:
        if type(value) is not int or abs(value) >= WIDEST:
            raise Invalid(fields={"cursor": ["not readable"]})
        return from_micros(value) if column.kind == "instant" else value
    if type(value) not in KEPT.get(column.kind, (str,)):
        raise Invalid(fields={"cursor": ["not readable"]})
    return value
