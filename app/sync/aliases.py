"""The same operation under a new number, and ids that somebody used twice."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from app.among import among_named, keys_text
from app.kernel import jsontext
from app.pipeline import execute as pipeline
from app.pipeline.arrival import Arrival, significant
from app.pipeline.execute import Decided
from app.pipeline.floor import Floor
from app.pipeline.models import StoredOperation, Stream
from app.pipeline.operation import Playbook
from app.rows import bulk
from app.rows.prepared import Prepared

LOG: Any = StoredOperation.__table__
SEEN = Prepared(
    select(StoredOperation.operation).where(
        among_named(StoredOperation.operation, "ids"), StoredOperation.alias.is_(False)
    )
)


@dataclass(frozen=True)
class Desk:
    """Where a chunk is decided: one transaction on one site."""

    playbook: Playbook
    floor: Floor
    stream: Stream
    org_seq: int

    def decide(self, arrivals: Sequence[Arrival]) -> list[Decided]:
        """Apply what is new."""
        if not arrivals:
            return []
        return pipeline.execute(self.playbook, self.floor, self.stream, arrivals, self.org_seq)


def apply(desk: Desk, arrivals: Sequence[Arrival]) -> list[Decided]:
    """Apply arrivals in order; an id that was seen before is never applied again."""
    results: list[Decided] = []
    seen = _seen_elsewhere(desk.floor, arrivals)
    batch: list[Arrival] = []
    ids: set[str] = set()  # of the batch
    for arrival in arrivals:
        first = seen.get(arrival.id) if arrival.id else None
        if first is None and arrival.id not in ids:
            batch.append(arrival)
            ids |= {arrival.id} if arrival.id else set()
            continue
        results += desk.decide(batch)
        batch, ids = [], set()
        first = first or _seen_elsewhere(desk.floor, [arrival]).get(str(arrival.id))
        results.append(_again(desk, arrival, first) if first else desk.decide([arrival])[0])
    return results + desk.decide(batch)


def _seen_elsewhere(floor: Floor, arrivals: Sequence[Arrival]) -> dict[str, StoredOperation]:
    ids = keys_text([arrival.id for arrival in arrivals if arrival.id])
    seen = [operation for (operation,) in floor.ask(SEEN, ids=ids)]
    if not seen:
        return {}
    rows = floor.session.scalars(
        select(StoredOperation).where(
            StoredOperation.operation.in_(seen), StoredOperation.alias.is_(False)
        )
    )
    return {str(row.operation): row for row in rows}


def _again(desk: Desk, arrival: Arrival, first: StoredOperation) -> Decided:
    """The same operation under a new number is an alias; anything else wears a stolen id."""
    same = first.stream == desk.stream.id
    if not same or _meaning(first.envelope) != significant(arrival.envelope):
        stolen = replace(arrival, quarantined="sync.id_reused", kind=None, payload=None)
        stolen = replace(stolen, envelope={**arrival.envelope, "id": None})
        (decided,) = desk.decide([stolen])
        return replace(decided, id=arrival.id)
    desk.stream.commit_seq += 1
    bulk.insert(desk.floor.session, LOG, [_row(desk, arrival, first)])
    return Decided(
        arrival.seq, arrival.id, first.outcome, tuple(first.codes), first.commit_seq, duplicate=True
    )


def _row(desk: Desk, arrival: Arrival, first: StoredOperation) -> dict[str, Any]:
    stamp = arrival.stamp
    if stamp is None:
        raise ValueError("not stamped")
    return {
        "stream": desk.stream.id,
        "commit_seq": desk.stream.commit_seq,
        "chunk": desk.stream.commit_seq,
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
        "org_seq": desk.org_seq,
        "rules_v": 1,
    }


def _meaning(raw: bytes) -> dict[str, Any]:
    try:
        envelope = jsontext.read(raw.decode("utf-8", "surrogatepass"))
    except ValueError:
        return {}
    return significant(envelope) if isinstance(envelope, dict) else {}
