"""The operation log: one row for every envelope, readable or not, written once."""

from typing import Any

from app.pipeline.arrival import Arrival
from app.pipeline.models import Stream


def row_of(
    stream: Stream,
    arrival: Arrival,
    verdict: str,
    codes: tuple[str, ...],
    detail: dict[str, Any] | None,
    org_seq: int,
) -> dict[str, Any]:
    """Write down what arrived and what it was answered."""
    stamp, envelope = arrival.stamp, arrival.envelope
    if stamp is None:
        raise ValueError("not stamped")
    readable = arrival.payload is not None and arrival.kind is not None
    return {
        "stream": stream.id,
        "commit_seq": stream.commit_seq,
        "operation": arrival.id,
        "alias": False,
        "device": arrival.device,
        "epoch": arrival.epoch,
        "seq": arrival.seq or stream.commit_seq,
        "kind": envelope.get("kind") if arrival.kind else None,
        "kind_v": envelope.get("kind_v") if arrival.kind else None,
        "actor": envelope.get("actor") if arrival.kind else None,
        "cause": envelope.get("cause") if arrival.kind else None,
        "subject": arrival.kind.subject(arrival.payload) if readable and arrival.kind else None,
        "envelope": arrival.raw,
        "sha": bytes.fromhex(arrival.sha),
        "outcome": verdict,
        "codes": list(codes),
        "detail": detail,
        "eff_at": stamp.eff_at,
        "u": stamp.u,
        "clamped": stamp.clamped,
        "recorded_at": stamp.recorded_at,
        "source": arrival.source,
        "org_seq": org_seq,
        "rules_v": 1,
    }
