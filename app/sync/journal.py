"""One handheld's journal as the server knows it: does it connect, and what was said before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session

from app.kernel.clock import now
from app.kernel.problem import Problem
from app.kernel.values import value
from app.people.models import Device
from app.pipeline.arrival import Arrival
from app.pipeline.execute import Decided
from app.pipeline.floor import Floor
from app.pipeline.models import Epoch, StoredOperation, Stream
from app.rows.prepared import Prepared
from app.sync.stamps import Clocks

GENESIS = "0" * 64
JOURNAL = Prepared(
    select(*Epoch.__table__.columns).where(
        Epoch.device == bindparam("device"), Epoch.epoch == bindparam("epoch")
    )
)


@dataclass(eq=False)
class SequenceGap(Problem):
    """Something before these envelopes has not arrived."""

    code = "sync.sequence_gap"
    status = 409
    expected_seq: int
    incarnation: str


@dataclass(eq=False)
class RotateEpoch(Problem):
    """This journal has forked: a clone or a restored image."""

    code = "sync.rotate_epoch"
    status = 409
    epoch: int
    seq: int


@value
class Begun:
    """Why a journal begins; nothing in it is from before `since`, where anybody knows."""

    reason: str | None = None
    since: datetime | None = None
    rotation: str | None = None


ADOPTED = Begun()


def open_epoch(floor: Floor, device: Device, number: int, *, running: bool) -> Epoch:
    """Find the journal; one the server forgot (restored backup) is adopted from its start.

    `running`: its own handheld speaks, which goes on in it; nobody waits for another then.
    """
    epoch = floor.one(Epoch, JOURNAL, device=device.id, epoch=number)
    if epoch is None:
        epoch = new_epoch(device.id, device.site, number)
        floor.add(epoch)
        if running:
            older = update(Device).where(Device.id == device.id, Device.epoch < number)
            floor.session.execute(older.values(epoch=number))
            left = update(Epoch).where(Epoch.device == device.id, Epoch.epoch < number)
            floor.session.execute(left.values(closed=True))
    return epoch


def new_epoch(device: str, site: str, number: int, begun: Begun = ADOPTED) -> Epoch:
    """Begin a journal of which nothing has arrived."""
    return Epoch(
        device=device,
        epoch=number,
        site=site,
        last_seq=0,
        last_sha=GENESIS,
        head_seq=0,
        closed=False,
        rotation=begun.rotation,
        reason=begun.reason,
        begun_at=now(),
        offset_change_ms=0,
        rtt_ms=0,
        parked=False,
        opened_at=begun.since,
        unparked_seq=0,
    )


def reopen(session: Session, epoch: Epoch, clocks: Clocks, recorded_at: datetime) -> None:
    """Let somebody go on in a journal that was left, with what they tell of it and no more.

    A request that was cut before it was left says nothing: a network may bring one hours late.
    """
    if not epoch.closed:
        return
    newer = (Epoch.device == epoch.device, Epoch.epoch > epoch.epoch)
    left = session.scalar(select(func.max(Epoch.begun_at)).where(*newer))
    if left is None or not clocks.measured or clocks.cut_at(recorded_at) > left:
        epoch.closed = False
        epoch.head_seq = epoch.last_seq


def tell_apart(
    session: Session, stream: Stream, epoch: Epoch, part: Sequence[Arrival]
) -> tuple[list[Decided], list[Arrival]]:
    """Tell repeats from news; raises where the story does not connect."""
    old = [arrival for arrival in part if arrival.seq <= epoch.last_seq]
    fresh = [arrival for arrival in part if arrival.seq > epoch.last_seq]
    if fresh and fresh[0].seq != epoch.last_seq + 1:
        raise SequenceGap(expected_seq=epoch.last_seq + 1, incarnation=stream.incarnation)
    rows = {
        row.seq: row
        for row in _stored(session, stream.id, epoch.device, epoch.epoch, [a.seq for a in old])
    }
    answers = []
    for arrival in old:
        row = rows.get(arrival.seq)
        if row is None or row.sha.hex() != arrival.sha:
            raise RotateEpoch(epoch=epoch.epoch, seq=arrival.seq)
        answers.append(_first_answer(session, stream, row, arrival))
    return answers, fresh


def _stored(
    session: Session, stream: str, device: str, epoch: int, seqs: Sequence[int]
) -> list[StoredOperation]:
    """Fetch the answers given before."""
    if not seqs:
        return []
    return list(
        session.scalars(
            select(StoredOperation).where(
                StoredOperation.stream == stream,
                StoredOperation.device == device,
                StoredOperation.epoch == epoch,
                StoredOperation.seq.in_(seqs),
            )
        )
    )


def _first_answer(
    session: Session, stream: Stream, row: StoredOperation, arrival: Arrival
) -> Decided:
    first = row
    if row.alias:
        found = session.scalars(
            select(StoredOperation).where(
                StoredOperation.operation == row.operation,
                StoredOperation.stream == stream.id,
                StoredOperation.alias.is_(False),
            )
        ).first()
        first = found or row
    return Decided(
        arrival.seq,
        arrival.id,
        first.outcome,
        tuple(first.codes),
        first.commit_seq,
        duplicate=True,
    )


def check_chain(epoch: Epoch, fresh: Sequence[Arrival]) -> None:
    """Every readable envelope names the bytes before it."""
    last = epoch.last_sha
    for arrival in fresh:
        prev = arrival.envelope.get("prev")
        readable = arrival.kind is not None or arrival.quarantined != "sync.unreadable"
        if readable and prev != last:
            raise RotateEpoch(epoch=epoch.epoch, seq=arrival.seq)
        last = arrival.sha
