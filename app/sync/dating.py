"""Give the envelopes of a push their stamps, once, from what the journal and its clocks say."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.pipeline.arrival import Arrival
from app.pipeline.models import Epoch, StoredOperation, Stream
from app.pipeline.operation import Stamp
from app.rows.prepared import Prepared
from app.sync.stamps import UNMEASURED, Clocks, Past, Reading, stamps

DIGITS = 18  # more do not fit a database integer

RECORDED = Prepared(
    select(StoredOperation.recorded_at).where(
        StoredOperation.stream == bindparam("stream"),
        StoredOperation.commit_seq == bindparam("seq"),
    )
)


def doubted(clocks: Clocks, epoch: Epoch) -> Clocks:
    """An offset that moved while work waited makes every stamp that much less certain."""
    if not clocks.measured:
        return replace(clocks, offset_change_ms=UNMEASURED)
    if epoch.offset_ms is None:
        return clocks
    return replace(clocks, offset_change_ms=moved(clocks, epoch))


def moved(clocks: Clocks, epoch: Epoch) -> float:
    """By how much the clock was set since everything had arrived, heartbeats between included."""
    since = clocks.offset_ms - (epoch.offset_ms if epoch.offset_ms is not None else 0)
    return abs(since) + epoch.offset_change_ms


def date(
    session: Session,
    stream: Stream,
    epoch: Epoch,
    clocks: Clocks,
    fresh: Sequence[Arrival],
    recorded_at: datetime,
) -> dict[int, Stamp]:
    """Stamp everything new in a push at once: an outlier leans on its neighbours there."""
    bases = _bases(session, stream, fresh)
    readings = [_reading(arrival, bases) for arrival in fresh]
    past = Past(epoch.complete_cut_at, epoch.last_eff_at)
    dated = stamps(clocks, readings, past, recorded_at)
    return {arrival.seq: stamp for arrival, stamp in zip(fresh, dated, strict=True)}


def _reading(arrival: Arrival, bases: Mapping[str, datetime]) -> Reading | None:
    envelope = arrival.envelope
    if arrival.kind is None and arrival.quarantined == "sync.unreadable":
        return None
    return Reading(
        envelope["wall_ms"],
        envelope["mono_ms"],
        envelope["boot"],
        bases.get(envelope["base"]) if envelope["base"] else None,
    )


def _bases(session: Session, stream: Stream, fresh: Sequence[Arrival]) -> dict[str, datetime]:
    """When the pulls were recorded that these envelopes were written on top of."""
    wanted: dict[str, int] = {}
    for arrival in fresh:
        base = arrival.envelope.get("base")
        incarnation, _, seq = base.rpartition(":") if isinstance(base, str) else ("", "", "")
        if incarnation == stream.incarnation and seq.isdecimal() and len(seq) < DIGITS:
            wanted[str(base)] = int(seq)
    if not wanted:
        return {}
    recorded = {
        seq: rows[0][0]
        for seq in sorted(set(wanted.values()))
        if (rows := RECORDED.rows(session, stream=stream.id, seq=seq))
    }
    return {base: recorded[seq] for base, seq in wanted.items() if seq in recorded}
