"""Rows whose key is among many: one parameter, one statement, however many keys there are.

`IN (?, ?, …)` is written anew for every number of keys; this is compiled once and stays prepared.
"""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Boolean, ColumnElement, String, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from app.kernel import jsontext


class _Among(FunctionElement[bool]):
    """The columns of a key, then the keys as one JSON text."""

    type = Boolean()
    name = "among"
    inherit_cache = True
    _is_implicitly_boolean = True  # otherwise SQLite is asked whether it "= 1", past any index


def among(column: Any, keys: Collection[str]) -> ColumnElement[bool]:  # noqa: ANN401
    """Say that a text column holds one of the keys."""
    return _Among(column, keys_text(keys))


def among_named(columns: Any, name: str) -> ColumnElement[bool]:  # noqa: ANN401
    """Say the same in a statement that is kept; the keys come later, as `keys_text`.

    `columns` is one text column, or a tuple of them for keys that are lists.
    """
    parts = columns if isinstance(columns, tuple) else (columns,)
    return _Among(*parts, bindparam(name, type_=String))


def keys_text(keys: Collection[str] | Collection[Sequence[str]]) -> str:
    """Write keys as the one parameter of `among_named`."""
    return jsontext.write(list(keys))


@compiles(_Among, "sqlite")
def _for_sqlite(element: _Among, compiler: Any, **how: Any) -> str:  # noqa: ANN401
    *columns, keys = (compiler.process(clause, **how) for clause in element.clauses)
    if len(columns) == 1:
        return f"{columns[0]} IN (SELECT value FROM json_each({keys}))"  # noqa: S608 - compiled
    parts = ", ".join(f"json_extract(value, '$[{n}]')" for n in range(len(columns)))
    return f"({', '.join(columns)}) IN (SELECT {parts} FROM json_each({keys}))"  # noqa: S608


@compiles(_Among, "postgresql")
def _for_postgresql(element: _Among, compiler: Any, **how: Any) -> str:  # noqa: ANN401
    *columns, keys = (compiler.process(clause, **how) for clause in element.clauses)
    if len(columns) == 1:  # an array, so that the planner goes by the index
        texts = f"json_array_elements_text(CAST({keys} AS json))"
        return f"{columns[0]} = ANY (ARRAY(SELECT {texts}))"
    parts = ", ".join(f"value ->> {n}" for n in range(len(columns)))
    rows = f"json_array_elements(CAST({keys} AS json)) AS k(value)"
    return f"({', '.join(columns)}) IN (SELECT {parts} FROM {rows})"  # noqa: S608
