"""Know somebody who delivers."""

from dataclasses import dataclass, field

from app.documents.models import Supplier
from app.documents.naming import supplier_id, supplier_name
from app.identification.check_digits import is_digits
from app.items.rules import label_of
from app.kernel.problem import Problem
from app.pipeline.floor import Floor
from app.pipeline.operation import Kind, Operation, Outcome, Refs


@dataclass(frozen=True, slots=True)
class SaveSupplier:
    """Payload of `purchasing.save_supplier`; absent = leave as it is, empty = forget."""

    code: str = field(metadata={"min_length": 1, "max_length": 40})
    name: str = field(metadata={"min_length": 1, "max_length": 120})
    company_prefix: str | None = field(default=None, metadata={"max_length": 12})
    label_ais: tuple[str, ...] | None = None


@dataclass(eq=False)
class BadPrefix(Problem):
    """A company prefix has four to twelve digits."""

    code = "purchasing.bad_prefix"
    company_prefix: str


def save_supplier(floor: Floor, operation: Operation[SaveSupplier]) -> Outcome:
    """Bring a supplier in, or up to date."""
    asked = operation.payload
    key = supplier_id(floor.org, asked.code)

    supplier = floor.find(Supplier, key) or Supplier(id=key, org=floor.org, code=asked.code)
    supplier.name = asked.name
    if asked.company_prefix is not None:
        supplier.company_prefix = _prefix(asked.company_prefix)
    if asked.label_ais is not None:
        supplier.label_ais = label_of(asked.label_ais)

    floor.add(supplier)
    return Outcome()


SHORTEST = 4


def _prefix(digits: str) -> str | None:
    if digits and not (is_digits(digits) and len(digits) >= SHORTEST):
        raise BadPrefix(company_prefix=digits)
    return digits or None


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
