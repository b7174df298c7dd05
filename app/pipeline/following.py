"""What the system does by itself because of what was decided: operations of its own."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import Any

from app.kernel.clock import millis
from app.kernel.ids import derived
from app.pipeline.arrival import Arrival
from app.pipeline.models import Stream
from app.pipeline.operation import Outcome, Playbook, Stamp
from app.pipeline.schema import load

REAPPLY = ("system.reapply", 1)


def following(
    playbook: Playbook, stream: Stream, decided: Sequence[tuple[Arrival, Outcome]]
) -> Iterator[Arrival]:
    """Let each kept operation that the outcomes name take effect, once, in its own chunk."""
    for arrival, outcome in decided:
        for n, kept in enumerate(outcome.again, start=1):
            named = {"id": derived(str(arrival.id), n), "cause": kept, "seq": stream.commit_seq + 1}
            yield _written(playbook, arrival, named, {"exception": outcome.exception})


def _written(
    playbook: Playbook, because: Arrival, named: dict[str, Any], payload: dict[str, Any]
) -> Arrival:
    if because.stamp is None:
        raise ValueError("not stamped")
    moment = because.stamp.recorded_at
    kind = playbook.kinds[REAPPLY]
    envelope = {
        **because.envelope,
        **named,
        "device": "system",
        "epoch": 1,
        "prev": None,
        "kind": kind.name,
        "kind_v": kind.version,
        "grant": None,
        "task": None,
        "lease": None,
        "base": None,
        "wall_ms": millis(moment),
        "mono_ms": 0,
        "boot": "server",
        "app": None,
        "payload": payload,
    }
    raw = json.dumps(envelope, ensure_ascii=False, separators=(",", ":")).encode()
    sha = hashlib.sha256(raw).hexdigest()
    made = Arrival(raw, sha, envelope, "system", 1, named["seq"], kind=kind, source="office")
    made.payload = load(kind.payload, payload)
    return made.stamped(Stamp(moment, 0, moment))
