"""How the records of one model are fetched, followed and written back.

A record is an instance of its model that the ORM does not know: the same attributes, at the speed
of plain ones, and it says itself when it has changed.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Engine, Table, select
from sqlalchemy.orm import Session

from app.among import among_named
from app.rows import bulk
from app.rows.prepared import Prepared, Row

R = TypeVar("R")


class Changed(dict[int, Any]):
    """Records that have changed, by identity."""


CHANGED, WAS = "_changed", "_was"  # where to say so; what the database holds, None if nothing


def _note(self: Any, name: str, value: object) -> None:  # noqa: ANN401
    """Set an attribute, and remember what it was the first time it changes."""
    held = self.__dict__
    was = held[WAS]
    if was is not None:
        before = held[name]
        if before == value:
            return
        if name not in was:
            was[name] = before
    held[CHANGED][id(self)] = self
    held[name] = value


class Shelf:
    """One model's table."""

    def __init__(self, model: Any) -> None:  # noqa: ANN401
        self.model = model
        self.table: Table = model.__table__
        self.names = tuple(column.name for column in self.table.columns)
        self.key = next(iter(self.table.primary_key.columns)).name
        self.key_at = self.names.index(self.key)
        self.site_at = self.names.index("site") if "site" in self.names else None
        self._defaults = [
            (column.name, column.default.arg, column.default.is_callable)
            for column in self.table.columns
            if column.default is not None
        ]
        self._known = frozenset(self.names)
        self._empty = plain = dict.fromkeys(self.names)  # in place of the ORM's descriptors
        self._record: type[Any] = type(model)(
            model.__name__, (model,), {"__abstract__": True, "__setattr__": _note, **plain}
        )
        self._record.shelf = self
        self._by: dict[str, Prepared] = {}

    def by(self, column: str) -> Prepared:
        """Return the statement for records by a column; it takes `keys`."""
        if column not in self._by:
            wanted = among_named(self.table.c[column], "keys")
            self._by[column] = Prepared(select(*self.table.columns).where(wanted))
        return self._by[column]

    def record(self, row: Row, changed: Changed) -> Any:  # noqa: ANN401
        """Make a record of a fetched row."""
        made = object.__new__(self._record)
        held = made.__dict__
        held.update(zip(self.names, row, strict=True))
        held[CHANGED] = changed
        held[WAS] = {}
        return made

    def fresh(self, values: Mapping[str, Any], changed: Changed) -> Any:  # noqa: ANN401
        """Make a record that the database does not hold yet."""
        if not values.keys() <= self._known:
            raise TypeError(f"{self.model.__name__} has no {sorted(values.keys() - self._known)}")
        made = object.__new__(self._record)
        held = made.__dict__
        held.update(self._empty)
        for name, value, is_callable in self._defaults:
            held[name] = value(None) if is_callable else value
        held.update(values)
        held[CHANGED], held[WAS] = changed, None
        changed[id(made)] = made
        return made

    def adopt(self, row: Any, changed: Changed) -> bool:  # noqa: ANN401
        """Make a record of a model instance that was built by hand; False if it is one already."""
        if type(row) is self._record:
            return False
        held = row.__dict__
        held.pop("_sa_instance_state")
        for name, value, is_callable in self._defaults:
            if name not in held:
                held[name] = value(None) if is_callable else value
        for name in self.names:
            held.setdefault(name, None)
        held[CHANGED], held[WAS] = changed, None
        object.__setattr__(row, "__class__", self._record)
        changed[id(row)] = row
        return True

    def write(self, session: Session, rows: Sequence[Any]) -> None:
        """Insert what is new, update the columns that differ of the rest."""
        fresh, old, differing = [], [], set[str]()
        for row in rows:
            held = row.__dict__
            if held[WAS] is None:
                fresh.append(held)
                continue
            names = [name for name, was in held[WAS].items() if held[name] != was]
            if names:
                differing.update(names)
                old.append(held)
        bulk.insert(session, self.table, fresh)
        order = tuple(name for name in self.names if name in differing)
        bulk.update(session, self.table, order, sorted(old, key=self._key_of))
        for row in rows:
            row.__dict__[WAS] = {}

    def _key_of(self, held: Mapping[str, Any]) -> str:
        key: str = held[self.key]
        return key


def shelf_of(model: Any) -> Shelf:  # noqa: ANN401
    """Return the shelf of a model."""
    if model not in _shelves:
        _shelves[model] = Shelf(model)
    return _shelves[model]


_shelves: dict[Any, Shelf] = {}


def detached(model: type[R], question: Prepared, engine: Engine, **values: object) -> R | None:
    """Return the record that a question for all columns of a model finds, to be read only."""
    rows = question.look(engine, **values)
    found: R | None = shelf_of(model).record(rows[0], Changed()) if rows else None
    return found


def write_all(session: Session, changed: Changed) -> None:
    """Write every changed record, a table at a time, always in the same order."""
    by_shelf: dict[Shelf, list[Any]] = {}
    for row in changed.values():
        by_shelf.setdefault(row.shelf, []).append(row)
    changed.clear()
    for shelf in sorted(by_shelf, key=lambda each: each.table.name):
        shelf.write(session, by_shelf[shelf])
