"""Say what a barcode stands for: an item in a packaging."""

from dataclasses import dataclass, field

from app.items.models import Identifier, Item
from app.items.naming import identifier_id
from app.items.rules import PackagingUnknown, UnknownItem, canonical_code
from app.pipeline.floor import Floor
from app.pipeline.operation import Kind, Operation, Outcome, Refs
from app.pipeline.schema import Ident


@dataclass(frozen=True, slots=True)
class SaveIdentifier:
    """Payload of `items.save_identifier`; packaging null = the single piece."""

    code: str = field(metadata={"min_length": 1, "max_length": 200})
    item: Ident
    packaging: Ident | None = None


def save_identifier(floor: Floor, operation: Operation[SaveIdentifier]) -> Outcome:
    """Map a code; one that stood for something else stands for this from now on."""
    asked = operation.payload
    code = canonical_code(asked.code)
    item = floor.find(Item, asked.item)
    if item is None:
        raise UnknownItem(item=asked.item)
    if asked.packaging not in (None, *(packaging["id"] for packaging in item.packagings)):
        raise PackagingUnknown(item=item.sku, packaging=str(asked.packaging))

    key = identifier_id(floor.org, code)
    identifier = floor.find(Identifier, key) or Identifier(id=key, org=floor.org, code=code)
    identifier.item, identifier.packaging = item.id, asked.packaging

    floor.add(identifier)
    return Outcome()


def refs(payload: SaveIdentifier) -> Refs:
    """Name what the handler will read."""
    return Refs(((Item, payload.item),), named=((Identifier, payload.code.zfill(14)),))


KIND = Kind(
    "items.save_identifier",
    SaveIdentifier,
    save_identifier,
    fact=False,
    roles=frozenset({"supervisor", "planner", "admin"}),
    refs=refs,
    subject=lambda payload: str(payload.item),
    stream="org",
)
