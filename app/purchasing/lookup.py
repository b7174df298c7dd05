"""Find what a document names, or say what is missing."""

from sqlalchemy import select

from app.documents.models import PurchaseOrderLine, Supplier
from app.items.models import Item
from app.pipeline.floor import Floor
from app.purchasing.problems import UnknownItem, UnknownPackaging, UnknownSupplier


def known_supplier(floor: Floor, supplier: str | None) -> str | None:
    """Return the supplier if there is one."""
    if supplier is not None and floor.find(Supplier, supplier) is None:
        raise UnknownSupplier(supplier=supplier)
    return supplier


def known_item(floor: Floor, item: str, packaging: str | None) -> Item:
    """Return the item; a packaging must be one of its own."""
    found = floor.find(Item, item)
    if found is None:
        raise UnknownItem(item=item)
    if packaging not in (None, *(each["id"] for each in found.packagings)):
        raise UnknownPackaging(item=found.sku, packaging=str(packaging))
    return found


def lines_of(floor: Floor, order: str) -> dict[str, PurchaseOrderLine]:
    """Return the lines of a purchase order; id → line, in the order of their ids."""
    rows = floor.all(
        select(PurchaseOrderLine)
        .where(PurchaseOrderLine.order == order, PurchaseOrderLine.site == floor.site)
        .order_by(PurchaseOrderLine.id)
    )
    return {row.id: row for row in rows}
