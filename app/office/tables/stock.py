"""What is on hand, where and in what; the units it stands on; the counts it went through."""

from sqlalchemy import case, func, literal, or_, select
from sqlalchemy.orm import aliased

from app.documents.models import CountLine, CountSheet, SalesOrder
from app.items.models import Item
from app.ledger.models import Balance, UnitPosition
from app.ledger.postings import STATUSES
from app.locations.models import Location
from app.office.tables.table import (
    BEING_COUNTED,
    SITE,
    Column,
    Opens,
    Sql,
    Table,
    beside,
    identity,
    inside,
    sums,
    text,
    total,
    word,
)
from app.people.models import Person
from app.stock.models import HandlingUnit, Lot

# Goods are where their unit stands, or where they lie loose.
WHERE = func.coalesce(UnitPosition.place, Balance.holder)
IN_THE_HOUSE = (
    Balance.site == SITE,
    Balance.quantity != 0,
    or_(Location.id.is_(None), Location.kind != "virtual"),
    WHERE.not_in(BEING_COUNTED),
)


def standing_in(place: str) -> Sql:
    """Goods in a place, loose or on units there; both sides have an index."""
    units = select(UnitPosition.unit).where(UnitPosition.place == place)
    return or_(Balance.holder == place, Balance.holder.in_(units))


_held = beside(
    Balance,
    (UnitPosition, UnitPosition.unit == Balance.holder),
    (Location, Location.id == WHERE),
)

stock = Table(
    name="stock",
    source=beside(
        inside(_held, (Item, Item.id == Balance.item)),
        (Lot, Lot.id == Balance.lot),
        (HandlingUnit, HandlingUnit.id == Balance.holder),
    ),
    scope=IN_THE_HOUSE,
    key=("holder", "item", "lot", "status"),
    sort="place_code",
    opens=(
        Opens("postings", {"holder": "holder", "item": "item", "lot": "lot"}),
        Opens("items", {"id": "item"}),
        Opens("places", {"id": "place"}),
    ),
    columns=(
        identity("place", WHERE, where=standing_in),
        identity("holder", Balance.holder),
        identity("item", Balance.item),
        identity("lot", Balance.lot),
        text("place_code", Location.code, nullable=True),
        text("unit_code", HandlingUnit.code, nullable=True),
        text("sku", Item.sku),
        text("name", Item.name),
        text("lot_code", Lot.code, nullable=True),
        Column("expiry", "day", Lot.expiry, nullable=True),
        word("status", Balance.status, "stock", *STATUSES),
        Column("quantity", "quantity", Balance.quantity),
    ),
)


def _on_hand(figure: Sql) -> Sql:
    query = select(figure).select_from(_held)
    return query.where(Balance.item == Item.id, *IN_THE_HOUSE).correlate(Item).scalar_subquery()


def _of_status(*statuses: str) -> Sql:
    amount = case((Balance.status.in_(statuses), Balance.quantity), else_=literal(0))
    return _on_hand(total(amount))


stock_by_item = Table(
    name="stock_by_item",
    source=Item.__table__,
    scope=(
        select(literal(1))
        .select_from(_held)
        .where(Balance.item == Item.id, *IN_THE_HOUSE)
        .correlate(Item)
        .exists(),
    ),
    key=("id",),
    sort="sku",
    opens=(Opens("stock", {"item": "id"}), Opens("items", {"id": "id"})),
    columns=(
        identity("id", Item.id),
        text("sku", Item.sku),
        text("name", Item.name),
        text("unit", Item.unit, searched=False, words="measure"),
        sums("available", _of_status("available")),
        sums("kept_back", _of_status("quality", "damaged", "quarantine")),
        sums("on_hand", _on_hand(total(Balance.quantity))),
        sums("places", _on_hand(func.count(WHERE.distinct()))),
    ),
)

_pieces = (
    select(total(Balance.quantity))
    .where(Balance.holder == HandlingUnit.id)
    .correlate(HandlingUnit)
    .scalar_subquery()
)

handling_units = Table(
    name="handling_units",
    source=beside(
        HandlingUnit,
        (UnitPosition, UnitPosition.unit == HandlingUnit.id),
        (Location, Location.id == UnitPosition.place),
        (SalesOrder, SalesOrder.id == HandlingUnit.order),
    ),
    scope=(
        HandlingUnit.site == SITE,
        func.coalesce(UnitPosition.place, "").not_in(BEING_COUNTED),
    ),
    key=("id",),
    sort="unit_code",
    opens=(
        Opens("stock", {"holder": "id"}),
        Opens("sightings", {"unit": "id"}),
        Opens("tag_visits", {"subject": "id"}),
        Opens("orders", {"id": "order"}),
    ),
    columns=(
        identity("id", HandlingUnit.id),
        identity("place", UnitPosition.place),
        identity("order", HandlingUnit.order),
        text("unit_code", HandlingUnit.code, nullable=True),
        word("kind", HandlingUnit.kind, "unit", "unit", "tote"),
        text("place_code", Location.code, nullable=True),
        Column("since", "instant", UnitPosition.since, nullable=True),
        text("number", SalesOrder.number, nullable=True),
        sums("quantity", _pieces),
    ),
)

_decider = aliased(Person)
_seen = (
    select(func.count())
    .where(CountLine.sheet == CountSheet.id, CountLine.voided.is_(False))
    .correlate(CountSheet)
    .scalar_subquery()
)

STATES = ("counting", "finished", "approved", "rejected", "superseded")
count_sheets = Table(
    name="count_sheets",
    source=beside(
        inside(CountSheet, (Location, Location.id == CountSheet.place)),
        (Person, Person.id == CountSheet.counter),
        (_decider, _decider.id == CountSheet.decided_by),
    ),
    scope=(CountSheet.site == SITE,),
    key=("id",),
    sort="-started_at",
    blind=True,
    opens=(Opens("places", {"id": "place"}), Opens("stock", {"place": "place"})),
    columns=(
        identity("id", CountSheet.id),
        identity("place", CountSheet.place),
        text("place_code", Location.code),
        word("state", CountSheet.state, "sheet", *STATES),
        text("counter_name", Person.name, nullable=True),
        Column("started_at", "instant", CountSheet.started_at),
        Column("eff_at", "instant", CountSheet.eff_at, nullable=True),
        Column("settled_through", "instant", CountSheet.settled_through, nullable=True),
        Column("empty", "flag", CountSheet.empty),
        sums("lines", _seen),
        text("decider_name", _decider.name, nullable=True),
    ),
)

TABLES = (stock, stock_by_item, handling_units, count_sheets)
