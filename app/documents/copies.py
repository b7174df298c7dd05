"""What receivers and packers know of documents."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from app.documents.models import (
    Asn,
    AsnLine,
    AsnUnit,
    Customer,
    PurchaseOrder,
    PurchaseOrderLine,
    SalesOrder,
    SalesOrderLine,
    Supplier,
)
from app.documents.standing import asn_line_closed, purchase_line_closed
from app.pipeline.floor import Floor
from app.stock.models import HandlingUnit
from app.stock.totes import waiting

Copy = tuple[str, str, str, dict[str, Any] | None]
TO_PACK = frozenset({"picking", "picked", "staged"})


def supplier(floor: Floor, row: Supplier) -> Iterable[Copy]:
    """Who delivers."""
    body = {
        "id": row.id,
        "code": row.code,
        "name": row.name,
        "company_prefix": row.company_prefix,
        "label_ais": row.label_ais,
    }
    yield ("org", "supplier", row.id, body)


def customer(floor: Floor, row: Customer) -> Iterable[Copy]:
    """Who orders."""
    yield ("org", "customer", row.id, {"id": row.id, "code": row.code, "name": row.name})


def purchase_order(floor: Floor, row: PurchaseOrder) -> Iterable[Copy]:
    """An order that may still be received."""
    body = {
        "id": row.id,
        "number": row.number,
        "supplier": row.supplier,
        "blind": row.blind,
        "status": row.status,
    }
    yield ("role:receiver", "po", row.id, body if row.status == "open" else None)


def purchase_order_line(floor: Floor, row: PurchaseOrderLine) -> Iterable[Copy]:
    """An open line; on a blind order nobody learns how much is expected."""
    order = floor.find(PurchaseOrder, row.order)
    blind = order is not None and order.blind
    body = {
        "id": row.id,
        "po": row.order,
        "item": row.item,
        "packaging": row.packaging,
        "ordered": None if blind else row.ordered,
        "received": None if blind else row.received,
        "closed": purchase_line_closed(row) and not blind,
    }
    gone = order is None or order.status != "open"
    yield ("role:receiver", "po_line", row.id, None if gone else body)


def asn(floor: Floor, row: Asn) -> Iterable[Copy]:
    """An announcement that is still on the road."""
    body = {
        "id": row.id,
        "number": row.number,
        "supplier": row.supplier,
        "po": row.purchase_order,
        "status": row.status,
    }
    yield ("role:receiver", "asn", row.id, body if row.status == "announced" else None)


def asn_unit(floor: Floor, row: AsnUnit) -> Iterable[Copy]:
    """An announced pallet and what is said to be on it."""
    body = {
        "id": row.id,
        "asn": row.asn,
        "code": row.code,
        "contents": row.contents,
        "received": row.received > 0,
    }
    yield ("role:receiver", "asn_unit", row.id, None if row.received > 0 else body)


def asn_line(floor: Floor, row: AsnLine) -> Iterable[Copy]:
    """Announced loose goods."""
    body = {
        "id": row.id,
        "asn": row.asn,
        "po_line": row.po_line,
        "item": row.item,
        "quantity": row.quantity,
        "lot": row.lot,
        "lot_code": row.lot_code,
        "expiry": row.expiry,
        "received": row.received,
    }
    yield ("role:receiver", "asn_line", row.id, None if asn_line_closed(row) else body)


def sales_order(floor: Floor, row: SalesOrder) -> Iterable[Copy]:
    """An order that is on its way to the stage; of a cancelled one, what has to go back."""
    if row.cancelled:
        yield from _to_put_back(floor, row)
    if row.status not in TO_PACK:
        yield ("role:packer", "order", row.id, None)
        return
    lines = floor.group(SalesOrderLine, "order", row.id)
    body = {
        "id": row.id,
        "number": row.number,
        "customer_name": row.customer_name,
        "status": row.status,
        "lines": [
            {
                "id": line.id,
                "item": line.item,
                "ordered": line.ordered,
                "picked": line.picked,
                "short": max(line.short - line.refound, 0),
            }
            for line in sorted(lines, key=lambda line: line.id)
        ],
        "totes": [_tote(floor, tote) for tote in row.totes],
    }
    yield ("role:packer", "order", row.id, body)


def _tote(floor: Floor, tote: dict[str, Any]) -> dict[str, Any]:
    """What the hands put into it for this order: no place, and nothing the book would know."""
    goods = [
        {**each, "lot": each["lot"] or None, "serial": each["serial"] or None}
        for each in tote.get("goods", [])
    ]
    return {"lpn": tote["lpn"], "code": _code(floor, tote["lpn"]), "goods": goods}


def too_many(floor: Floor, row: SalesOrder, *, wanted: bool) -> Iterable[Copy]:
    """Per tote of an order what has to come out of it again, until it has left or is wanted."""
    asked: dict[str, int] = defaultdict(int)
    for line in floor.group(SalesOrderLine, "order", row.id):
        asked[line.item] += min(line.picked, line.ordered)
    surplus: dict[str, list[dict[str, Any]]] = defaultdict(list)
    over = not (row.shipments or row.cancelled or wanted)
    for each in waiting(floor.session, [tote["lpn"] for tote in row.totes]) if over else []:
        kept = min(asked[each.item], each.quantity)
        asked[each.item] -= kept
        if each.quantity > kept:
            quantity = each.quantity - kept
            surplus[each.tote].append(
                {"item": each.item, "lot": each.lot or None, "quantity": quantity}
            )
    for tote in row.totes if not row.cancelled else []:
        yield _put_back(floor, row, tote["lpn"], surplus[tote["lpn"]], whole=False)


def _put_back(
    floor: Floor, row: SalesOrder, tote: str, lines: list[dict[str, Any]], *, whole: bool
) -> Copy:
    """`whole`: the tote itself may be put on a shelf, nothing in it is wanted."""
    body = {
        "id": tote,
        "order": row.id,
        "number": row.number,
        "code": _code(floor, tote),
        "whole": whole,
        "lines": lines,
    }
    return ("role:packer", "put_back", tote, body if lines else None)


def _to_put_back(floor: Floor, row: SalesOrder) -> Iterable[Copy]:
    """Per tote what hands have put into it for nothing; null once it is back."""
    left = waiting(floor.session, [tote["lpn"] for tote in row.totes])
    for tote in row.totes:
        lines = [
            {"item": each.item, "lot": each.lot or None, "quantity": each.quantity}
            for each in left
            if each.tote == tote["lpn"]
        ]
        yield _put_back(floor, row, tote["lpn"], lines, whole=True)


def _code(floor: Floor, lpn: str) -> str | None:
    unit = floor.find(HandlingUnit, lpn)
    return unit.code if unit else None
