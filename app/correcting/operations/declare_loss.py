"""A handheld lost operations: said out loud, with a number that may be too small."""

from dataclasses import dataclass

from app.pipeline.exceptions import Contradiction
from app.pipeline.floor import Floor
from app.pipeline.operation import Kind, Operation, Outcome
from app.pipeline.schema import Ident


@dataclass(frozen=True, slots=True)
class DeclareLoss:
    """Payload of `system.declare_loss`; `last` is None where nobody knows how much is gone."""

    device: Ident
    epoch: int
    first: int
    last: int | None
    at_least: int


@dataclass(eq=False)
class DeviceGap(Contradiction):
    """Facts were recorded on a handheld and will never arrive."""

    code = "device_gap"
    first: int
    last: int | None
    at_least: int


def declare_loss(floor: Floor, operation: Operation[DeclareLoss]) -> Outcome:
    """Put the gap in front of a supervisor."""
    lost = operation.payload
    subject = f"{lost.device}|{lost.epoch}"
    return Outcome(flags=(DeviceGap("device", subject, lost.first, lost.last, lost.at_least),))


KIND = Kind(
    "system.declare_loss",
    DeclareLoss,
    declare_loss,
    fact=True,
    roles=frozenset({"system"}),
    final=True,
)
