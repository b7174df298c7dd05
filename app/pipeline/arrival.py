"""An envelope on its way in: read, checked for form, stamped, not yet decided."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from marshmallow import ValidationError

from app.kernel.ids import is_uuid
from app.ledger.postings import EffKey
from app.pipeline.operation import Kind, Operation, Playbook, Stamp
from app.pipeline.schema import load

ENVELOPE_LIMIT = 16 * 1024
FIELDS = (
    "v", "id", "device", "epoch", "seq", "prev", "kind", "kind_v", "actor", "grant", "task",
    "lease", "base", "wall_ms", "mono_ms", "boot", "cause", "app", "payload",
)  # fmt: skip
NAMES = frozenset(FIELDS)
SIGNIFICANT = tuple(name for name in FIELDS if name not in {"epoch", "seq", "prev"})


@dataclass(slots=True)
class Arrival:
    """One envelope, filled in at the door. `payload` is None where it could not be read.

    `codes` says why; `id` is the operation's, if it has a proper one.
    """

    raw: bytes
    sha: str
    envelope: dict[str, Any]
    device: str
    epoch: int
    seq: int
    payload: Any = None
    kind: Kind | None = None
    codes: tuple[str, ...] = ()
    stamp: Stamp | None = None
    source: str = "push"
    quarantined: str | None = None  # the code under which it is kept without effect
    flags: tuple[str, ...] = ()  # sync.* codes that the door found
    id: str | None = field(init=False)
    _key: EffKey | None = field(init=False, default=None)
    _operation: Operation[Any] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        """Believe an id only if it is one."""
        value = self.envelope.get("id")
        self.id = value if is_uuid(value) else None

    @property
    def key(self) -> EffKey:
        """When it happened, in order."""
        if self._key is None:
            if self.stamp is None:
                raise ValueError("not stamped yet")
            self._key = EffKey(self.stamp.eff_at, self.device, self.epoch, self.seq)
        return self._key

    def stamped(self, stamp: Stamp) -> "Arrival":
        """Take the stamp."""
        self.stamp, self._key, self._operation = stamp, None, None
        return self

    def operation(self, site: str) -> Operation[Any]:
        """Return what the handler sees."""
        if self._operation is None:
            self._operation = self._seen_at(site)
        return self._operation

    def _seen_at(self, site: str) -> Operation[Any]:
        envelope, stamp = self.envelope, self.stamp
        if stamp is None or self.kind is None or self.id is None:
            raise ValueError("cannot be executed")
        return Operation(
            id=self.id,
            kind=self.kind.name,
            kind_v=self.kind.version,
            payload=self.payload,
            site=site,
            actor=envelope.get("actor"),
            key=self.key,
            recorded_at=stamp.recorded_at,
            cause=envelope.get("cause"),
            task=envelope.get("task"),
            lease=envelope.get("lease"),
        )


def read(
    playbook: Playbook,
    text: str,
    device: str,
    epoch: int,
    seq: int,
    source: str = "push",
    sha: str | None = None,
) -> Arrival:
    """Read an envelope as it stands; whatever is wrong with it becomes a code, never an error."""
    raw = text.encode("utf-8", "surrogatepass")
    sha = sha or hashlib.sha256(raw).hexdigest()
    if len(raw) > ENVELOPE_LIMIT and source != "office":  # the server's own may be as long as it is
        return _unreadable(raw[:ENVELOPE_LIMIT], sha, {}, device, epoch, seq, source)
    envelope = _parse(text)
    if not _well_formed(envelope, device, epoch, seq):
        return _unreadable(raw, sha, envelope, device, epoch, seq, source)
    kind = playbook.kinds.get((envelope["kind"], envelope["kind_v"]))
    arrival = Arrival(raw, sha, envelope, device, epoch, seq, kind=kind, source=source)
    if kind is None:
        arrival.quarantined = "sync.unsupported"
        return arrival
    try:
        arrival.payload = load(kind.payload, envelope["payload"])
    except ValidationError as error:
        arrival.codes = tuple(sorted(map(str, error.normalized_messages())))
        arrival.quarantined = "sync.unreadable"
    return arrival


def significant(envelope: dict[str, Any]) -> dict[str, Any]:
    """Return what a rotation may not change."""
    return {name: envelope.get(name) for name in SIGNIFICANT}


def _unreadable(
    raw: bytes, sha: str, envelope: dict[str, Any], device: str, epoch: int, seq: int, source: str
) -> Arrival:
    # Whatever id it carries is not believed: the true owner of that id may still come.
    known = {name: value for name, value in envelope.items() if name != "id"}
    return Arrival(
        raw, sha, known, device, epoch, seq, source=source, quarantined="sync.unreadable"
    )


def _parse(text: str) -> dict[str, Any]:
    try:
        envelope = _parsed(text)
    except (ValueError, RecursionError):
        return {}
    return envelope if isinstance(envelope, dict) else {}


def _refuse(name: str) -> float:
    raise ValueError(name)  # NaN and Infinity are not JSON


_parsed = json.JSONDecoder(parse_constant=_refuse).decode


def _whole(value: object, least: int = 0) -> bool:
    return type(value) is int and least <= value < 2**53


def _text(value: object, most: int, *, null: bool = False) -> bool:
    if value is None:
        return null
    return isinstance(value, str) and len(value) <= most and value.isprintable()


def _well_formed(envelope: dict[str, Any], device: str, epoch: int, seq: int) -> bool:
    """Check everything but the payload, and that it agrees with the push around it."""
    return (
        envelope.keys() == NAMES
        and envelope["v"] == 1
        and is_uuid(envelope["id"])
        and (envelope["device"], envelope["epoch"], envelope["seq"]) == (device, epoch, seq)
        and _whole(envelope["epoch"], 1)
        and _whole(envelope["seq"], 1)
        and _text(envelope["kind"], 60)
        and _whole(envelope["kind_v"], 1)
        and envelope["kind_v"] < 2**31
        and _text(envelope["actor"], 80, null=True)
        and _text(envelope["grant"], 80, null=True)
        and _text(envelope["base"], 80, null=True)
        and (envelope["task"] is None or is_uuid(envelope["task"]))
        and (envelope["cause"] is None or is_uuid(envelope["cause"]))
        and (envelope["lease"] is None or _whole(envelope["lease"]))
        and _number(envelope["wall_ms"])
        and _number(envelope["mono_ms"])
        and _text(envelope["boot"], 80)
        and _text(envelope["app"], 40, null=True)
    )


def _number(value: object) -> bool:
    """Clocks may lie, but they must be numbers that a database can hold."""
    return type(value) in (int, float) and abs(value) < 2**53  # type: ignore[arg-type]
