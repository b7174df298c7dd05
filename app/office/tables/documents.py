"""Orders, purchase orders, announcements, and their lines."""

from sqlalchemy import select

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
from app.items.models import Item
from app.ledger.models import UnitPosition
from app.locations.models import Location
from app.office.tables.table import (
    ORG,
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
from app.office.tables.words_of import contents, label_ais

ORDER = ("open", "picking", "picked", "staged", "shipped", "part_shipped", "short", "cancelled")


def _of_lines(figure: Sql) -> Sql:
    """A figure over the lines of the order of this row."""
    query = select(total(figure)).where(SalesOrderLine.order == SalesOrder.id)
    return query.correlate(SalesOrder).scalar_subquery()


def _of_purchase_lines(figure: Sql) -> Sql:
    lines = PurchaseOrderLine.order == PurchaseOrder.id
    query = select(total(figure)).where(lines)
    return query.correlate(PurchaseOrder).scalar_subquery()


orders = Table(
    name="orders",
    source=SalesOrder.__table__,
    scope=(SalesOrder.site == SITE,),
    key=("id",),
    sort="-number",
    opens=(
        Opens("order_lines", {"order": "id"}),
        Opens("handling_units", {"order": "id"}),
    ),
    columns=(
        identity("id", SalesOrder.id),
        identity("customer", SalesOrder.customer),
        text("number", SalesOrder.number),
        text("customer_name", SalesOrder.customer_name),
        word("status", SalesOrder.status, "order", *ORDER),
        Column("priority", "number", SalesOrder.priority),
        Column("due", "instant", SalesOrder.due, nullable=True),
        Column("placed_at", "instant", SalesOrder.placed_at, nullable=True),
        sums("ordered", _of_lines(SalesOrderLine.ordered)),
        sums("picked", _of_lines(SalesOrderLine.picked)),
        sums("short", _of_lines(SalesOrderLine.short)),
        Column("shipped_at", "instant", SalesOrder.shipped_at, nullable=True, shown=False),
        Column("released", "flag", SalesOrder.released, shown=False),
    ),
)

order_lines = Table(
    name="order_lines",
    source=inside(
        SalesOrderLine,
        (SalesOrder, SalesOrder.id == SalesOrderLine.order),
        (Item, Item.id == SalesOrderLine.item),
    ),
    scope=(SalesOrderLine.site == SITE, SalesOrder.site == SITE),
    key=("id",),
    sort="-number",
    opens=(
        Opens("orders", {"id": "order"}),
        Opens("stock", {"item": "item"}),
        Opens("items", {"id": "item"}),
    ),
    columns=(
        identity("id", SalesOrderLine.id),
        identity("order", SalesOrderLine.order),
        identity("item", SalesOrderLine.item),
        text("number", SalesOrder.number),
        text("customer_name", SalesOrder.customer_name),
        word("status", SalesOrder.status, "order", *ORDER),
        text("sku", Item.sku),
        text("name", Item.name),
        Column("ordered", "quantity", SalesOrderLine.ordered),
        Column("picked", "quantity", SalesOrderLine.picked),
        Column("short", "quantity", SalesOrderLine.short),
        Column("unpicked", "quantity", SalesOrderLine.ordered - SalesOrderLine.picked),
    ),
)

purchase_orders = Table(
    name="purchase_orders",
    source=beside(PurchaseOrder, (Supplier, Supplier.id == PurchaseOrder.supplier)),
    scope=(PurchaseOrder.site == SITE,),
    key=("id",),
    sort="-number",
    opens=(
        Opens("purchase_order_lines", {"order": "id"}),
        Opens("asns", {"purchase_order": "id"}),
    ),
    columns=(
        identity("id", PurchaseOrder.id),
        identity("supplier", PurchaseOrder.supplier),
        text("number", PurchaseOrder.number),
        text("supplier_code", Supplier.code, nullable=True, shown=False),
        text("supplier_name", Supplier.name, nullable=True),
        word("status", PurchaseOrder.status, "purchase_order", "open", "closed"),
        Column("blind", "flag", PurchaseOrder.blind),
        Column("due", "instant", PurchaseOrder.due, nullable=True),
        sums("ordered", _of_purchase_lines(PurchaseOrderLine.ordered)),
        sums("received", _of_purchase_lines(PurchaseOrderLine.received)),
    ),
)

purchase_order_lines = Table(
    name="purchase_order_lines",
    source=inside(
        PurchaseOrderLine,
        (PurchaseOrder, PurchaseOrder.id == PurchaseOrderLine.order),
        (Item, Item.id == PurchaseOrderLine.item),
    ),
    scope=(PurchaseOrderLine.site == SITE, PurchaseOrder.site == SITE),
    key=("id",),
    sort="-number",
    opens=(
        Opens("purchase_orders", {"id": "order"}),
        Opens("stock", {"item": "item"}),
        Opens("items", {"id": "item"}),
    ),
    columns=(
        identity("id", PurchaseOrderLine.id),
        identity("order", PurchaseOrderLine.order),
        identity("item", PurchaseOrderLine.item),
        text("number", PurchaseOrder.number),
        word("status", PurchaseOrder.status, "purchase_order", "open", "closed"),
        text("sku", Item.sku),
        text("name", Item.name),
        Column("ordered", "quantity", PurchaseOrderLine.ordered),
        Column("received", "quantity", PurchaseOrderLine.received),
        Column("damaged", "quantity", PurchaseOrderLine.damaged),
        Column("missing", "quantity", PurchaseOrderLine.missing),
    ),
)

asns = Table(
    name="asns",
    source=beside(
        Asn,
        (Supplier, Supplier.id == Asn.supplier),
        (PurchaseOrder, PurchaseOrder.id == Asn.purchase_order),
    ),
    scope=(Asn.site == SITE,),
    key=("id",),
    sort="-number",
    opens=(
        Opens("asn_units", {"asn": "id"}),
        Opens("asn_lines", {"asn": "id"}),
        Opens("purchase_orders", {"id": "purchase_order"}),
    ),
    columns=(
        identity("id", Asn.id),
        identity("purchase_order", Asn.purchase_order),
        text("number", Asn.number),
        text("supplier_name", Supplier.name, nullable=True),
        text("purchase_order_number", PurchaseOrder.number, nullable=True),
        word("status", Asn.status, "asn", "announced", "received"),
    ),
)

asn_units = Table(
    name="asn_units",
    source=beside(
        inside(AsnUnit, (Asn, Asn.id == AsnUnit.asn)),
        (UnitPosition, UnitPosition.unit == AsnUnit.id),
        (Location, Location.id == UnitPosition.place),
    ),
    scope=(AsnUnit.site == SITE,),
    key=("id",),
    sort="-number",
    blind=True,
    opens=(
        Opens("asns", {"id": "asn"}),
        Opens("stock", {"holder": "id"}),
        Opens("sightings", {"unit": "id"}),
    ),
    columns=(
        identity("id", AsnUnit.id),
        identity("asn", AsnUnit.asn),
        text("number", Asn.number),
        text("unit_code", AsnUnit.code),
        Column("contents", "text", AsnUnit.contents, sorts=False, filters=False, tell=contents),
        Column("arrived", "flag", AsnUnit.received > 0),
        text("place_code", Location.code, nullable=True),
    ),
)

asn_lines = Table(
    name="asn_lines",
    source=inside(AsnLine, (Asn, Asn.id == AsnLine.asn), (Item, Item.id == AsnLine.item)),
    scope=(AsnLine.site == SITE,),
    key=("id",),
    sort="-number",
    opens=(Opens("asns", {"id": "asn"}), Opens("stock", {"item": "item"})),
    columns=(
        identity("id", AsnLine.id),
        identity("asn", AsnLine.asn),
        identity("item", AsnLine.item),
        text("number", Asn.number),
        text("sku", Item.sku),
        text("name", Item.name),
        text("lot_code", AsnLine.lot_code, nullable=True),
        Column("expiry", "day", AsnLine.expiry, nullable=True),
        Column("announced", "quantity", AsnLine.quantity),
        Column("received", "quantity", AsnLine.received),
        Column("missing", "quantity", AsnLine.missing),
    ),
)

customers = Table(
    name="customers",
    source=Customer.__table__,
    scope=(Customer.org == ORG,),
    key=("id",),
    sort="code",
    opens=(Opens("orders", {"customer": "id"}),),
    columns=(
        identity("id", Customer.id),
        text("code", Customer.code),
        text("name", Customer.name),
    ),
)

suppliers = Table(
    name="suppliers",
    source=Supplier.__table__,
    scope=(Supplier.org == ORG,),
    key=("id",),
    sort="code",
    opens=(Opens("purchase_orders", {"supplier": "id"}),),
    columns=(
        identity("id", Supplier.id),
        text("code", Supplier.code),
        text("name", Supplier.name),
        text("company_prefix", Supplier.company_prefix, nullable=True),
        Column(
            "label_ais",
            "text",
            Supplier.label_ais,
            sorts=False,
            filters=False,
            tell=label_ais,
        ),
    ),
)

TABLES = (
    orders,
    order_lines,
    purchase_orders,
    purchase_order_lines,
    asns,
    asn_units,
    asn_lines,
    customers,
    suppliers,
)
