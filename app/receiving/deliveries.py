"""How deliveries follow their lines: an order with nothing open is closed."""

from sqlalchemy import select

from app.among import among_named, keys_text
from app.documents.models import Asn, AsnLine, AsnUnit, PurchaseOrder, PurchaseOrderLine
from app.documents.standing import asn_line_closed
from app.pipeline.floor import Floor
from app.rows.prepared import Prepared

STILL_OWED = Prepared(
    select(PurchaseOrderLine.order)
    .where(
        among_named(PurchaseOrderLine.order, "orders"),
        PurchaseOrderLine.received + PurchaseOrderLine.missing < PurchaseOrderLine.ordered,
    )
    .distinct()
)


def refresh_purchase_orders(floor: Floor, lines: set[str]) -> None:
    """Close a purchase order with its last line, and open it again when a receipt is voided."""
    orders = {row.order for row in (floor.find(PurchaseOrderLine, each) for each in lines) if row}
    floor.load((PurchaseOrder, order) for order in orders)
    pending = {order for (order,) in floor.ask(STILL_OWED, orders=keys_text(orders))}
    for order_id in sorted(orders):
        order = floor.find(PurchaseOrder, order_id)
        status = "open" if order_id in pending or (order is not None and order.blind) else "closed"
        if order is not None and order.status != status:
            order.status = status
            floor.touch(order)


def refresh_asns(floor: Floor, units: set[str]) -> None:
    """An ASN is received with its last pallet and line."""
    asns = {row.asn for row in (floor.find(AsnUnit, each) for each in units) if row}
    asns |= {row.asn for row in (floor.find(AsnLine, each) for each in units) if row}
    floor.load((Asn, asn) for asn in asns)
    pending: dict[str, bool] = dict.fromkeys(asns, False)
    for unit in floor.all(select(AsnUnit).where(AsnUnit.asn.in_(asns))):
        pending[unit.asn] |= unit.received <= 0
    for line in floor.all(select(AsnLine).where(AsnLine.asn.in_(asns))):
        pending[line.asn] |= not asn_line_closed(line)
    for asn_id, still in sorted(pending.items()):
        asn = floor.find(Asn, asn_id)
        status = "announced" if still else "received"
        if asn is not None and asn.status != status:
            asn.status = status
            floor.touch(asn)
