"""The block list: what is held, for every handheld of the site. No quantity, and no place."""

from collections.abc import Iterable
from typing import Any

from app.documents.models import PurchaseOrder, PurchaseOrderLine
from app.pipeline.floor import Floor
from app.stock.models import HandlingUnit, Hold, Lot, Serial

Copy = tuple[str, str, str, dict[str, Any] | None]


def hold(floor: Floor, row: Hold) -> Iterable[Copy]:
    """A hold exists because somebody decided so, whatever is or is not in the house."""
    body = {
        "id": row.id,
        "subject_kind": row.subject_kind,
        "subject": row.subject,
        "label": _label(floor, row),
        "why": row.code,
        "note": row.note,
        "covers": row.covers,
    }
    yield ("site", "hold", row.id, None if row.until else body)


def _label(floor: Floor, row: Hold) -> str | None:
    """What is printed on the goods."""
    if row.subject_kind == "lot":
        lot = floor.find(Lot, row.subject)
        return lot.code if lot else None
    if row.subject_kind == "lpn":
        unit = floor.find(HandlingUnit, row.subject)
        return unit.code if unit else None
    if row.subject_kind == "serial":
        piece = floor.find(Serial, row.subject)
        return piece.code if piece else None
    line = floor.find(PurchaseOrderLine, row.subject)
    order = floor.find(PurchaseOrder, line.order) if line else None
    return order.number if order else None
