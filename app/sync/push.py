"""Take what a handheld has queued: every envelope once, in order, answered for ever."""

import logging
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import bindparam, func, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.db import writing
from app.kernel.clock import now
from app.people.models import Device
from app.people.rules import is_handwork
from app.pipeline.arrival import Arrival, read
from app.pipeline.execute import Decided
from app.pipeline.floor import Floor
from app.pipeline.masters import remembered
from app.pipeline.models import Epoch, Stream
from app.pipeline.operation import Playbook, Stamp
from app.rows.prepared import Prepared
from app.sync.aliases import Desk, apply
from app.sync.black_box import DEADLY, Begin, BlackBox, Suspect, carried
from app.sync.dating import date, doubted, moved
from app.sync.horizon import forget_sometimes
from app.sync.identity import prove
from app.sync.journal import (
    RotateEpoch,
    SequenceGap,
    check_chain,
    open_epoch,
    reopen,
    tell_apart,
)
from app.sync.parking import mark_unparked, park
from app.sync.stamps import Clocks

log = logging.getLogger("tallyman.sync")
CHUNK = 50
LATE = timedelta(minutes=1)  # by so much more than clocks err, something newer was heard before
FOREVER_MS = 2**53  # clocks may say anything, a database holds so much
CONTACT = Prepared(
    update(Device)
    .where(Device.id == bindparam("device"))
    .values(
        last_seen=bindparam("seen"),
        pending=bindparam("unsent"),
        persisted=bindparam("kept"),
        used=bindparam("full"),
        app=func.coalesce(bindparam("version"), Device.app),
    )
)


@dataclass(frozen=True)
class Push:
    """The decoded body of a push."""

    epoch: int
    first_seq: int
    ops: tuple[str, ...]
    head_seq: int
    clocks: Clocks
    pending: int = 0
    parked: bool = False
    persisted: bool | None = None
    used: int | None = None  # per cent of its space
    app: str | None = None
    source: str = "push"
    asks: bool = False  # how far an older journal has come, by whoever has gone on in another
    revoked: bool = False  # whoever hands this in may no longer speak for anybody


@dataclass(frozen=True)
class Answer:
    """What the handheld is told."""

    incarnation: str
    acked_seq: int
    results: tuple[Decided, ...]


@dataclass
class Delivery:
    """A push on its way through its chunks; stamps are given once, for all of them."""

    playbook: Playbook
    device: Device
    org: str
    body: Push
    recorded_at: datetime
    arrivals: Sequence[Arrival]
    dated: dict[int, Stamp] = field(default_factory=dict)


def push(playbook: Playbook, device: Device, org: str, body: Push) -> Answer:
    """Apply a push in chunks, each its own transaction.

    Raises `SequenceGap` or `RotateEpoch` before any effect of the envelope concerned.
    """
    arrivals = [
        _by_hand(read(playbook, text, device.id, body.epoch, body.first_seq + n, body.source))
        for n, text in enumerate(body.ops)
    ]
    delivery = Delivery(playbook, device, org, body, now(), arrivals)
    results: list[Decided] = []
    done, answer = 0, None
    while answer is None or done < len(arrivals):
        part = _next_chunk(arrivals[done:])
        answer = _commit(delivery, part, final=done + len(part) >= len(arrivals))
        results += answer.results
        done += max(len(part), 1)
    return Answer(answer.incarnation, answer.acked_seq, tuple(results))


def _by_hand(arrival: Arrival) -> Arrival:
    """What is decided at a desk or by the system itself does not come out of a handheld's queue."""
    kind = arrival.kind
    if kind is None or is_handwork(kind):
        return arrival
    return replace(arrival, kind=None, payload=None, codes=(), quarantined="sync.unsupported")


def _next_chunk(arrivals: Sequence[Arrival]) -> Sequence[Arrival]:
    """Cut before and after whatever reads stock: it must see what came before as written."""
    for n, arrival in enumerate(arrivals[:CHUNK]):
        if arrival.kind is not None and arrival.kind.alone:
            return arrivals[: max(n, 1)]
    return arrivals[:CHUNK]


def _commit(delivery: Delivery, part: Sequence[Arrival], *, final: bool) -> Answer:
    """Apply one chunk; what processes have died over is tried by itself, or not any more."""
    box = carried()
    deaths = box.deaths() if box else {}
    if not box or not deaths or not any(_name(delivery, each) in deaths for each in part):
        return _tried(delivery, part, final=final)
    if len(part) > 1:
        return _one_by_one(delivery, part, final=final)
    return _carefully(box, delivery, part[0], final=final)


def _name(delivery: Delivery, arrival: Arrival) -> Suspect:
    return delivery.device.id, delivery.body.epoch, arrival.seq


def _carefully(box: BlackBox, delivery: Delivery, arrival: Arrival, *, final: bool) -> Answer:
    suspect, tried = _name(delivery, arrival), arrival
    with box.alone():
        deaths = box.deaths().get(suspect, 0)
        if deaths >= DEADLY:
            trace = (_trace_of(RuntimeError(f"{deaths} processes died over {suspect}")),)
            tried = replace(arrival, payload=None, quarantined="sync.internal", codes=trace)
        answer = _tried(delivery, [tried], final=final)
    box.clear(suspect)
    return answer


def _tried(delivery: Delivery, part: Sequence[Arrival], *, final: bool) -> Answer:
    """Apply one chunk; if something unexpected happens, find the guilty one and set it aside."""
    try:
        return _transaction(delivery, part, final=final)
    except (SequenceGap, RotateEpoch, OperationalError):
        raise
    except Exception as error:
        if not part:
            raise
        if len(part) == 1:
            trace = (_trace_of(error),)
            guilty = replace(part[0], quarantined="sync.internal", codes=trace)
            return _transaction(delivery, [guilty], final=final)
    return _one_by_one(delivery, part, final=final)


def _one_by_one(delivery: Delivery, part: Sequence[Arrival], *, final: bool) -> Answer:
    answers = [
        _commit(delivery, [arrival], final=final and arrival is part[-1]) for arrival in part
    ]
    results = tuple(decided for answer in answers for decided in answer.results)
    return replace(answers[-1], results=results)


def _trace_of(error: BaseException) -> str:
    """Log an unexpected error under an id that the stored answer can name."""
    trace = str(uuid4())
    log.error("trace %s\n%s", trace, "".join(traceback.format_exception(error)))
    return trace


def _transaction(delivery: Delivery, part: Sequence[Arrival], *, final: bool) -> Answer:
    device, body = delivery.device, delivery.body
    with _noted(delivery, part) as begin, writing(device.site) as session:
        begin()
        floor = Floor(session, device.site, delivery.org)
        floor.load([(Stream, device.site), (Stream, delivery.org)])
        stream = floor.get(Stream, device.site)
        epoch = open_epoch(floor, device, body.epoch, running=body.source != "rescue")
        results, fresh = tell_apart(session, stream, epoch, part)
        beat = not part and not body.asks
        if (fresh or beat) and _has_forgotten(delivery, epoch):
            raise RotateEpoch(epoch=epoch.epoch, seq=body.head_seq + 1)
        if fresh or beat or body.head_seq > epoch.last_seq:
            reopen(session, epoch, body.clocks, delivery.recorded_at)  # an echo does not
        if fresh:
            check_chain(epoch, fresh)
            results += _apply(floor, delivery, stream, epoch, fresh)
            if body.asks:  # refilled after a restore: the rest of it went into the next
                epoch.closed = epoch.last_seq >= body.head_seq
        if final and body.source != "rescue":
            _contact(session, delivery, epoch)
        floor.write()
        return Answer(stream.incarnation, epoch.last_seq, tuple(sorted(results, key=_by_seq)))


def _has_forgotten(delivery: Delivery, epoch: Epoch) -> bool:
    """It once told of more than it names now, and that never came: an older image of its disk."""
    running = epoch.epoch == delivery.device.epoch and not epoch.closed
    told = epoch.last_seq <= delivery.body.head_seq < epoch.head_seq
    return running and told and delivery.body.source != "rescue"


@contextmanager
def _noted(delivery: Delivery, part: Sequence[Arrival]) -> Iterator[Begin]:
    """Keep a note of what is tried, from when it is its turn until it is committed."""
    box = carried()
    if box is None or not part:
        yield lambda: None
        return
    first, last = part[0].seq, part[-1].seq
    with box.trying(delivery.device.id, delivery.body.epoch, first, last) as begin:
        yield begin


def _by_seq(decided: Decided) -> int:
    return decided.seq


def _apply(
    floor: Floor, delivery: Delivery, stream: Stream, epoch: Epoch, fresh: Sequence[Arrival]
) -> list[Decided]:
    stamped = _stamped(floor.session, delivery, stream, epoch, fresh)
    org = floor.get(Stream, delivery.org)
    engine = floor.session.get_bind().engine
    floor.share(remembered(engine, org, stream, delivery.playbook.masters))
    revoked = delivery.body.revoked or delivery.device.revoked_at is not None
    prove(floor, stamped, revoked=revoked)
    mark_unparked(floor, epoch, stamped)
    results = apply(Desk(delivery.playbook, floor, stream, org.commit_seq), stamped)
    last = stamped[-1]
    epoch.last_seq, epoch.last_sha, epoch.last_eff_at = last.seq, last.sha, last.key.eff_at
    return results


def _stamped(
    session: Session, delivery: Delivery, stream: Stream, epoch: Epoch, fresh: Sequence[Arrival]
) -> list[Arrival]:
    if any(arrival.seq not in delivery.dated for arrival in fresh):
        new = [arrival for arrival in delivery.arrivals if arrival.seq > epoch.last_seq]
        body = delivery.body
        clocks = body.clocks if body.source == "rescue" else doubted(body.clocks, epoch)
        delivery.dated = date(session, stream, epoch, clocks, new, delivery.recorded_at)
    return [arrival.stamped(delivery.dated[arrival.seq]) for arrival in fresh]


def _contact(session: Session, delivery: Delivery, epoch: Epoch) -> None:
    """Remember what the device promised: its head, its clock, its cut; an echo promises nothing.

    Nor is a moment promised by a clock that was never compared.
    """
    body, recorded_at = delivery.body, delivery.recorded_at
    cut = body.clocks.cut_at(recorded_at)
    if epoch.complete_cut_at is not None and cut + LATE < epoch.complete_cut_at:
        return
    complete = epoch.last_seq == body.head_seq
    epoch.head_seq = max(epoch.head_seq, body.head_seq)
    park(epoch, body.head_seq, recorded_at, parked=body.parked)
    epoch.last_contact = recorded_at
    if body.clocks.measured:
        if epoch.offset_ms is not None:
            epoch.offset_change_ms = (
                0 if complete else min(round(moved(body.clocks, epoch)), FOREVER_MS)
            )
        epoch.offset_ms, epoch.rtt_ms = round(body.clocks.offset_ms), round(body.clocks.rtt_ms)
        if complete:
            epoch.complete_cut_at = max(cut, epoch.complete_cut_at or cut)
    forget_sometimes(session, delivery.device.site)
    CONTACT.run(
        session,
        device=delivery.device.id,
        seen=recorded_at,
        unsent=body.pending,
        kept=body.persisted,
        full=body.used,
        version=body.app,
    )
