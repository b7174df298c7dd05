"""Wait for a handheld no more, or again: what is complete is said without it."""

from dataclasses import dataclass, field

from app.kernel.problem import Problem
from app.people.models import Exclusion
from app.pipeline.floor import Floor
from app.pipeline.operation import Kind, Operation, Outcome, Refs
from app.pipeline.schema import Ident


@dataclass(frozen=True, slots=True)
class Exclude:
    """Payload of `devices.exclude`.

    Which handhelds exist is no part of the log, so a stranger's id is not refused here.
    """

    device: Ident
    reason: str = field(metadata={"min_length": 1, "max_length": 400})


@dataclass(frozen=True, slots=True)
class Include:
    """Payload of `devices.include`."""

    device: Ident


@dataclass(eq=False)
class AlreadyExcluded(Problem):
    """Nobody waits for that handheld as it is."""

    code = "devices.already_excluded"


@dataclass(eq=False)
class NotExcluded(Problem):
    """That handheld is waited for as it is."""

    code = "devices.not_excluded"


def exclude(floor: Floor, operation: Operation[Exclude]) -> Outcome:
    """Let its watermark hold nothing up; what it still brings is restated, and said to be late."""
    asked = operation.payload
    row = floor.find(Exclusion, asked.device)
    if row is not None and row.active:
        raise AlreadyExcluded
    row = row or Exclusion(device=asked.device, site=floor.site)
    row.active, row.reason = True, asked.reason
    row.decided_by, row.decided_at = operation.actor, operation.recorded_at
    floor.add(row)
    return Outcome()


def include(floor: Floor, operation: Operation[Include]) -> Outcome:
    """Wait for it again; what settled without it stays settled."""
    row = floor.find(Exclusion, operation.payload.device)
    if row is None or not row.active:
        raise NotExcluded
    row.active = False
    row.decided_by, row.decided_at = operation.actor, operation.recorded_at
    floor.touch(row)
    return Outcome()


ROLES = frozenset({"supervisor", "admin"})
EXCLUDE = Kind(
    "devices.exclude",
    Exclude,
    exclude,
    fact=False,
    roles=ROLES,
    refs=lambda payload: Refs(((Exclusion, payload.device),)),
    subject=lambda payload: str(payload.device),
)
INCLUDE = Kind(
    "devices.include",
    Include,
    include,
    fact=False,
    roles=ROLES,
    refs=lambda payload: Refs(((Exclusion, payload.device),)),
    subject=lambda payload: str(payload.device),
)
