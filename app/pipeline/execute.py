"""Apply a chunk: decide in memory, write in bulk, all in the caller's one transaction."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from app.among import among_named, keys_text
from app.events import Called
from app.kernel.ids import derived
from app.kernel.problem import Problem
from app.kernel.values import value
from app.ledger import journal
from app.ledger.models import Voided
from app.pipeline import exceptions, replicas
from app.pipeline.arrival import Arrival
from app.pipeline.catalogue import entry
from app.pipeline.floor import Floor, Suspicion, Wanted
from app.pipeline.following import following
from app.pipeline.log import row_of
from app.pipeline.models import StoredOperation, Stream
from app.pipeline.operation import Operation, Outcome, Playbook, Refs
from app.pipeline.overtaking import overtaken
from app.rows import bulk
from app.rows.prepared import Prepared

LOG: Any = StoredOperation.__table__
CALLED_OFF = Prepared(
    select(Voided.cause).where(among_named(Voided.cause, "ids"), Voided.applied.is_(False))
)

# Doubts about a person refuse a request; a fact is kept or flagged instead.
DOUBTS = frozenset({"sync.actor_unproven", "sync.grant_expired", "sync.role_missing"})


@value
class Decided:
    """The answer to one envelope."""

    seq: int
    id: str | None
    outcome: str
    codes: tuple[str, ...]
    commit_seq: int
    duplicate: bool = False
    detail: dict[str, Any] | None = None


@dataclass
class Chunk:
    """What a chunk has decided so far, before anything is written."""

    org_seq: int
    bookings: list[journal.Booking] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)
    decided: list[Decided] = field(default_factory=list)
    units: set[str] = field(default_factory=set)
    again: list[tuple[Arrival, Outcome]] = field(default_factory=list)


@dataclass(frozen=True)
class Replay:
    """The stored answer of an operation that is being replayed."""

    outcome: str
    codes: tuple[str, ...]
    detail: dict[str, Any] | None = None


def execute(
    playbook: Playbook,
    floor: Floor,
    stream: Stream,
    arrivals: Sequence[Arrival],
    org_seq: int,
    replay: Sequence[Replay] | None = None,
) -> list[Decided]:
    """Decide and write one chunk. Every arrival is new; order is `seq` order.

    With `replay` the outcomes are taken as given: what was kept without effect stays so, and
    what was decided because of it has rows of its own.
    """
    chunk = _chunk(playbook, floor, stream, arrivals, org_seq, replay)
    for arrival in following(playbook, stream, chunk.again) if replay is None else ():
        _chunk(playbook, floor, stream, [arrival], org_seq, None)
    return chunk.decided


def _chunk(
    playbook: Playbook,
    floor: Floor,
    stream: Stream,
    arrivals: Sequence[Arrival],
    org_seq: int,
    replay: Sequence[Replay] | None,
) -> Chunk:
    floor.forget()
    floor.kinds = playbook.kinds
    _load(floor, arrivals)
    ids = keys_text([arrival.id for arrival in arrivals if arrival.id])
    floor.waiting |= {cause for (cause,) in floor.ask(CALLED_OFF, ids=ids)}
    chunk = Chunk(org_seq)
    for n, arrival in enumerate(arrivals):
        given = replay[n] if replay else None
        _decide(playbook, floor, stream, arrival, chunk, given)
    for row in chunk.rows:
        row["chunk"] = stream.commit_seq
    bulk.insert(floor.session, LOG, chunk.rows)
    _effects(playbook, floor, stream, chunk)
    return chunk


def _load(floor: Floor, arrivals: Sequence[Arrival]) -> None:
    """Fetch everything that the handlers will ask for, a table at a time."""
    refs: list[Refs] = []
    wanted: Wanted = defaultdict(set)
    for arrival in arrivals:
        if arrival.payload is None or arrival.kind is None:
            continue
        ref = arrival.kind.refs(arrival.payload)
        refs.append(ref)
        for model, key in ref.ids:
            wanted[model].add(key)
        for namespace, names in ((floor.org, ref.named), (floor.site, ref.here)):
            for model, name in names:
                wanted[model].add(derived(namespace, name))
        if arrival.kind.task is not None:
            wanted[arrival.kind.task].add(arrival.envelope.get("task"))
    floor.load_sets(wanted)
    floor.load_sets(_pointed_to(floor, refs))
    floor.load_groups(group for ref in refs for group in ref.groups)


def _pointed_to(floor: Floor, refs: Sequence[Refs]) -> Wanted:
    wanted: Wanted = defaultdict(set)
    for ref in refs:
        for model, key, column, pointed in ref.through:
            row = floor.find(model, key)
            if row is not None:
                wanted[pointed].add(getattr(row, column))
    return wanted


def _decide(
    playbook: Playbook,
    floor: Floor,
    stream: Stream,
    arrival: Arrival,
    chunk: Chunk,
    given: Replay | None,
) -> None:
    stream.commit_seq += 1
    floor.now = Suspicion(arrival.id, arrival.device, arrival.key.eff_at)
    outcome, verdict, codes, detail = _judged(playbook, floor, arrival, given)
    if given is not None:
        verdict, codes = given.outcome, given.codes
    if verdict in ("applied", "flagged") and arrival.kind is not None:
        operation = outcome.instead_of or arrival.operation(floor.site)
        _take(playbook, floor, operation, outcome, chunk, stream)
        if outcome.again:
            chunk.again.append((arrival, outcome))
    elif arrival.id is not None and floor.voids_waiting(arrival.id):
        _called_off(floor, arrival.id)  # kept without effect, so nothing to take back
    exceptions.note(floor, arrival, verdict, codes, detail, outcome.flags)
    row = row_of(stream, arrival, verdict, codes, detail, chunk.org_seq)
    if outcome.instead_of is not None:
        row["cause"] = outcome.instead_of.id
    chunk.rows.append(row)
    chunk.decided.append(
        Decided(arrival.seq, arrival.id, verdict, codes, stream.commit_seq, detail=detail)
    )


def _judged(
    playbook: Playbook, floor: Floor, arrival: Arrival, given: Replay | None
) -> tuple[Outcome, str, tuple[str, ...], dict[str, Any] | None]:
    """Run the handler; a fact it cannot interpret is kept, a request it cannot grant refused."""
    if given is not None and given.outcome in ("exception", "refused"):
        return Outcome(), given.outcome, given.codes, given.detail
    if arrival.quarantined is not None or arrival.kind is None:
        detail = {"fields": list(arrival.codes)} if arrival.codes else None
        request = arrival.kind is not None and not arrival.kind.fact
        doubted = request and arrival.quarantined in DOUBTS
        verdict = "refused" if doubted else "exception"
        return Outcome(), verdict, (arrival.quarantined or "sync.unsupported",), detail
    try:
        meant, outcome = playbook.handle(floor, arrival.kind, arrival.operation(floor.site))
        arrival.understood(meant)
    except Problem as problem:
        verdict = "exception" if arrival.kind.fact else "refused"
        return Outcome(), verdict, (problem.code,), problem.plain()
    codes = arrival.flags
    if outcome.flags:
        loud = [flag.code for flag in outcome.flags if not entry(flag.code).silent]
        codes = tuple(dict.fromkeys([*codes, *loud]))
    return outcome, "flagged" if codes else "applied", codes, outcome.mapped


def _take(
    playbook: Playbook,
    floor: Floor,
    operation: Operation[Any],
    outcome: Outcome,
    chunk: Chunk,
    stream: Stream,
) -> None:
    """Let an outcome happen: counters, events, postings; unless it was voided already."""
    for progress in outcome.progress:
        row: Any = floor.get(progress.model, progress.id)
        setattr(row, progress.name, getattr(row, progress.name) + progress.delta)
        floor.touch(row)
    for event in outcome.events:
        for subscriber in playbook.subscribers.get(type(event), ()):
            subscriber(floor, operation, event)
    for position in outcome.positions:
        floor.suspect("unit", position.unit)
    chunk.bookings.append(
        journal.Booking(
            operation=operation.id,
            commit_seq=stream.commit_seq,
            key=outcome.at if outcome.at is not None else operation.key,
            recorded_at=operation.recorded_at,
            postings=outcome.postings,
            positions=outcome.positions,
            anchors=outcome.anchors,
        )
    )
    chunk.units |= set(outcome.refold)
    if outcome.settled is not None:
        stream.settled_at = max(outcome.settled, stream.settled_at or outcome.settled)
    if outcome.closes is not None:
        stream.opens_at, stream.first_day = outcome.closes
    _void_that_came_first(playbook, floor, operation, outcome, chunk, stream)


def _void_that_came_first(
    playbook: Playbook,
    floor: Floor,
    operation: Operation[Any],
    outcome: Outcome,
    chunk: Chunk,
    stream: Stream,
) -> None:
    """Take back at once what another handheld has already called off."""
    if not floor.voids_waiting(operation.id):
        return
    _called_off(floor, operation.id)
    kind = playbook.kinds[(operation.kind, operation.kind_v)]
    if kind.final or not kind.fact:
        floor.state("void", operation.id, "cannot_be_voided", {"kind": kind.name})
        return
    for progress in outcome.progress:
        row: Any = floor.get(progress.model, progress.id)
        setattr(row, progress.name, getattr(row, progress.name) - progress.delta)
    chunk.bookings.append(
        journal.Booking(
            operation=operation.id,
            commit_seq=stream.commit_seq,
            key=operation.key,
            recorded_at=operation.recorded_at,
            postings=tuple(posting.reversed() for posting in outcome.postings),
        )
    )
    for subscriber in playbook.subscribers.get(Called, ()):
        subscriber(floor, operation, Called(operation.id, outcome.events))


def _called_off(floor: Floor, operation: str) -> None:
    """What somebody called off has arrived: nobody waits for it any more."""
    floor.get(Voided, operation).applied = True
    floor.suspect("void", operation)


def _effects(playbook: Playbook, floor: Floor, stream: Stream, chunk: Chunk) -> None:
    """Write what was decided, then everything that follows from it."""
    floor.write()
    if chunk.bookings:
        where = (floor.site, floor.variance, floor.supplier)
        moved = journal.write(floor.session, *where, chunk.bookings, chunk.units, stream.books)
        for key in moved.keys:
            if key.holder not in floor.virtual:
                floor.suspect("stock", "|".join(key))
        for unit in moved.units - floor.subjects["unit"].keys():
            floor.suspect("unit", unit)
        for place in moved.places - floor.virtual:
            floor.suspect("place", place)
        overtaken(playbook, floor, stream, chunk.bookings, moved.places)
    for model, refresh in playbook.refreshers.items():
        if floor.touched.get(model):
            refresh(floor, set(floor.touched[model]))
    floor.write()
    exceptions.derive(playbook, floor, stream)
    replicas.publish(playbook, floor, stream)
    floor.write()
    if not floor.written.isdisjoint(playbook.masters):
        stream.masters_seq = stream.commit_seq
        floor.write()
