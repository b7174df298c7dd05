"""Two handhelds go by one name, and go on doing so."""

from dataclasses import dataclass

from app.pipeline.exceptions import Contradiction
from app.pipeline.floor import Floor
from app.pipeline.operation import Kind, Operation, Outcome
from app.pipeline.schema import Ident


@dataclass(frozen=True, slots=True)
class ReportClone:
    """Payload of `system.report_clone`."""

    device: Ident
    epoch: int


@dataclass(eq=False)
class DeviceCloned(Contradiction):
    """One of the twins must be enrolled anew; until then it keeps what it has."""

    code = "device_cloned"
    epoch: int


def report_clone(floor: Floor, operation: Operation[ReportClone]) -> Outcome:
    """Put the twins in front of a supervisor."""
    twin = operation.payload
    return Outcome(flags=(DeviceCloned("device", twin.device, twin.epoch),))


KIND = Kind(
    "system.report_clone",
    ReportClone,
    report_clone,
    fact=True,
    roles=frozenset({"system"}),
    final=True,
)
