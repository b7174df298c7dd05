"""Read a stored operation again, exactly as it was decided."""

from typing import Any

from app.kernel.values import value
from app.pipeline.arrival import Arrival, read
from app.pipeline.floor import Floor
from app.pipeline.models import StoredOperation
from app.pipeline.operation import Kind, Operation, Playbook, Stamp


@value
class Reread:
    """A stored operation, decoded."""

    kind: Kind
    operation: Operation[Any]


def arrival_of(playbook: Playbook, row: StoredOperation) -> Arrival:
    """Turn a stored row back into what arrived, with the stamp it got then."""
    stamp = Stamp(row.eff_at, row.u, row.recorded_at, row.clamped)
    text = row.envelope.decode("utf-8", "surrogatepass")
    return read(
        playbook, text, row.device, row.epoch, row.seq, row.source, sha=row.sha.hex()
    ).stamped(stamp)


def reread(floor: Floor, row: StoredOperation) -> Reread:
    """Decode a stored operation that had been readable."""
    arrival = arrival_of(Playbook(kinds=floor.kinds, subscribers={}), row)
    if arrival.kind is None or arrival.payload is None:
        raise ValueError(f"operation {row.operation} cannot be read again")
    return Reread(arrival.kind, arrival.operation(floor.site))
