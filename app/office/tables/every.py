"""Every table on one page."""

from itertools import chain

from app.office.tables import documents, history, masters, people, stock
from app.office.tables.table import Table

TABLES: dict[str, Table] = {
    table.name: table
    for table in chain(
        documents.TABLES, stock.TABLES, history.TABLES, masters.TABLES, people.TABLES
    )
}
