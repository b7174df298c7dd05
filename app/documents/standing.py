"""How documents stand, from their counters alone; statuses are compared nowhere else."""

from collections.abc import Sequence

from app.documents.models import AsnLine, PurchaseOrderLine, SalesOrder, SalesOrderLine


def still_open(line: SalesOrderLine) -> int:
    """What of an order line may still be handed out."""
    unpicked = line.ordered - line.picked
    return min(unpicked, unpicked - line.short + line.refound)


def order_status(order: SalesOrder, lines: Sequence[SalesOrderLine], *, busy: bool) -> str:
    """Name the stage of an order."""
    picked = any(line.picked for line in lines)
    if order.cancelled:
        return "cancelled"
    if order.shipments:
        complete = all(line.picked >= line.ordered for line in lines)
        return "shipped" if complete else "part_shipped"
    if all(still_open(line) <= 0 for line in lines) and not busy:
        if not picked:
            return "short"
        return "staged" if order.stagings else "picked"
    return "picking" if busy or picked else "open"


def purchase_line_closed(line: PurchaseOrderLine) -> bool:
    """Nothing more is expected on this line."""
    return line.received + line.missing >= line.ordered


def asn_line_closed(line: AsnLine) -> bool:
    """Nothing more is expected of what was announced."""
    return line.received + line.missing >= line.quantity
