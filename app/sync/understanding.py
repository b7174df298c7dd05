"""What no one understood when it came, and this version does: applied at its own time, once."""

from importlib.metadata import version

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import snapshot
from app.kernel.ids import derived
from app.kernel.values import value
from app.locations.models import Site
from app.people.rules import is_handwork
from app.pipeline.floor import Floor
from app.pipeline.models import OpenException, StoredOperation
from app.pipeline.office import Author, Request, submit
from app.pipeline.operation import Playbook
from app.pipeline.reading import arrival_of
from app.sync.identity import prove

UNSUPPORTED = "sync.unsupported"
OFFICE = "office"


@value
class Kept:
    """An operation that was kept unread, and the exception that says so."""

    site: str
    org: str
    operation: str
    exception: str


def catch_up(playbook: Playbook) -> int:
    """Let facts that an older version could not read take effect; say how many did.

    Several processes may start at once and a start may be repeated: the operation that applies
    one has an id of its own, and whatever took effect never does so again. What is doubtful about
    its actor, or was accepted as it stands, is left to a person.
    """
    with snapshot() as session:
        kept = [one for row in _waiting(session) if (one := _understood(session, playbook, row))]
    decided = [_apply(playbook, one) for one in kept]
    return sum(outcome in ("applied", "flagged") for outcome in decided)


def _waiting(session: Session) -> list[OpenException]:
    query = select(OpenException).where(
        OpenException.code == UNSUPPORTED, OpenException.state != "closed"
    )
    return list(session.scalars(query.order_by(OpenException.site, OpenException.opened_seq)))


def _understood(session: Session, playbook: Playbook, waiting: OpenException) -> Kept | None:
    device, epoch, seq = waiting.subject.split("|")
    row = session.scalars(
        select(StoredOperation).where(
            StoredOperation.stream == waiting.site,
            StoredOperation.device == device,
            StoredOperation.epoch == int(epoch),
            StoredOperation.seq == int(seq),
        )
    ).one()
    arrival = arrival_of(playbook, row)
    kind = arrival.kind
    if row.operation is None or kind is None or not kind.fact or not is_handwork(kind):
        return None  # still not ours to apply
    org = session.get_one(Site, waiting.site).org
    if row.source != OFFICE:  # who asked at a desk was signed in
        prove(Floor(session, waiting.site, org), [arrival], revoked=False)
    if arrival.quarantined is not None:
        return None
    return Kept(waiting.site, org, str(row.operation), waiting.id)


def _apply(playbook: Playbook, kept: Kept) -> str:
    """Under an id of this version: what it could not grant, a later one asks again."""
    request = Request(
        "system.reapply",
        {"exception": kept.exception},
        id=derived(kept.operation, f"understood by {version('tallyman')}"),
        cause=kept.operation,
    )
    author = Author(org=kept.org, site=kept.site, device="system")
    return submit(playbook, author, request).outcome
