"""What lies where on the day the ledger begins: one row, one posting."""

from collections.abc import Sequence

from app.importing.dialect import day, whole
from app.importing.matter import Ask, Column, Matter, Record, Where
from app.items.naming import item_id, packaging_id
from app.kernel.ids import derived
from app.locations.naming import location_id


def _opening(where: Where, records: Sequence[Record]) -> list[Ask]:
    record = records[0]
    item = item_id(where.org, record["sku"])
    packaging, lot, serial, unit = (record[name] for name in ("packaging", "lot", "serial", "unit"))
    goods = {
        "item": item,
        "packaging": packaging_id(item, packaging) if packaging is not None else None,
        "lot": derived(item, lot) if lot is not None else None,
        "expiry": record["expiry"],
        "serial": derived(item, serial) if serial is not None else None,
        "lpn": derived(where.site, unit) if unit is not None else None,
        "status": record["status"] or "available",
        "quantity": record["quantity"],
    }
    asked = {
        "place": location_id(where.site, record["place"]),
        "goods": goods,
        "lot_code": lot,
        "serial_code": serial,
        "unit_code": unit,
    }
    return [Ask("stock.open_stock", asked)]


OPENING_STOCK = Matter(
    "opening-stock",
    (
        Column("place", required=True),
        Column("sku", required=True),
        Column("quantity", whole, required=True),
        Column("packaging"),
        Column("lot"),
        Column("expiry", day),
        Column("serial"),
        Column("unit"),
        Column("status"),
    ),
    _opening,
)
