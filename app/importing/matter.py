"""What may be brought in: its columns, and what a row or a document of rows asks for."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from app.importing.dialect import Dialect, Reader, text

Record = dict[str, Any]  # field → value; an empty cell is None


@dataclass(frozen=True, slots=True)
class Where:
    """From what the ids of everything that is named follow."""

    org: str
    site: str


@dataclass(frozen=True, slots=True)
class Ask:
    """One operation that a row asks for; `part` tells it from the others of the same row."""

    kind: str
    payload: Mapping[str, Any]
    part: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a record."""

    name: str
    read: Reader = text
    required: bool = False


class Survey(Protocol):
    """Sees every record before the first one is brought in."""

    def see(self, record: Record, *, wanted: bool) -> None:
        """Take note of a record; unwanted ones are not brought in this time."""

    def asks(self, where: Where) -> Iterator[Ask]:
        """Say what must exist before the rows."""


@dataclass(frozen=True, slots=True)
class Matter:
    """A kind of import. With `document` the rows that share its value are one document."""

    name: str
    columns: tuple[Column, ...]
    asks: Callable[[Where, Sequence[Record]], list[Ask]]
    document: str | None = None
    head: tuple[str, ...] = ()  # columns that speak of the document, not of the line
    day: str | None = None  # the column by which one day can be taken out
    survey: Callable[[], Survey] | None = None


@dataclass(frozen=True, slots=True)
class Preset:
    """How one system writes a matter. `columns`: our name → theirs, where they differ."""

    name: str
    matter: Matter
    dialect: Dialect = field(default_factory=Dialect)
    columns: Mapping[str, str] = field(default_factory=dict)

    def heading(self, column: Column) -> str:
        """Return what the file calls a column."""
        return self.columns.get(column.name, column.name)
