"""Goods that are, or were, held: by whom, why, and until when."""

from sqlalchemy import func
from sqlalchemy.orm import aliased

from app.documents.models import PurchaseOrder, PurchaseOrderLine
from app.items.models import Item
from app.office.tables.table import CHIEFS, SITE, Column, Opens, Table, beside, identity, text, word
from app.people.models import Person
from app.stock.models import HandlingUnit, Hold, Lot, Serial

_releaser = aliased(Person)
_item = func.coalesce(Lot.item, Serial.item, PurchaseOrderLine.item)

holds = Table(
    name="holds",
    source=beside(
        Hold,
        (Lot, Lot.id == Hold.subject),
        (Serial, Serial.id == Hold.subject),
        (HandlingUnit, HandlingUnit.id == Hold.subject),
        (PurchaseOrderLine, PurchaseOrderLine.id == Hold.subject),
        (PurchaseOrder, PurchaseOrder.id == PurchaseOrderLine.order),
        (Item, Item.id == _item),
        (Person, Person.id == Hold.held_by),
        (_releaser, _releaser.id == Hold.released_by),
    ),
    scope=(Hold.site == SITE,),
    key=("id",),
    sort="-since",
    roles=CHIEFS,
    opens=(Opens("items", {"id": "item"}), Opens("stock", {"lot": "subject"})),
    columns=(
        identity("id", Hold.id),
        identity("subject", Hold.subject),
        identity("item", _item),
        text(
            "held_code",
            func.coalesce(Lot.code, Serial.code, HandlingUnit.code, PurchaseOrder.number),
            nullable=True,
        ),
        word("kind", Hold.subject_kind, "held", "lot", "lpn", "serial", "receipt"),
        word("why", Hold.code, "hold", "hold", "recall"),
        text("sku", Item.sku, nullable=True),
        text("name", Item.name, nullable=True),
        Column("since", "instant", Hold.since),
        Column("until", "instant", Hold.until, nullable=True),
        text("note", Hold.note, nullable=True, searched=False),
        text("held_by", Person.name, nullable=True, searched=False),
        text("released_by", _releaser.name, nullable=True, searched=False),
    ),
)

TABLES = (holds,)
