"""What the book says around a count."""

from app.documents.models import CountSheet
from tests.operations.records import record
from tests.properties.hands import entries
from tests.warehouse import Warehouse


def booked_until_the_count(site: Warehouse, sheet: str, holder: str, sku: str) -> int:
    """Invariant A: entries up to just after the count."""
    counted = record(CountSheet, sheet)
    assert counted.eff_at is not None
    return sum(
        row.quantity
        for row in entries()
        if row.holder == holder
        and row.item == site.item(sku)
        and (row.eff_at, row.device, row.epoch, row.seq, row.part)
        <= (counted.eff_at, counted.device, counted.epoch, counted.seq, 1)
    )


def kinds(site: Warehouse, place: str) -> list[tuple[str, int]]:
    return [
        (row.kind, row.quantity)
        for row in entries()
        if row.holder == site.place(place) and row.kind in ("adjust", "restate")
    ]
