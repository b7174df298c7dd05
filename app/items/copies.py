"""What handhelds know of items."""

from collections.abc import Iterable
from typing import Any

from app.items.models import Identifier, Item, Reason
from app.pipeline.floor import Floor

Copy = tuple[str, str, str, dict[str, Any] | None]


def item(floor: Floor, row: Item) -> Iterable[Copy]:
    """Master data; no quantity of stock among it."""
    yield (
        "org",
        "item",
        row.id,
        {
            "id": row.id,
            "sku": row.sku,
            "name": row.name,
            "tracking": row.tracking,
            "rotation": row.rotation,
            "expiry_required": row.expiry_required,
            "unit": row.unit,
            "packagings": row.packagings,
            "label_ais": row.label_ais,
            "active": row.active,
        },
    )


def identifier(floor: Floor, row: Identifier) -> Iterable[Copy]:
    """A barcode of an item."""
    body = {"id": row.id, "code": row.code, "item": row.item, "packaging": row.packaging}
    yield ("org", "identifier", row.id, body)


def reason(floor: Floor, row: Reason) -> Iterable[Copy]:
    """A one-tap reason."""
    body = {"id": row.id, "code": row.code, "kind": row.kind, "label": row.label}
    yield ("org", "reason", row.id, body)
