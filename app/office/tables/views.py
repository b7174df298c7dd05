"""The routes of tables: a page, a file, and one operation with everything that is known of it."""

from datetime import tzinfo
from typing import Any

from flask import Blueprint, Response, g, request, send_file, stream_with_context

from app.db import snapshot
from app.kernel.clock import now, zone_of
from app.locations.here import site_of
from app.locations.models import Site
from app.office.showing import in_question, noted
from app.office.stock import Blind, counts_blind
from app.office.tables import asking, exporting, reading
from app.office.tables.asking import Asked
from app.office.tables.every import TABLES
from app.office.tables.operation import whole_story
from app.office.tables.table import CHIEFS, OFFICE, Column, Table
from app.stock.shown import EVERYWHERE
from app.web.access import Caller, Forbidden, for_people
from app.web.bodies import query_int
from app.web.problems import Invalid, NotFound

LONGEST_PAGE = 200
TELLING = frozenset({"stock", "stock_by_item", "handling_units", "postings", "count_sheets"})
COUNTED = 10_000  # nobody reads on; "more" says the rest
# Everybody whom some table names; each table asks again.
READERS = sorted({role for table in TABLES.values() for role in table.roles})
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

blueprint = Blueprint("tables", __name__, url_prefix="/api/v1/office")


@blueprint.get("/tables/<name>")
@for_people(*READERS)
def page(name: str) -> dict[str, Any]:
    """Give one page: what its columns are, its rows, and where the neighbours begin."""
    table, asked = _asked(name)
    limit = query_int("limit", 50, 1, LONGEST_PAGE)
    with snapshot() as session:
        site = site_of(session, g.caller)
        reader = _reader(g.caller, site)
        found = reading.page(session, table, reader, asked, limit)
        counted = request.args.get("total") == "1"
        total = reading.count(session, table, reader, asked, COUNTED) if counted else None
        zone = site.time_zone
    if table.name in TELLING:
        noted(site, in_question("place", "holder"))
    return {
        "table": table.name,
        "columns": [_described(column) for column in table.columns],
        "opens": [
            {"table": link.table, "filters": dict(link.filters)}
            for link in table.opens
            if _may_read(g.caller, TABLES[link.table])
        ],
        "rows": found.rows,
        "next": found.next,
        "previous": found.previous,
        "total": total if total is None else min(total, COUNTED),
        "more": total is not None and total > COUNTED,
        "sort": asked.order,
        "time_zone": zone,
        "xlsx": exporting.xlsx_possible(),
    }


@blueprint.get("/tables/<name>.csv")
@for_people(*READERS)
def as_csv(name: str) -> Response:
    """Give all of it as comma-separated values."""
    table, asked = _asked(name)
    reader, zone = _reading(table)
    rows = reading.everything(table, reader, asked)
    lines = exporting.csv_lines(exporting.exported(table), rows, zone)
    answer = Response(stream_with_context(lines), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f"attachment; filename={_file_name(table)}.csv"
    return answer


@blueprint.get("/tables/<name>.xlsx")
@for_people(*READERS)
def as_xlsx(name: str) -> Response:
    """Give all of it as a workbook, where the extra is installed."""
    table, asked = _asked(name)
    reader, zone = _reading(table)
    with snapshot() as session:
        if reading.count(session, table, reader, asked, exporting.MOST) > exporting.MOST:
            raise exporting.TooManyRows(most=exporting.MOST)
    book = exporting.workbook(table, reading.everything(table, reader, asked), zone)
    return send_file(
        book, mimetype=XLSX, as_attachment=True, download_name=f"{_file_name(table)}.xlsx"
    )


@blueprint.get("/operations/<operation>")
@for_people(*sorted(OFFICE))
def operation(operation: str) -> dict[str, Any]:
    """Tell one operation: who, what, where, with which scans, and when, in both times."""
    if counts_blind(g.caller):
        raise Blind
    with snapshot() as session:
        site = site_of(session, g.caller)
        story = whole_story(session, site, operation)
        if story is None:
            raise NotFound
        return {**story, "time_zone": site.time_zone}


def _reading(table: Table) -> tuple[reading.Reader, tzinfo]:
    with snapshot() as session:
        site = site_of(session, g.caller)
    if table.name in TELLING:
        noted(site, {EVERYWHERE})
    return _reader(g.caller, site), zone_of(site.time_zone)


def _asked(name: str) -> tuple[Table, Asked]:
    table = TABLES.get(name)
    if table is None:
        raise NotFound
    if not g.caller.roles & table.roles:
        raise Forbidden
    if table.tells_quantities and counts_blind(g.caller):
        raise Blind
    if len(request.args) != len(list(request.args.items(multi=True))):
        raise Invalid(fields={"": ["a name was given twice"]})
    return table, asking.read(table, request.args.to_dict())


def _may_read(caller: Caller, table: Table) -> bool:
    blind = table.tells_quantities and counts_blind(caller)
    return bool(caller.roles & table.roles) and not blind


def _reader(caller: Caller, site: Site) -> reading.Reader:
    chief = bool(caller.roles & CHIEFS)
    return {"site": site.id, "org": site.org, "caller": caller.id, "chief": chief}


def _file_name(table: Table) -> str:
    return f"{table.name}-{now():%Y%m%d-%H%M}"


def _described(column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        "kind": column.kind,
        "sorts": column.sorts,
        "filters": column.filters and column.kind not in {"words", "packagings"},
        "shown": column.shown,
        "words": column.words,
        "choices": list(column.choices),
    }
