"""Statements that are written in Core, compiled once, and then handed straight to the driver.

Building and binding a statement costs SQLAlchemy more than running it costs the database; here
it is paid once a process and database, not once a push.
"""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import JSON, Connection, Dialect, Engine, Executable
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.pool import PoolProxiedConnection
from sqlalchemy.sql.compiler import SQLCompiler

from app.db import CONNECTION, Instant
from app.kernel import jsontext
from app.kernel.clock import from_micros

Convert = Callable[[Any], Any]
Row = Sequence[Any]
NUMERIC = 1700  # PostgreSQL's number for decimals, which its driver hands over as such


def connection_of(session: Session) -> Connection:
    """Return the connection of a session's transaction; looked up once where there is but one."""
    known: Connection | None = session.info.get(CONNECTION)
    return known if known is not None else session.connection()


def drive(
    connection: Connection,
    statement: str,
    values: Any,  # noqa: ANN401
    *,
    many: bool = False,
    fetch: bool = False,
) -> Any:  # noqa: ANN401
    """Execute on the driver's own cursor; raises SQLAlchemy's errors as everywhere else."""
    return _driven(connection.connection, connection.dialect, statement, values, many, fetch)


def _driven(
    driver: PoolProxiedConnection,
    dialect: Dialect,
    statement: str,
    values: Any,  # noqa: ANN401
    many: bool,  # noqa: FBT001
    fetch: bool,  # noqa: FBT001
) -> Any:  # noqa: ANN401
    cursor = driver.dbapi_connection.cursor()  # type: ignore[union-attr]
    try:
        (cursor.executemany if many else cursor.execute)(statement, values)
        found = cursor.fetchall() if fetch else []
    except dialect.loaded_dbapi.Error as error:
        base = dialect.loaded_dbapi.Error
        raise DBAPIError.instance(statement, None, error, base, dialect=dialect) from error
    finally:
        cursor.close()
    return found


class Prepared:
    """A statement with named `bindparam`s. Lists go in as `among_named`, never as `in_`."""

    def __init__(self, statement: Executable) -> None:
        self._statement = statement
        self._forms: dict[str, Form] = {}

    def rows(self, session: Session, **values: object) -> list[Any]:
        """Fetch everything, in the types of the columns."""
        connection = connection_of(session)
        form = self._form(connection.dialect)
        found = drive(connection, form.text, form.bound(values), fetch=True)
        return form.converted(found)

    def look(self, engine: Engine, **values: object) -> list[Any]:
        """Fetch without a transaction: one statement sees one moment anyway."""
        form = self._form(engine.dialect)
        pooled = engine.raw_connection()
        try:
            found = _driven(pooled, engine.dialect, form.text, form.bound(values), False, True)  # noqa: FBT003
        finally:
            pooled.close()
        return form.converted(found)

    def run(self, session: Session, **values: object) -> None:
        """Execute what returns nothing."""
        connection = connection_of(session)
        form = self._form(connection.dialect)
        drive(connection, form.text, form.bound(values))

    def _form(self, dialect: Dialect) -> "Form":
        form = self._forms.get(dialect.name)
        if form is None:
            form = self._forms[dialect.name] = Form(self._statement, dialect)
        return form


class Form:
    """One statement as one database wants it."""

    def __init__(self, statement: Any, dialect: Dialect) -> None:  # noqa: ANN401
        compiled: SQLCompiler = statement.compile(dialect=dialect)
        self.text = str(compiled)
        self.order = compiled.positiontup
        self.given = {
            name: bind.effective_value for name, bind in compiled.binds.items() if not bind.required
        }
        self.binds = _converters(
            (name, bind.type.dialect_impl(dialect).bind_processor(dialect))
            for name, bind in compiled.binds.items()
        )
        self.results = _converters(
            (n, _result_converter(column.type, dialect))
            for n, column in enumerate(getattr(statement, "selected_columns", ()))
        )

    def bound(self, values: dict[str, object]) -> Any:  # noqa: ANN401
        """Put values where the driver expects them."""
        params = {**self.given, **values}
        for name, convert in self.binds:
            params[name] = convert(params[name])
        return tuple(params[name] for name in self.order) if self.order is not None else params

    def converted(self, found: Any) -> list[Any]:  # noqa: ANN401
        """Turn what the driver returns into the types of the columns."""
        if not self.results:
            return list(found)
        rows = [list(each) for each in found]
        for n, convert in self.results:
            for row in rows:
                if row[n] is not None:
                    row[n] = convert(row[n])
        return rows


def _result_converter(kind: Any, dialect: Dialect) -> Convert | None:  # noqa: ANN401
    if isinstance(kind, Instant):
        return from_micros
    if isinstance(kind, JSON) and dialect.name == "sqlite":
        return jsontext.read
    convert: Convert | None = kind.dialect_impl(dialect).result_processor(dialect, NUMERIC)
    return convert


def _converters(pairs: Any) -> list[tuple[Any, Convert]]:  # noqa: ANN401
    return [(where, convert) for where, convert in pairs if convert is not None]
