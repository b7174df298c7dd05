"""Know somebody who delivers."""

from dataclasses import dataclass, field

from app.documents.models import Supplier
from app.documents.naming import supplier_id, supplier_name
from app.pipeline.floor import Floor
from app.pipeline.operation import Kind, Operation, Outcome, Refs


@dataclass(frozen=True, slots=True)
class SaveSupplier:
    """Payload of `purchasing.save_supplier`."""

    code: str = field(metadata={"min_length": 1, "max_length": 40})
    name: str = field(metadata={"min_length": 1, "max_length": 120})


def save_supplier(floor: Floor, operation: Operation[SaveSupplier]) -> Outcome:
    """Bring a supplier in, or up to date."""
    asked = operation.payload
    key = supplier_id(floor.org, asked.code)

    supplier = floor.find(Supplier, key) or Supplier(id=key, org=floor.org, code=asked.code)
    supplier.name = asked.name

    floor.add(supplier)
    return Outcome()


KIND = Kind(
    "purchasing.save_supplier",
    SaveSupplier,
    save_supplier,
    fact=False,
    roles=frozenset({"supervisor", "planner", "admin"}),
    refs=lambda payload: Refs(named=((Supplier, supplier_name(payload.code)),)),
    subject=lambda payload: str(payload.code),
    stream="org",
)
