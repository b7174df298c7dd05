"""Purchase orders, announcements and orders: the rows of one number are one document."""

from collections.abc import Sequence
from typing import Any

from app.documents.naming import customer_id, purchase_order_id, supplier_id
from app.importing.dialect import amount, day, instant, whole, yes_or_no
from app.importing.matter import Ask, Column, Matter, Record, Where
from app.items.naming import item_id, packaging_id
from app.pipeline.schema import LIST_LIMIT

Records = Sequence[Record]


def _named(maker: Any, parent: str, name: str | None) -> str | None:  # noqa: ANN401
    return None if name is None else maker(parent, name)


def _lines(where: Where, records: Records) -> list[dict[str, Any]]:
    """The item lines; a line without a number gets its place on the document."""
    lines = []
    for place, record in enumerate(records, start=1):
        item = item_id(where.org, record["sku"])
        n = record["line"] if record["line"] is not None else place
        lines.append({"n": n, "item": item, "quantity": record["quantity"]})
    return lines


def _purchase_order(where: Where, records: Records) -> list[Ask]:
    head = records[0]
    lines = [
        {**line, "packaging": _named(packaging_id, line["item"], record["packaging"])}
        for line, record in zip(_lines(where, records), records, strict=True)
    ]
    asked = {
        "number": head["number"],
        "supplier": _named(supplier_id, where.org, head["supplier"]),
        "lines": lines,
        "blind": bool(head["blind"]),
        "due": head["due"],
    }
    return [Ask("purchasing.save_purchase_order", asked)]


def _asn(where: Where, records: Records) -> list[Ask]:
    head = records[0]
    units: dict[str, list[dict[str, Any]]] = {}
    loose = [record for record in records if record["unit"] is None]
    for record in records:
        if record["unit"] is not None:
            units.setdefault(record["unit"], []).append(_goods(where, record))
    asked = {
        "number": head["number"],
        "supplier": _named(supplier_id, where.org, head["supplier"]),
        "purchase_order": _named(purchase_order_id, where.site, head["purchase_order"]),
        "units": [{"code": code, "contents": contents} for code, contents in units.items()],
        "lines": [
            {"n": line["n"], "goods": _goods(where, record)}
            for line, record in zip(_lines(where, loose), loose, strict=True)
        ],
    }
    return [Ask("purchasing.save_asn", asked)]


def _goods(where: Where, record: Record) -> dict[str, Any]:
    item = item_id(where.org, record["sku"])
    return {
        "item": item,
        "packaging": _named(packaging_id, item, record["packaging"]),
        "lot": record["lot"],
        "expiry": record["expiry"],
        "quantity": record["quantity"],
    }


def _order(where: Where, records: Records) -> list[Ask]:
    head = records[0]
    lines = [
        {**line, "price": record["price"]}
        for line, record in zip(_lines(where, records), records, strict=True)
    ]
    asked = {
        "number": head["number"],
        "customer": _named(customer_id, where.org, head["customer"]),
        "priority": 5 if head["priority"] is None else head["priority"],
        "due": head["due"],
        "placed_at": head["placed_at"],
        "released": head["released"] is not False,
    }
    return order_asks(asked, lines)


def order_asks(head: dict[str, Any], lines: list[dict[str, Any]]) -> list[Ask]:
    """Enter an order; what is too long for one operation is added by further ones."""
    asks = [Ask("ordering.save_order", {**head, "lines": lines[:LIST_LIMIT]})]
    for start in range(LIST_LIMIT, len(lines), LIST_LIMIT):
        more = {"number": head["number"], "lines": lines[start : start + LIST_LIMIT]}
        asks.append(Ask("ordering.add_lines", more, part=f"lines:{start}"))
    return asks


LINE = (
    Column("line", whole),
    Column("sku", required=True),
    Column("quantity", whole, required=True),
)
PURCHASE_ORDERS = Matter(
    "purchase-orders",
    (
        Column("number", required=True),
        Column("supplier"),
        *LINE,
        Column("packaging"),
        Column("blind", yes_or_no),
        Column("due", instant),
    ),
    _purchase_order,
    document="number",
    head=("supplier", "blind", "due"),
)
ASNS = Matter(
    "asns",
    (
        Column("number", required=True),
        Column("supplier"),
        Column("purchase_order"),
        Column("unit"),
        *LINE,
        Column("packaging"),
        Column("lot"),
        Column("expiry", day),
    ),
    _asn,
    document="number",
    head=("supplier", "purchase_order"),
)
ORDERS = Matter(
    "orders",
    (
        Column("number", required=True),
        Column("customer"),
        *LINE,
        Column("price", amount),
        Column("priority", whole),
        Column("due", instant),
        Column("placed_at", instant),
        Column("released", yes_or_no),
    ),
    _order,
    document="number",
    head=("customer", "priority", "due", "placed_at", "released"),
    day="placed_at",
)
