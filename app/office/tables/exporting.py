"""A table as a file: what the screen shows, all pages of it, safe to open in a spreadsheet."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from importlib.util import find_spec
from io import BytesIO, StringIO
from typing import Any

from app.kernel.clock import from_millis
from app.kernel.problem import Problem
from app.kernel.spreadsheets import guarded
from app.office.tables.table import Column, Table

MOST = 100_000  # rows of a workbook, which is built in memory; the other form has no end
BYTE_ORDER_MARK = "\ufeff"  # without it spreadsheets take UTF-8 for something else
LINES_AT_ONCE = 500

Row = Mapping[str, Any]


@dataclass(eq=False)
class ExtraMissing(Problem):
    """This installation lacks an optional package; the extra's name says which."""

    code = "tables.extra_missing"
    status = 501
    extra: str


@dataclass(eq=False)
class TooManyRows(Problem):
    """Filter, or take the other form, which is sent as it is read."""

    code = "tables.too_many_rows"
    status = 413
    most: int


def exported(table: Table) -> list[Column]:
    """Everything but ids, which mean nothing outside."""
    return [column for column in table.columns if column.kind != "id"]


def csv_lines(columns: Sequence[Column], rows: Iterable[Row], zone: tzinfo) -> Iterator[str]:
    """Write comma-separated values, some hundred lines at a time."""
    paper = StringIO()
    writer = csv.writer(paper)
    paper.write(BYTE_ORDER_MARK)
    writer.writerow([column.name for column in columns])
    for n, row in enumerate(rows, start=1):
        writer.writerow([_written(column, row[column.name], zone) for column in columns])
        if n % LINES_AT_ONCE == 0:
            yield _torn_off(paper)
    yield _torn_off(paper)


def _torn_off(paper: StringIO) -> str:
    text = paper.getvalue()
    paper.seek(0)
    paper.truncate()
    return text


def _written(column: Column, value: Any, zone: tzinfo) -> str | int:  # noqa: ANN401
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if column.kind == "instant":
        return _local(value, zone).isoformat(timespec="seconds")
    return value if isinstance(value, int) else guarded(_plain(column, value))


def _plain(column: Column, value: Any) -> str:  # noqa: ANN401
    if column.kind == "packagings":
        return ", ".join(f"{each['name']} {each['quantity']}" for each in value)
    return " ".join(value) if column.kind == "words" else str(value).replace("\0", "\ufffd")


def _local(value: int, zone: tzinfo) -> datetime:
    return from_millis(value).astimezone(UTC).astimezone(zone)


def workbook(table: Table, rows: Iterable[Row], zone: tzinfo) -> BytesIO:
    """Write an XLSX file: text as text, never a formula or a link, row by row."""
    if not xlsx_possible():
        raise ExtraMissing(extra="xlsx")
    from xlsxwriter import Workbook  # noqa: PLC0415 - an extra

    file = BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(file, options) as book:
        bold = book.add_format({"bold": True})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        sheet = book.add_worksheet(table.name[:31])
        sheet.freeze_panes(1, 0)
        columns = exported(table)
        for x, column in enumerate(columns):
            sheet.write_string(0, x, column.name, bold)
        for y, row in enumerate(rows, start=1):
            for x, column in enumerate(columns):
                _fill(sheet, (y, x), column, row[column.name], zone, moment)
    file.seek(0)
    return file


def _fill(
    sheet: Any,  # noqa: ANN401 - of a library without types
    at: tuple[int, int],
    column: Column,
    value: Any,  # noqa: ANN401
    zone: tzinfo,
    moment: Any,  # noqa: ANN401
) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(*at, value)
    elif column.kind == "instant":
        sheet.write_datetime(*at, _local(value, zone).replace(tzinfo=None), moment)
    elif isinstance(value, int):
        sheet.write_number(*at, value)
    else:
        sheet.write_string(*at, _plain(column, value))


def xlsx_possible() -> bool:
    """Tell whether the extra is installed."""
    return find_spec("xlsxwriter") is not None
