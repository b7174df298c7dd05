"""What handlers may read: one site's records, loaded for a whole chunk in a few queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.among import among_named, keys_text
from app.kernel.clock import EPOCH
from app.kernel.ids import derived
from app.pipeline.operation import Unresolved

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Which operation gave cause to look at a subject."""

    operation: str | None
    device: str
    at: datetime


@cache
def _by(model: Any, column: str) -> Select[Any]:  # noqa: ANN401
    """Write the query for records by a column once; it is asked all day."""
    return select(model).where(among_named(getattr(model, column), "keys"))


def _id(row: Any) -> str:  # noqa: ANN401
    key: str = row.id
    return key


class Floor:
    """The session is the unit of work; this only keeps what has been loaded at hand."""

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
        self._rows: dict[tuple[type, str], Any] = {}
        self._groups: dict[tuple[type, str, str], list[Any]] = {}
        self.supplier = derived(site, "@supplier")
        self.customer = derived(site, "@customer")
        self.variance = derived(site, "@variance")
        self.scrap = derived(site, "@scrap")
        self.virtual = frozenset((self.supplier, self.customer, self.variance, self.scrap))

    def load(self, wanted: Iterable[tuple[type, str | None]]) -> None:
        """Fetch what a chunk names, one query per table; what is absent is remembered too."""
        missing: dict[type, set[str]] = defaultdict(set)
        for model, key in wanted:
            if key is not None and (model, key) not in self._rows:
                missing[model].add(key)
        for model, keys in missing.items():
            self._fetch(model, sorted(keys))

    def _fetch(self, model: Any, keys: list[str]) -> None:  # noqa: ANN401
        self._rows.update(((model, key), None) for key in keys)
        for row in self.session.scalars(_by(model, "id"), {"keys": keys_text(keys)}):
            self._rows[(model, row.id)] = row

    def find(self, model: type[R], key: str | None) -> R | None:
        """Return a record of this site or its organisation, or None."""
        if key is None:
            return None
        if (model, key) not in self._rows:
            self._fetch(model, [key])
        row = self._rows[(model, key)]
        if row is not None and getattr(row, "site", self.site) not in (self.site, None):
            return None  # another site's record does not exist here
        found: R | None = row
        return found

    def get(self, model: type[R], key: str) -> R:
        """Return a record, or raise `Unresolved`: the fact is kept until it is known."""
        row = self.find(model, key)
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

    def _fetch_groups(self, model: Any, column: str, keys: list[str]) -> None:  # noqa: ANN401
        for key in keys:
            self._groups[(model, column, key)] = []
        found = self.session.scalars(_by(model, column), {"keys": keys_text(keys)})
        for row in sorted(found, key=_id):
            self._rows[(model, row.id)] = row
            self._groups[(model, column, getattr(row, column))].append(row)

    def group(self, model: type[R], column: str, key: str) -> list[R]:
        """Return the records that belong to `key` by `column`, as of the start of the chunk."""
        if (model, column, key) not in self._groups:
            self._fetch_groups(model, column, [key])
        return list(self._groups[(model, column, key)])

    def add(self, row: Any) -> None:  # noqa: ANN401
        """Bring a new record in."""
        self.session.add(row)
        self._rows[(type(row), row.id)] = row
        self.touch(row)

    def touch(self, row: Any) -> None:  # noqa: ANN401
        """Say that a record changed, so that its copies and exceptions follow."""
        self.touch_id(type(row), row.id)

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
        self._groups.clear()
        self.waiting.clear()
        self.touched.clear()
        self.subjects.clear()
        self.standing.clear()

    def remember(self, rows: Mapping[tuple[type, str], Any]) -> None:
        """Take records that a query of this chunk has already loaded."""
        self._rows.update(rows)
