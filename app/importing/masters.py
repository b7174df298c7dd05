"""Sites, zones, places, items, codes, partners, people and reasons: one row, one record."""

from collections.abc import Sequence
from typing import Any

from app.importing.dialect import amount, quantities, several, whole, yes_or_no
from app.importing.matter import Ask, Column, Matter, Record, Where
from app.items.naming import item_id, packaging_id
from app.locations.naming import zone_id

Records = Sequence[Record]
NAMED = (Column("code", required=True), Column("name", required=True))


def _known(record: Record, *left_out: str) -> dict[str, Any]:
    """What the row says; an empty cell says nothing."""
    return {
        name: value for name, value in record.items() if value is not None and name not in left_out
    }


def _site(where: Where, records: Records) -> list[Ask]:
    return [Ask("locations.save_site", _known(records[0]))]


def _zone(where: Where, records: Records) -> list[Ask]:
    return [Ask("locations.save_zone", _known(records[0]))]


def _location(where: Where, records: Records) -> list[Ask]:
    known = _known(records[0], "zone")
    if records[0]["zone"] is not None:
        known["zone"] = zone_id(where.site, records[0]["zone"])
    return [Ask("locations.save_location", known)]


def _item(where: Where, records: Records) -> list[Ask]:
    record = records[0]
    asks = [Ask("items.save_item", _known(record, "gtin"))]
    if record["gtin"] is not None:
        named = {"code": record["gtin"], "item": item_id(where.org, record["sku"])}
        asks.append(Ask("items.save_identifier", {**named, "packaging": None}, part="gtin"))
    return asks


def _identifier(where: Where, records: Records) -> list[Ask]:
    record = records[0]
    item = item_id(where.org, record["sku"])
    named = record["packaging"]
    packaging = packaging_id(item, named) if named is not None else None
    asked = {"code": record["code"], "item": item, "packaging": packaging}
    return [Ask("items.save_identifier", asked)]


def _supplier(where: Where, records: Records) -> list[Ask]:
    return [Ask("purchasing.save_supplier", _known(records[0]))]


def _customer(where: Where, records: Records) -> list[Ask]:
    return [Ask("ordering.save_customer", _known(records[0]))]


def _person(where: Where, records: Records) -> list[Ask]:
    return [Ask("people.save_person", _known(records[0]))]


def _reason(where: Where, records: Records) -> list[Ask]:
    record = records[0]
    label = {"en": record["label_en"], "es": record["label_es"]}
    asked = {"code": record["code"], "kind": record["kind"], "label": label}
    return [Ask("items.save_reason", asked)]


SITES = Matter("sites", (*NAMED, Column("time_zone"), Column("language")), _site)
ZONES = Matter("zones", NAMED, _zone)
LOCATIONS = Matter(
    "locations",
    (
        Column("code", required=True),
        Column("kind", required=True),
        Column("zone"),
        *(Column(name, whole) for name in ("x", "y", "z")),
        *(
            Column(name, yes_or_no)
            for name in ("blocked", "only_empty", "no_mix_item", "no_mix_lot")
        ),
        *(Column(name, whole) for name in ("max_units", "max_weight_g", "max_volume_ml")),
    ),
    _location,
)
ITEMS = Matter(
    "items",
    (
        Column("sku", required=True),
        Column("name", required=True),
        Column("gtin"),
        Column("unit"),
        Column("tracking"),
        Column("rotation"),
        Column("expiry_required", yes_or_no),
        Column("min_life_days", whole),
        Column("weight_g", whole),
        Column("volume_ml", whole),
        Column("over_receipt_percent", whole),
        Column("cost", amount),
        Column("packagings", quantities),
        Column("label_ais", several),
        Column("stocked", yes_or_no),
        Column("active", yes_or_no),
    ),
    _item,
)
IDENTIFIERS = Matter(
    "identifiers",
    (Column("code", required=True), Column("sku", required=True), Column("packaging")),
    _identifier,
)
SUPPLIERS = Matter(
    "suppliers", (*NAMED, Column("company_prefix"), Column("label_ais", several)), _supplier
)
CUSTOMERS = Matter("customers", NAMED, _customer)
PEOPLE = Matter(
    "people",
    (
        Column("badge", required=True),
        Column("name", required=True),
        Column("roles", several, required=True),
        Column("active", yes_or_no),
    ),
    _person,
)
REASONS = Matter(
    "reasons",
    tuple(Column(name, required=True) for name in ("code", "kind", "label_en", "label_es")),
    _reason,
)
