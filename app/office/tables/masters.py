"""Master data: items and their codes, places and zones, reasons."""

from typing import get_args

from sqlalchemy import case

from app.items.models import Identifier, Item, Reason
from app.items.operations.save_reason import Occasion
from app.locations.models import Location, Zone
from app.locations.operations.save_location import Purpose
from app.office.tables.table import (
    CHIEF,
    OFFICE,
    ORG,
    SITE,
    Column,
    Opens,
    Table,
    beside,
    identity,
    inside,
    text,
    word,
)
from app.office.tables.words_of import cost, label_ais, packaging

COST = case((CHIEF.is_(True), Item.cost))  # what goods cost is nobody's business on the floor

items = Table(
    name="items",
    source=Item.__table__,
    scope=(Item.org == ORG,),
    key=("id",),
    sort="sku",
    roles=OFFICE | {"requester"},
    opens=(
        Opens("stock", {"item": "id"}),
        Opens("identifiers", {"item": "id"}),
        Opens("order_lines", {"item": "id"}),
        Opens("purchase_order_lines", {"item": "id"}),
    ),
    columns=(
        identity("id", Item.id),
        text("sku", Item.sku),
        text("name", Item.name),
        text("unit", Item.unit, searched=False, words="measure"),
        word("tracking", Item.tracking, "tracking", "none", "lot", "serial"),
        word("rotation", Item.rotation, "rotation", "fifo", "lifo", "fefo"),
        Column("packagings", "packagings", Item.packagings, sorts=False, filters=False),
        Column(
            "label_ais",
            "text",
            Item.label_ais,
            sorts=False,
            filters=False,
            shown=False,
            tell=label_ais,
        ),
        Column("expiry_required", "flag", Item.expiry_required, shown=False),
        Column("min_life_days", "number", Item.min_life_days, shown=False),
        Column("weight_g", "number", Item.weight_g, shown=False),
        Column("volume_ml", "number", Item.volume_ml, shown=False),
        Column("over_receipt_percent", "number", Item.over_receipt_percent, shown=False),
        Column("cost", "text", COST, sorts=False, filters=False, shown=False, tell=cost),
        Column("stocked", "flag", Item.stocked, shown=False),
        Column("active", "flag", Item.active),
    ),
)

identifiers = Table(
    name="identifiers",
    source=inside(Identifier, (Item, Item.id == Identifier.item)),
    scope=(Identifier.org == ORG,),
    key=("id",),
    sort="code",
    opens=(Opens("items", {"id": "item"}),),
    columns=(
        identity("id", Identifier.id),
        identity("item", Identifier.item),
        identity("packaging_id", Identifier.packaging),
        text("code", Identifier.code),
        text("sku", Item.sku),
        text("name", Item.name),
        Column("packaging", "text", Item.packagings, sorts=False, filters=False, tell=packaging),
    ),
)

places = Table(
    name="places",
    source=beside(Location, (Zone, Zone.id == Location.zone)),
    scope=(Location.site == SITE, Location.kind != "virtual"),
    key=("id",),
    sort="code",
    opens=(
        Opens("stock", {"place": "id"}),
        Opens("handling_units", {"place": "id"}),
        Opens("count_sheets", {"place": "id"}),
    ),
    columns=(
        identity("id", Location.id),
        identity("zone", Location.zone),
        text("code", Location.code),
        word("kind", Location.kind, "place", *get_args(Purpose)),
        text("zone_code", Zone.code, nullable=True),
        Column("blocked", "flag", Location.blocked),
        Column("only_empty", "flag", Location.only_empty, shown=False),
        Column("no_mix_item", "flag", Location.no_mix_item),
        Column("no_mix_lot", "flag", Location.no_mix_lot, shown=False),
        Column("x", "number", Location.x, shown=False),
        Column("y", "number", Location.y, shown=False),
        Column("z", "number", Location.z, shown=False),
        Column("max_units", "number", Location.max_units, nullable=True, shown=False),
        Column("max_weight_g", "number", Location.max_weight_g, nullable=True, shown=False),
        Column("max_volume_ml", "number", Location.max_volume_ml, nullable=True, shown=False),
    ),
)

zones = Table(
    name="zones",
    source=Zone.__table__,
    scope=(Zone.site == SITE,),
    key=("id",),
    sort="code",
    opens=(Opens("places", {"zone": "id"}),),
    columns=(
        identity("id", Zone.id),
        text("code", Zone.code),
        text("name", Zone.name),
    ),
)

reasons = Table(
    name="reasons",
    source=Reason.__table__,
    scope=(Reason.org == ORG,),
    key=("id",),
    sort="code",
    columns=(
        identity("id", Reason.id),
        text("code", Reason.code),
        word("kind", Reason.kind, "occasion", *get_args(Occasion)),
        text("label_en", Reason.label["en"].as_string()),
        text("label_es", Reason.label["es"].as_string()),
    ),
)

TABLES = (items, identifiers, places, zones, reasons)
