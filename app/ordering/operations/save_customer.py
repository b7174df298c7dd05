"""Know somebody who orders."""

from dataclasses import dataclass, field

from app.documents.models import Customer
from app.documents.naming import customer_id, customer_name
from app.pipeline.floor import Floor
from app.pipeline.operation import Kind, Operation, Outcome, Refs


@dataclass(frozen=True, slots=True)
class SaveCustomer:
    """Payload of `ordering.save_customer`."""

    code: str = field(metadata={"min_length": 1, "max_length": 40})
    name: str = field(metadata={"min_length": 1, "max_length": 120})


def save_customer(floor: Floor, operation: Operation[SaveCustomer]) -> Outcome:
    """Bring a customer in, or up to date."""
    asked = operation.payload
    key = customer_id(floor.org, asked.code)

    customer = floor.find(Customer, key) or Customer(id=key, org=floor.org, code=asked.code)
    customer.name = asked.name

    floor.add(customer)
    return Outcome()


KIND = Kind(
    "ordering.save_customer",
    SaveCustomer,
    save_customer,
    fact=False,
    roles=frozenset({"supervisor", "planner", "admin"}),
    refs=lambda payload: Refs(named=((Customer, customer_name(payload.code)),)),
    subject=lambda payload: str(payload.code),
    stream="org",
)
