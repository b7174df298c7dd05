"""An envelope on its way in: read, checked for form, stamped, not yet decided."""

import hashlib
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter
from typing import Any

from marshmallow import ValidationError

from app.kernel import jsontext
from app.kernel.ids import is_uuid
from app.ledger.postings import EffKey
from app.pipeline.operation import Kind, Operation, Playbook, Stamp
from app.pipeline.schema import load_as

ENVELOPE_LIMIT = 16 * 1024
FIELDS = (
    "v", "id", "device", "epoch", "seq", "prev", "kind", "kind_v", "actor", "grant", "task",
    "lease", "base", "wall_ms", "mono_ms", "boot", "cause", "app", "payload",
)  # fmt: skip
NAMES = frozenset(FIELDS)
SPELLED = ("kind", "boot", "app", "actor", "grant", "base")
BIG = 2**53
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

    def understood(self, operation: Operation[Any]) -> None:
        """Take it for what its codes stand for; what arrived stays as it is."""
        self._operation = operation

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
            u=stamp.u,
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
        arrival.payload = load_as(kind, envelope["payload"])
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
        envelope = jsontext.read(text)
    except (ValueError, RecursionError):
        return {}
    return envelope if isinstance(envelope, dict) else {}


def _well_formed(envelope: dict[str, Any], device: str, epoch: int, seq: int) -> bool:
    """Check everything but the payload, and that it agrees with the push around it."""
    if envelope.keys() != NAMES:
        return False
    task, cause, lease = envelope["task"], envelope["cause"], envelope["lease"]
    kind_v = envelope["kind_v"]
    names = _spelled(envelope)
    return (
        envelope["v"] == 1
        and is_uuid(envelope["id"])
        and (envelope["device"], envelope["epoch"], envelope["seq"]) == (device, epoch, seq)
        and type(envelope["epoch"]) is type(envelope["seq"]) is int
        and 1 <= seq < BIG
        and type(kind_v) is int
        and 1 <= kind_v < 2**31
        and (task is None or is_uuid(task))
        and (cause is None or is_uuid(cause))
        and (lease is None or (type(lease) is int and 0 <= lease < BIG))
        and _number(envelope["wall_ms"])
        and _number(envelope["mono_ms"])
        and _known_spelling(names)
    )


_spelled = itemgetter(*SPELLED)


def _known_spelling(names: tuple[object, ...]) -> bool:
    try:
        return _well_spelled(names)
    except TypeError:  # lists and objects cannot be remembered, nor are they names
        return False


@lru_cache(maxsize=5_000)
def _well_spelled(names: tuple[object, ...]) -> bool:
    """Check what is the same in one envelope after another."""
    kind, boot, app, actor, grant, base = names
    return (
        _text(kind, 60)
        and _text(boot, 80)
        and (app is None or _text(app, 40))
        and _name(actor)
        and _name(grant)
        and _name(base)
    )


def _text(value: object, most: int) -> bool:
    return type(value) is str and len(value) <= most and value.isprintable()


def _name(value: object) -> bool:
    return value is None or (type(value) is str and len(value) <= 80 and value.isprintable())  # noqa: PLR2004


def _number(value: object) -> bool:
    """Clocks may lie, but they must be numbers that a database can hold."""
    return type(value) in (int, float) and abs(value) < BIG  # type: ignore[arg-type]
