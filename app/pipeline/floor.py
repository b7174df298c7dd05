"""What handlers may read: one site's records, loaded for a whole chunk in a few queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from operator import attrgetter
from typing import Any, TypeVar

from sqlalchemy import Select
from sqlalchemy.orm import Session

from app.among import keys_text
from app.kernel.clock import EPOCH
from app.kernel.ids import derived
from app.kernel.values import value
from app.pipeline.masters import SEALED, Rows
from app.pipeline.operation import Unresolved
from app.rows.prepared import Prepared, Row
from app.rows.shelf import Changed, Shelf, shelf_of, write_all

R = TypeVar("R")
Wanted = dict[type, set[str | None]]  # ids by model


@value
class Suspicion:
    """Which operation gave cause to look at a subject."""

    operation: str | None
    device: str
    at: datetime


class Floor:
    """The unit of work: records by id, each held once, written back when somebody asks."""

    def __init__(self, session: Session, site: str, org: str) -> None:
        self.session = session
        self.site = site
        self.org = org
        self.touched: dict[type, dict[str, Suspicion]] = defaultdict(dict)
        self.subjects: dict[str, dict[str, Suspicion]] = defaultdict(dict)
        self.standing: dict[tuple[str, str, str], tuple[dict[str, Any], Suspicion]] = {}
        self.now = Suspicion(None, "system", EPOCH)  # the operation that is being decided
        self.waiting: set[str] = set()
        self.kinds: Mapping[tuple[str, int], Any] = {}
        self._rows: dict[type, dict[Any, Any]] = defaultdict(dict)
        self._groups: dict[tuple[type, str, str], list[Any]] = {}
        self._changed = Changed()
        self.written: set[type] = set()  # whose records this chunk has changed
        self._shared: Rows = {}
        self.supplier = derived(site, "@supplier")
        self.customer = derived(site, "@customer")
        self.variance = derived(site, "@variance")
        self.scrap = derived(site, "@scrap")
        self.virtual = frozenset((self.supplier, self.customer, self.variance, self.scrap))

    def share(self, rows: Rows) -> None:
        """Use records that other pushes have read, read only, and add to them."""
        self._shared = rows
        self._rows.update(rows)

    # --- reading ----------------------------------------------------------------------------

    def load(self, wanted: Iterable[tuple[type, str | None]]) -> None:
        """Fetch what a chunk names, one query per table; what is absent is remembered too."""
        by_model: Wanted = defaultdict(set)
        for model, key in wanted:
            by_model[model].add(key)
        self.load_sets(by_model)

    def load_sets(self, wanted: Wanted) -> None:
        """Do the same for ids that are sorted by model already."""
        for model, keys in wanted.items():
            missing = [key for key in keys - self._rows[model].keys() if key is not None]
            if missing:
                self._fetch(model, sorted(missing))

    def _fetch(self, model: type, keys: list[str]) -> None:
        known, shelf = self._rows[model], shelf_of(model)
        for row in shelf.by(shelf.key).rows(self.session, keys=keys_text(keys)):
            self._known(shelf, known, row)
        for key in keys:
            known.setdefault(key, None)

    def _known(self, shelf: Shelf, known: dict[str, Any], row: Row) -> Any:  # noqa: ANN401
        """Return the one record of a fetched row; another site's does not exist here."""
        if shelf.site_at is not None and row[shelf.site_at] not in (self.site, None):
            return None
        key = row[shelf.key_at]
        if known.get(key) is None:
            changed = SEALED if shelf.model in self._shared else self._changed
            known[key] = shelf.record(row, changed)
        return known[key]

    def find(self, model: type[R], key: str | None) -> R | None:
        """Return a record of this site or its organisation, or None."""
        known: dict[str | None, R | None] = self._rows[model]
        try:
            return known[key]
        except KeyError:
            if key is not None:
                self._fetch(model, [key])
            return known.get(key)

    def get(self, model: type[R], key: str) -> R:
        """Return a record, or raise `Unresolved`: the fact is kept until it is known."""
        row: R | None = self._rows[model].get(key) or self.find(model, key)
        if row is None:
            raise Unresolved(entity=model.__name__.lower(), id=key)
        return row

    def load_groups(self, wanted: Iterable[tuple[type, str, str]]) -> None:
        """Fetch records by something they belong to, one query per kind of belonging."""
        missing: dict[tuple[type, str], set[str]] = defaultdict(set)
        for model, column, key in wanted:
            if (model, column, key) not in self._groups:
                missing[(model, column)].add(key)
        for (model, column), keys in missing.items():
            self._fetch_groups(model, column, sorted(keys))

    def decided(self, model: type[R], column: str, key: str) -> list[R]:
        """Return such records where only decisions bring new ones in: nothing is written first."""
        if (model, column, key) not in self._groups:
            self._read_groups(model, column, [key])
        return list(self._groups[(model, column, key)])

    def _fetch_groups(self, model: type, column: str, keys: list[str]) -> None:
        self.write()  # what was decided since may belong here too
        self._read_groups(model, column, keys)

    def _read_groups(self, model: type, column: str, keys: list[str]) -> None:
        for key in keys:
            self._groups[(model, column, key)] = []
        shelf = shelf_of(model)
        rows = shelf.by(column).rows(self.session, keys=keys_text(keys))
        known = self._rows[model]
        records = [record for row in rows if (record := self._known(shelf, known, row)) is not None]
        for record in sorted(records, key=attrgetter(shelf.key)):
            self._groups[(model, column, getattr(record, column))].append(record)

    def group(self, model: type[R], column: str, key: str) -> list[R]:
        """Return the records that belong to `key` by `column`, as of the first time it is asked."""
        if (model, column, key) not in self._groups:
            self._fetch_groups(model, column, [key])
        return list(self._groups[(model, column, key)])

    def groups(self, model: type[R], column: str, keys: Iterable[str]) -> list[R]:
        """Return the records of many groups that are loaded."""
        known = self._groups
        return [record for key in keys for record in known[(model, column, key)]]

    def all(self, statement: Select[R]) -> list[R]:
        """Return the records that a query for one model finds, in its order."""
        self.write()
        (asked,) = statement.column_descriptions
        shelf = shelf_of(asked["entity"])
        rows = self.session.execute(
            statement.with_only_columns(*shelf.table.columns, maintain_column_froms=True)
        )
        known = self._rows[shelf.model]
        return [
            record for row in rows if (record := self._known(shelf, known, tuple(row))) is not None
        ]

    def ask(self, question: Prepared, **values: object) -> list[Row]:
        """Return what the database says about everything decided so far."""
        self.write()
        return question.rows(self.session, **values)

    def one(self, model: type[R], question: Prepared, **values: object) -> R | None:
        """Return the record that a question for all columns of a model finds.

        For records that are not known by one id; ask once, it is not remembered.
        """
        rows = question.rows(self.session, **values)
        found: R | None = shelf_of(model).record(rows[0], self._changed) if rows else None
        return found

    # --- changing ---------------------------------------------------------------------------

    def new(self, model: type[R], **values: object) -> R:
        """Bring in a record that was not there: `add(model(...))` without the ORM's share in it."""
        shelf = shelf_of(model)
        row: R = shelf.fresh(values, self._changed)
        self._rows[model][getattr(row, shelf.key)] = row
        self.touch(row)
        return row

    def add(self, row: Any) -> None:  # noqa: ANN401
        """Bring a new record in, or say that one which is here already has changed."""
        shelf = shelf_of(row.shelf.model if hasattr(row, "shelf") else type(row))
        if shelf.adopt(row, self._changed):
            self._rows[shelf.model][getattr(row, shelf.key)] = row
        self.touch(row)

    def touch(self, row: Any) -> None:  # noqa: ANN401
        """Say that a record changed, so that its copies and exceptions follow."""
        shelf: Shelf = row.shelf
        self.touched[shelf.model][getattr(row, shelf.key)] = self.now

    def write(self) -> None:
        """Write what has changed, so that queries see it."""
        if self._changed:
            self.written.update(row.shelf.model for row in self._changed.values())
            write_all(self.session, self._changed)

    def touch_id(self, model: type, key: str) -> None:
        """Say the same of a record that has not been loaded."""
        self.touched[model][key] = self.now

    def voids_waiting(self, operation: str) -> bool:
        """Tell whether somebody called this operation off before it arrived."""
        return operation in self.waiting

    def suspect(self, family: str, subject: str) -> None:
        """Ask for the exceptions of a subject to be derived anew."""
        self.subjects[family][subject] = self.now

    def state(self, family: str, subject: str, code: str, detail: dict[str, Any]) -> None:
        """Hold a contradiction against a subject that nothing later can explain away."""
        self.standing[(family, subject, code)] = (detail, self.now)

    def forget(self) -> None:
        """Start the next chunk with nothing remembered."""
        self._rows.clear()
        self._rows.update(self._shared)
        self._groups.clear()
        self.waiting.clear()
        self.written.clear()
        self.touched.clear()
        self.subjects.clear()
        self.standing.clear()
