"""Every table on one page."""

from itertools import chain

from app.office.tables import documents, gates, history, masters, people, quality, stock
from app.office.tables.table import Table

TABLES: dict[str, Table] = {
    table.name: table
    for table in chain(
        documents.TABLES,
        stock.TABLES,
        quality.TABLES,
        gates.TABLES,
        history.TABLES,
        masters.TABLES,
        people.TABLES,
    )
}
