"""Who worked without a proof has signed in since: what was done before that was theirs."""

from dataclasses import dataclass, field

from sqlalchemy import bindparam, select

from app.events import PersonVouched
from app.kernel.clock import from_micros
from app.kernel.problem import Problem
from app.pipeline.floor import Floor
from app.pipeline.models import OpenException, StoredOperation
from app.pipeline.operation import Kind, Operation, Outcome, Refs
from app.pipeline.schema import Ident
from app.rows.prepared import Prepared

UNVERIFIED = "sync.actor_unverified"
SIGNED_IN = "signed_in"
MOST = 2**53
LATER = Prepared(
    select(StoredOperation.codes).where(
        StoredOperation.stream == bindparam("site"),
        StoredOperation.device == bindparam("device"),
        StoredOperation.actor == bindparam("actor"),
        StoredOperation.eff_at > bindparam("through", type_=StoredOperation.eff_at.type),
        StoredOperation.outcome == "flagged",
    )
)


@dataclass(frozen=True, slots=True)
class ConfirmActor:
    """Payload of `system.confirm_actor`; `through`: when they signed in, microseconds."""

    exception: Ident
    through: int = field(metadata={"least": 0, "most": MOST})


@dataclass(eq=False)
class NothingToConfirm(Problem):
    """Somebody has decided it, or there is later work of theirs that nothing proves."""

    code = "people.nothing_to_confirm"


def confirm_actor(floor: Floor, operation: Operation[ConfirmActor]) -> Outcome:
    """Close the doubt up to that moment; what they do unproven after it opens it again."""
    through = from_micros(operation.payload.through)
    row = floor.find(OpenException, operation.payload.exception)
    if row is None or row.state == "closed" or row.code != UNVERIFIED:
        raise NothingToConfirm
    actor, _, device = row.subject.partition("|")
    later = floor.ask(LATER, site=floor.site, device=device, actor=actor, through=through)
    if any(UNVERIFIED in codes for (codes,) in later):
        raise NothingToConfirm
    row.state, row.resolution, row.closed_at = "closed", SIGNED_IN, through
    row.resolved_by, row.accepted = operation.id, row.detail
    floor.touch(row)
    return Outcome(events=(PersonVouched(actor, device),))


KIND = Kind(
    "system.confirm_actor",
    ConfirmActor,
    confirm_actor,
    fact=False,
    roles=frozenset({"system"}),
    refs=lambda payload: Refs(((OpenException, payload.exception),)),
    subject=lambda payload: str(payload.exception),
    alone=True,
)
