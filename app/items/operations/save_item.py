"""Create an item, or change what is known of it."""

from dataclasses import dataclass, field
from typing import Any, Literal

from app.items.models import Item
from app.items.naming import item_id, item_name, packaging_id
from app.items.rules import PackagingTwice, cost_of, label_of, repeated
from app.pipeline.floor import Floor
from app.pipeline.operation import Kind, Operation, Outcome, Refs

MOST = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Packaging:
    """A way in which an item comes; `quantity` in base units."""

    name: str = field(metadata={"min_length": 1, "max_length": 40})
    quantity: int = field(metadata={"least": 1, "most": MOST})


@dataclass(frozen=True, slots=True)
class SaveItem:
    """Payload of `items.save_item`; null or absent = leave as it is. `cost` of one base unit.

    `label_ais`: the AIs on its label, in order; an empty list forgets them.
    """

    sku: str = field(metadata={"min_length": 1, "max_length": 80})
    name: str = field(metadata={"min_length": 1, "max_length": 200})
    unit: str | None = field(default=None, metadata={"min_length": 1, "max_length": 10})
    tracking: Literal["none", "lot", "serial"] | None = None
    rotation: Literal["fifo", "lifo", "fefo"] | None = None
    expiry_required: bool | None = None
    min_life_days: int | None = field(default=None, metadata={"least": 0, "most": 36_500})
    weight_g: int | None = field(default=None, metadata={"least": 0, "most": MOST})
    volume_ml: int | None = field(default=None, metadata={"least": 0, "most": MOST})
    over_receipt_percent: int | None = field(default=None, metadata={"least": 0, "most": 1_000})
    cost: str | None = field(default=None, metadata={"min_length": 1, "max_length": 20})
    packagings: tuple[Packaging, ...] | None = None
    label_ais: tuple[str, ...] | None = None
    stocked: bool | None = None
    active: bool | None = None


AS_THEY_ARE = (
    "name", "unit", "tracking", "rotation", "expiry_required", "min_life_days", "weight_g",
    "volume_ml", "over_receipt_percent", "stocked", "active",
)  # fmt: skip


def save_item(floor: Floor, operation: Operation[SaveItem]) -> Outcome:
    """Bring an item in, or up to date; packagings that are named replace the earlier ones."""
    asked = operation.payload
    twice = repeated([packaging.name for packaging in asked.packagings or ()])
    if twice:
        raise PackagingTwice(names=twice)

    item = floor.find(Item, item_id(floor.org, asked.sku)) or _new(floor, asked.sku)
    for name in AS_THEY_ARE:
        value = getattr(asked, name)
        if value is not None:
            setattr(item, name, value)
    if asked.cost is not None:
        item.cost = cost_of(asked.cost)
    if asked.label_ais is not None:
        item.label_ais = label_of(asked.label_ais)
    if asked.packagings is not None:
        item.packagings = [_packaging(item.id, packaging) for packaging in asked.packagings]

    floor.add(item)
    return Outcome()


def _new(floor: Floor, sku: str) -> Item:
    return Item(
        id=item_id(floor.org, sku),
        org=floor.org,
        sku=sku,
        unit="pcs",
        tracking="none",
        rotation="fifo",
        expiry_required=False,
        min_life_days=0,
        weight_g=0,
        volume_ml=0,
        over_receipt_percent=0,
        packagings=[],
        stocked=True,
        active=True,
    )


def _packaging(item: str, packaging: Packaging) -> dict[str, Any]:
    return {
        "id": packaging_id(item, packaging.name),
        "name": packaging.name,
        "quantity": packaging.quantity,
    }


KIND = Kind(
    "items.save_item",
    SaveItem,
    save_item,
    fact=False,
    roles=frozenset({"supervisor", "planner", "admin"}),
    refs=lambda payload: Refs(named=((Item, item_name(payload.sku)),)),
    subject=lambda payload: str(payload.sku),
    stream="org",
)
