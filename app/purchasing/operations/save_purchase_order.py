"""Order from a supplier, or change what was ordered."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.documents.models import PurchaseOrder, PurchaseOrderLine, Supplier
from app.documents.naming import line_id, purchase_order_id
from app.events import DocumentSaved
from app.items.models import Item
from app.kernel.clock import from_millis
from app.pipeline.floor import Floor
from app.pipeline.operation import Kind, Operation, Outcome, Refs
from app.pipeline.schema import Ident
from app.purchasing.lookup import known_item, known_supplier, lines_of
from app.purchasing.problems import LineStarted, NothingAnnounced
from app.purchasing.rules import no_repeats


@dataclass(frozen=True, slots=True)
class OrderedLine:
    """One line; `n` is its number on the order, `quantity` in base units."""

    n: int = field(metadata={"least": 1, "most": 1_000_000})
    item: Ident
    packaging: Ident | None
    quantity: int = field(metadata={"least": 1, "most": 1_000_000_000})


@dataclass(frozen=True, slots=True)
class SavePurchaseOrder:
    """Payload of `purchasing.save_purchase_order`, with all lines; `due` in ms since 1970."""

    number: str = field(metadata={"min_length": 1, "max_length": 60})
    supplier: Ident | None
    lines: tuple[OrderedLine, ...]
    blind: bool = False
    due: int | None = field(default=None, metadata={"least": 0, "most": 10**14})


def refs(payload: SavePurchaseOrder) -> Refs:
    """Name what the handler will read."""
    return Refs(((Supplier, payload.supplier), *((Item, line.item) for line in payload.lines)))


def save_purchase_order(floor: Floor, operation: Operation[SavePurchaseOrder]) -> Outcome:
    """Bring an order in, or up to date; what was received stays received."""
    asked = operation.payload
    if not asked.lines:
        raise NothingAnnounced
    no_repeats(line.n for line in asked.lines)
    supplier = known_supplier(floor, asked.supplier)
    for line in asked.lines:
        known_item(floor, line.item, line.packaging)
    key = purchase_order_id(floor.site, asked.number)
    order = floor.find(PurchaseOrder, key)
    before = lines_of(floor, key) if order is not None else {}
    _refuse_swaps(key, asked.lines, before)

    order = order or PurchaseOrder(id=key, site=floor.site, number=asked.number, status="open")
    order.supplier, order.blind = supplier, asked.blind
    order.due = from_millis(asked.due) if asked.due is not None else None
    floor.add(order)
    _write(floor, key, asked.lines, before)

    return Outcome(events=(DocumentSaved("purchase_order", key),))


def _refuse_swaps(
    order: str, lines: tuple[OrderedLine, ...], before: Mapping[str, PurchaseOrderLine]
) -> None:
    for line in lines:
        known = before.get(line_id(order, line.n))
        if known is not None and known.item != line.item and known.received:
            raise LineStarted(line=line.n)


def _write(
    floor: Floor,
    order: str,
    lines: tuple[OrderedLine, ...],
    before: Mapping[str, PurchaseOrderLine],
) -> None:
    named = {line_id(order, line.n): line for line in lines}
    for key, line in named.items():
        row = before.get(key) or PurchaseOrderLine(
            id=key, site=floor.site, order=order, received=0, damaged=0, missing=0
        )
        row.item, row.packaging, row.ordered = line.item, line.packaging, line.quantity
        floor.add(row)
    for key in before.keys() - named.keys():
        vanished = before[key]
        vanished.ordered = vanished.received  # nothing more is expected; the line stays readable
        floor.add(vanished)


KIND = Kind(
    "purchasing.save_purchase_order",
    SavePurchaseOrder,
    save_purchase_order,
    fact=False,
    roles=frozenset({"supervisor", "planner", "admin"}),
    refs=refs,
    subject=lambda payload: str(payload.number),
)
