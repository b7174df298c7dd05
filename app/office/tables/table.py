"""What a table is: columns over one query, who may read it, and what a row opens."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import (
    BigInteger,
    Boolean,
    SQLColumnExpression,
    String,
    bindparam,
    cast,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Session, join
from sqlalchemy.sql import FromClause

from app.documents.models import CountSheet

Kind = Literal[
    "id", "text", "number", "quantity", "instant", "day", "flag", "word", "words", "packagings"
]
Sql = SQLColumnExpression[Any]
Tell = Callable[[Session, Mapping[str, Any]], Any]

OFFICE = frozenset({"supervisor", "planner", "admin"})
CHIEFS = frozenset({"supervisor", "admin"})

# Whoever reads brings these along; tables are written down once, for everybody.
SITE = bindparam("site", type_=String)
ORG = bindparam("org", type_=String)
CALLER = bindparam("caller", type_=String)
CHIEF = bindparam("chief", type_=Boolean)

# Places whose book this reader must not see now: of others' open counts, or of the own one.
BEING_COUNTED = select(CountSheet.place).where(
    CountSheet.site == SITE,
    CountSheet.state == "counting",
    or_(CHIEF.is_(False), CountSheet.counter == CALLER),
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column. Gaps sort first; `words` names the catalogue of its values."""

    name: str
    kind: Kind
    source: Sql
    sorts: bool = True
    filters: bool = True
    searched: bool = False
    nullable: bool = False
    shown: bool = True  # in the table; False: only where the row is open
    words: str = ""
    choices: tuple[str, ...] = ()
    where: Callable[[str], Sql] | None = None  # a condition that an index can answer
    tell: Tell | None = None  # turns what was read into what is shown


@dataclass(frozen=True, slots=True)
class Opens:
    """A row leads to another table: filter there → column here."""

    table: str
    filters: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `key` is unique and makes every order total."""

    name: str
    columns: tuple[Column, ...]
    source: FromClause
    scope: tuple[Sql, ...]
    key: tuple[str, ...]
    sort: str
    roles: frozenset[str] = OFFICE
    opens: tuple[Opens, ...] = ()
    needs: tuple[str, ...] = ()  # one of these filters must be given: the table has no end
    blind: bool = False  # quantities are told in words
    named: Mapping[str, Column] = field(init=False)

    def __post_init__(self) -> None:
        """Know columns by name."""
        object.__setattr__(self, "named", {column.name: column for column in self.columns})

    @property
    def tells_quantities(self) -> bool:
        """Nobody who counts may read it."""
        return self.blind or any(column.kind == "quantity" for column in self.columns)


def identity(name: str, source: Sql, where: Callable[[str], Sql] | None = None) -> Column:
    """An id: never shown, filtered by links."""
    return Column(name, "id", source, sorts=False, shown=False, where=where)


def text(name: str, source: Sql, **how: Any) -> Column:  # noqa: ANN401 - fields of Column
    """Codes and names that one searches for."""
    return Column(name, "text", source, **{"searched": True, **how})


def word(name: str, source: Sql, words: str, *choices: str, **how: Any) -> Column:  # noqa: ANN401
    """One of few values that screens have words for."""
    return Column(name, "word", source, words=words, choices=choices, **how)


def sums(name: str, source: Sql, **how: Any) -> Column:  # noqa: ANN401
    """A figure computed for each row that is shown: nothing to sort or filter a whole table by."""
    return Column(name, "quantity", source, **{"sorts": False, "filters": False, **how})


def total(figure: Sql) -> Sql:
    """Add up; nothing is zero, and a whole number on both databases."""
    return func.coalesce(cast(func.sum(figure), BigInteger), 0)


def inside(base: Any, *joined: tuple[Any, Any]) -> FromClause:  # noqa: ANN401 - records and joins
    """Join records that every row has."""
    for record, condition in joined:
        base = join(base, record, condition)
    found: FromClause = base
    return found


def beside(base: Any, *joined: tuple[Any, Any]) -> FromClause:  # noqa: ANN401
    """Join records that a row may have."""
    for record, condition in joined:
        base = join(base, record, condition, isouter=True)
    found: FromClause = base
    return found
