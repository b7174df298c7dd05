"""Take what a handheld has queued: every envelope once, in order, answered for ever."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.db import writing
from app.kernel.clock import now
from app.kernel.problem import Problem
from app.people.models import Device
from app.pipeline import execute as pipeline
from app.pipeline.arrival import Arrival, read, significant
from app.pipeline.execute import Decided
from app.pipeline.floor import Floor
from app.pipeline.models import Epoch, StoredOperation, Stream
from app.pipeline.operation import Playbook
from app.sync.identity import prove
from app.sync.stamps import Clocks, Past, Reading, stamps

CHUNK = 50
GENESIS = "0" * 64
DIGITS = 18  # more do not fit a database integer


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
    app: str | None = None
    source: str = "push"


@dataclass(frozen=True)
class Answer:
    """What the handheld is told."""

    incarnation: str
    acked_seq: int
    results: tuple[Decided, ...]


def push(playbook: Playbook, device: Device, org: str, body: Push) -> Answer:
    """Apply a push in chunks, each its own transaction.

    Raises `SequenceGap` or `RotateEpoch` before any effect of the envelope concerned.
    """
    recorded_at = now()
    arrivals = [
        read(playbook, text, device.id, body.epoch, body.first_seq + n, body.source)
        for n, text in enumerate(body.ops)
    ]
    results: list[Decided] = []
    done, answer = 0, None
    while answer is None or done < len(arrivals):
        part = _next_chunk(arrivals[done:])
        answer = _commit(playbook, device, org, body, part, recorded_at, last=done + len(part))
        results += answer.results
        done += max(len(part), 1)
    return Answer(answer.incarnation, answer.acked_seq, tuple(results))


def _next_chunk(arrivals: Sequence[Arrival]) -> Sequence[Arrival]:
    """Cut before and after whatever reads stock: it must see what came before as written."""
    for n, arrival in enumerate(arrivals[:CHUNK]):
        if arrival.kind is not None and arrival.kind.alone:
            return arrivals[: max(n, 1)]
    return arrivals[:CHUNK]


def _commit(
    playbook: Playbook,
    device: Device,
    org: str,
    body: Push,
    part: Sequence[Arrival],
    recorded_at: datetime,
    last: int,
) -> Answer:
    """Apply one chunk; if something unexpected happens, find the guilty one and set it aside."""
    final = last >= len(body.ops)
    try:
        return _transaction(playbook, device, org, body, part, recorded_at, final=final)
    except (Problem, OperationalError):
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, only the guilty one stays behind
        if len(part) == 1:
            guilty = replace(
                part[0], quarantined="sync.internal", codes=(pipeline.trace_of(error),)
            )
            return _transaction(playbook, device, org, body, [guilty], recorded_at, final=final)
    results: list[Decided] = []
    for arrival in part:
        answer = _commit(playbook, device, org, body, [arrival], recorded_at, last=last)
        results += answer.results
    return replace(answer, results=tuple(results))


def _transaction(
    playbook: Playbook,
    device: Device,
    org: str,
    body: Push,
    part: Sequence[Arrival],
    recorded_at: datetime,
    *,
    final: bool,
) -> Answer:
    with writing(device.site) as session:
        stream = session.get_one(Stream, device.site)
        epoch = _epoch(session, device, body.epoch)
        known, fresh = _sort(session, stream, epoch, part)
        results = list(known)
        if fresh:
            _check_chain(epoch, fresh)
            org_stream = session.get_one(Stream, org)
            stamped = _stamped(session, stream, epoch, body.clocks, fresh, recorded_at)
            proven = prove(session, stamped, revoked=device.revoked_at is not None)
            results += _apply(session, playbook, org, stream, epoch, proven, org_stream.commit_seq)
        if final:
            _contact(session, device, epoch, body, recorded_at)
        return Answer(stream.incarnation, epoch.last_seq, tuple(sorted(results, key=_by_seq)))


def _by_seq(decided: Decided) -> int:
    return decided.seq


def _epoch(session: Session, device: Device, number: int) -> Epoch:
    """Find the journal; one the server forgot (restored backup) is adopted from its start."""
    epoch = session.get(Epoch, (device.id, number))
    if epoch is None:
        epoch = Epoch(
            device=device.id,
            epoch=number,
            site=device.site,
            last_seq=0,
            last_sha=GENESIS,
            head_seq=0,
            closed=False,
            offset_change_ms=0,
            rtt_ms=0,
            parked=False,
        )
        session.add(epoch)
    epoch.closed = False
    return epoch


def _sort(
    session: Session, stream: Stream, epoch: Epoch, part: Sequence[Arrival]
) -> tuple[list[Decided], list[Arrival]]:
    """Tell repeats from news; raises where the story does not connect."""
    old = [arrival for arrival in part if arrival.seq <= epoch.last_seq]
    fresh = [arrival for arrival in part if arrival.seq > epoch.last_seq]
    if fresh and fresh[0].seq != epoch.last_seq + 1:
        raise SequenceGap(expected_seq=epoch.last_seq + 1, incarnation=stream.incarnation)
    rows = {
        row.seq: row
        for row in pipeline.stored(
            session, stream.id, epoch.device, epoch.epoch, [a.seq for a in old]
        )
    }
    answers = []
    for arrival in old:
        row = rows.get(arrival.seq)
        if row is None or row.sha.hex() != arrival.sha:
            raise RotateEpoch(epoch=epoch.epoch, seq=arrival.seq)
        answers.append(_first_answer(session, stream, row, arrival.seq))
    return answers, fresh


def _first_answer(session: Session, stream: Stream, row: StoredOperation, seq: int) -> Decided:
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
        seq, row.operation, first.outcome, tuple(first.codes), first.commit_seq, duplicate=True
    )


def _check_chain(epoch: Epoch, fresh: Sequence[Arrival]) -> None:
    """Every readable envelope names the bytes before it."""
    last = epoch.last_sha
    for arrival in fresh:
        prev = arrival.envelope.get("prev")
        if arrival.quarantined != "sync.unreadable" and prev != last:
            raise RotateEpoch(epoch=epoch.epoch, seq=arrival.seq)
        last = arrival.sha


def _stamped(
    session: Session,
    stream: Stream,
    epoch: Epoch,
    clocks: Clocks,
    fresh: Sequence[Arrival],
    recorded_at: datetime,
) -> list[Arrival]:
    bases = _bases(session, stream, fresh)
    readings = [_reading(arrival, bases) for arrival in fresh]
    past = Past(epoch.complete_cut_at, epoch.last_eff_at)
    return [
        arrival.stamped(stamp)
        for arrival, stamp in zip(fresh, stamps(clocks, readings, past, recorded_at), strict=True)
    ]


def _reading(arrival: Arrival, bases: Mapping[str, datetime]) -> Reading | None:
    envelope = arrival.envelope
    if arrival.quarantined == "sync.unreadable":
        return None
    return Reading(
        envelope["wall_ms"],
        envelope["mono_ms"],
        envelope["boot"],
        bases.get(envelope["base"]) if envelope["base"] else None,
    )


def _bases(session: Session, stream: Stream, fresh: Sequence[Arrival]) -> dict[str, datetime]:
    """When the pulls were recorded that these envelopes were written on top of."""
    wanted: dict[int, str] = {}
    for arrival in fresh:
        base = arrival.envelope.get("base")
        incarnation, _, seq = base.rpartition(":") if isinstance(base, str) else ("", "", "")
        if incarnation == stream.incarnation and seq.isdecimal() and len(seq) < DIGITS:
            wanted[int(seq)] = str(base)
    if not wanted:
        return {}
    rows = session.execute(
        select(StoredOperation.commit_seq, StoredOperation.recorded_at).where(
            StoredOperation.stream == stream.id, StoredOperation.commit_seq.in_(wanted)
        )
    )
    return {wanted[seq]: recorded_at for seq, recorded_at in rows}


def _apply(
    session: Session,
    playbook: Playbook,
    org: str,
    stream: Stream,
    epoch: Epoch,
    arrivals: Sequence[Arrival],
    org_seq: int,
) -> list[Decided]:
    floor = Floor(session, stream.id, org)
    results: list[Decided] = []
    seen = _seen_elsewhere(session, arrivals)
    batch: list[Arrival] = []
    for arrival in arrivals:
        first = seen.get(arrival.id) if arrival.id else None
        if first is None and not any(arrival.id == a.id for a in batch if arrival.id):
            batch.append(arrival)
            continue
        results += _flush(session, playbook, floor, stream, batch, org_seq)
        first = first or _seen_elsewhere(session, [arrival])[str(arrival.id)]
        results.append(_again(session, playbook, floor, stream, arrival, first, org_seq))
        batch = []
    results += _flush(session, playbook, floor, stream, batch, org_seq)
    last = arrivals[-1]
    epoch.last_seq, epoch.last_sha, epoch.last_eff_at = last.seq, last.sha, last.key.eff_at
    return results


def _flush(
    session: Session,
    playbook: Playbook,
    floor: Floor,
    stream: Stream,
    batch: Sequence[Arrival],
    org_seq: int,
) -> list[Decided]:
    if not batch:
        return []
    return pipeline.execute(session, playbook, floor, stream, batch, org_seq)


def _seen_elsewhere(session: Session, arrivals: Sequence[Arrival]) -> dict[str, StoredOperation]:
    ids = [arrival.id for arrival in arrivals if arrival.id]
    rows = session.scalars(
        select(StoredOperation).where(
            StoredOperation.operation.in_(ids), StoredOperation.alias.is_(False)
        )
    )
    return {str(row.operation): row for row in rows}


def _again(
    session: Session,
    playbook: Playbook,
    floor: Floor,
    stream: Stream,
    arrival: Arrival,
    first: StoredOperation,
    org_seq: int,
) -> Decided:
    """The same operation under a new number is an alias; anything else wears a stolen id."""
    same = first.stream == stream.id and _meaning(first.envelope) == significant(arrival.envelope)
    if not same:
        stolen = replace(arrival, quarantined="sync.id_reused", kind=None, payload=None)
        stolen = replace(stolen, envelope={**arrival.envelope, "id": None})
        (decided,) = pipeline.execute(session, playbook, floor, stream, [stolen], org_seq)
        return replace(decided, id=arrival.id)
    stream.commit_seq += 1
    stamp = arrival.stamp
    if stamp is None:
        raise ValueError("not stamped")
    session.execute(
        insert(StoredOperation),
        [
            {
                "stream": stream.id,
                "commit_seq": stream.commit_seq,
                "chunk": stream.commit_seq,
                "operation": arrival.id,
                "alias": True,
                "device": arrival.device,
                "epoch": arrival.epoch,
                "seq": arrival.seq,
                "kind": first.kind,
                "kind_v": first.kind_v,
                "actor": first.actor,
                "cause": first.cause,
                "subject": None,
                "envelope": arrival.raw,
                "sha": bytes.fromhex(arrival.sha),
                "outcome": first.outcome,
                "codes": first.codes,
                "detail": None,
                "eff_at": stamp.eff_at,
                "u": stamp.u,
                "clamped": stamp.clamped,
                "recorded_at": stamp.recorded_at,
                "source": arrival.source,
                "org_seq": org_seq,
                "rules_v": 1,
            }
        ],
    )
    return Decided(
        arrival.seq, arrival.id, first.outcome, tuple(first.codes), first.commit_seq, duplicate=True
    )


def _meaning(raw: bytes) -> dict[str, Any]:
    try:
        envelope = json.loads(raw.decode("utf-8", "surrogatepass"))
    except ValueError:
        return {}
    return significant(envelope) if isinstance(envelope, dict) else {}


def _contact(
    session: Session, device: Device, epoch: Epoch, body: Push, recorded_at: datetime
) -> None:
    """Remember what the device promised: its head, its clock, its cut."""
    if body.source == "rescue":
        return
    offset = round(body.clocks.offset_ms)
    if epoch.offset_ms is not None:
        epoch.offset_change_ms = offset - epoch.offset_ms
    epoch.offset_ms, epoch.rtt_ms = offset, round(body.clocks.rtt_ms)
    epoch.head_seq = max(epoch.head_seq, body.head_seq)
    epoch.last_contact, epoch.parked = recorded_at, body.parked
    if epoch.last_seq == body.head_seq:
        epoch.complete_cut_at = body.clocks.cut_at(recorded_at)
    row = session.get_one(Device, device.id)
    row.last_seen, row.pending, row.persisted = recorded_at, body.pending, body.persisted
    row.app = body.app or row.app
