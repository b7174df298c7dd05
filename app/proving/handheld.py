"""A handheld in Python: queues envelopes, chains and pushes them through the real protocol."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import uuid4

from app.kernel.ids import derived, uuid7

GENESIS = "0" * 64
BATCH = 50
ASKED = "asked"  # the channel of master data that came along with work
JSON = dict[str, Any]


class Wire(Protocol):
    """How requests travel: a test client, or HTTP; returns (status, body)."""

    def __call__(
        self, method: str, path: str, body: JSON | None, headers: Mapping[str, str]
    ) -> tuple[int, JSON]:
        """Send one request."""


@dataclass
class Clock:
    """The clocks of a handheld, in milliseconds; `wall` may be as wrong as it likes."""

    now: Callable[[], float]
    wrong_by: float = 0

    @property
    def wall(self) -> float:
        """What the handheld believes."""
        return self.now() + self.wrong_by


@dataclass
class Handheld:
    """One enrolled device and its journal."""

    wire: Wire
    clock: Clock
    label: str = "handheld"
    id: str = ""
    credential: str = ""
    site: str = ""
    org: str = ""
    epoch: int = 1
    actor: str | None = None
    grant: str | None = None
    boot: str = field(default_factory=lambda: uuid4().hex)
    queue: list[str] = field(default_factory=list)
    sent: int = 0  # of the queue, how many the server has acknowledged
    prev: str = GENESIS
    cursor: str = ""
    base: str | None = None
    rows: dict[tuple[str, str], JSON] = field(default_factory=dict)
    channels: dict[tuple[str, str, str], int] = field(default_factory=dict)
    results: dict[int, JSON] = field(default_factory=dict)
    pushes: int = 0

    # --- life -------------------------------------------------------------------------------

    def enrol(self, code: str) -> "Handheld":
        """Become a device of the site."""
        status, body = self.wire(
            "POST", "/api/v1/devices", {"enrolment_code": code, "label": self.label}, {}
        )
        if status != 201:  # noqa: PLR2004
            raise RuntimeError(f"not enrolled: {body}")
        self.id, self.credential = body["device"], body["credential"]
        self.site, self.org, self.epoch = body["site"]["id"], body["org"], body["epoch"]
        return self

    def sign_in(self, badge: str, pin: str) -> "Handheld":
        """Sign a person in, which brings a grant for offline work."""
        status, body = self.call("POST", "/api/v1/session", {"badge": badge, "pin": pin})
        if status != 200:  # noqa: PLR2004
            raise RuntimeError(f"not signed in: {body}")
        self.actor, self.grant = body["person"]["id"], body["grant"]["id"]
        return self

    def call(self, method: str, path: str, body: JSON | None = None) -> tuple[int, JSON]:
        """Make a request as this device."""
        return self.wire(method, path, body, {"Authorization": f"Device {self.credential}"})

    # --- working ----------------------------------------------------------------------------

    def record(
        self,
        kind: str,
        payload: JSON,
        *,
        task: str | None = None,
        lease: int | None = None,
        cause: str | None = None,
        operation: str | None = None,
        kind_v: int = 1,
    ) -> str:
        """Write an operation down; returns its id. Nothing is sent yet."""
        envelope = {
            "v": 1,
            "id": operation or uuid7(),
            "device": self.id,
            "epoch": self.epoch,
            "seq": len(self.queue) + 1,
            "prev": self.prev,
            "kind": kind,
            "kind_v": kind_v,
            "actor": self.actor,
            "grant": self.grant,
            "task": task,
            "lease": lease,
            "base": self.base,
            "wall_ms": round(self.clock.wall),
            "mono_ms": round(self.clock.now()),
            "boot": self.boot,
            "cause": cause,
            "app": "1.0.0",
            "payload": payload,
        }
        self.put(json.dumps(envelope, ensure_ascii=False, separators=(",", ":")))
        return str(envelope["id"])

    def put(self, text: str) -> None:
        """Append bytes to the journal, readable or not."""
        self.queue.append(text)
        self.prev = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

    # --- syncing ----------------------------------------------------------------------------

    def body(self, first: int | None = None, count: int = BATCH, **over: Any) -> JSON:  # noqa: ANN401
        """Build the body of a push from the `first` unacknowledged operation on."""
        start = (first or self.sent + 1) - 1
        ops = self.queue[start : start + count]
        now = self.clock.now()
        return {
            "protocol": 1,
            "device": self.id,
            "epoch": self.epoch,
            "boot": self.boot,
            "cut_wall_ms": round(self.clock.wall),
            "cut_mono_ms": round(now),
            "clock": {
                "offset_ms": -self.clock.wrong_by,
                "rtt_ms": 40,
                "wall_ms": round(self.clock.wall),
            },
            "first_seq": start + 1,
            "ops": ops,
            "has_more": start + count < len(self.queue),
            "head_seq": len(self.queue),
            "pending": len(self.queue) - self.sent,
            "parked": False,
            "storage": {"persisted": True, "used": 0.01},
            "app": "1.0.0",
            **over,
        }

    def push_once(self, **over: Any) -> tuple[int, JSON]:  # noqa: ANN401
        """Send one batch and take note of what is named in the answer."""
        status, answer = self.call("POST", "/api/v1/sync/push", self.body(**over))
        self.pushes += 1
        if status == 200:  # noqa: PLR2004
            for result in answer["results"]:
                self.results[result["seq"]] = result
            self.sent = max(self.sent, answer["acked_seq"])
        return status, answer

    def push(self) -> None:
        """Send everything; raises when the server does not take it."""
        while self.sent < len(self.queue):
            status, answer = self.push_once()
            if status != 200:  # noqa: PLR2004
                raise RuntimeError(f"{status} {answer}")

    def pull(self, limit: int = 500) -> None:
        """Fetch changes until there are no more, and check the sums."""
        while True:
            path = f"/api/v1/sync/pull?epoch={self.epoch}&cursor={self.cursor}&limit={limit}"
            status, page = self.call("GET", path)
            if status != 200:  # noqa: PLR2004
                raise RuntimeError(f"{status} {page}")
            self._apply(page)
            if not page["has_more"]:
                self.check(page["sums"])
                return

    def _apply(self, page: JSON) -> None:
        if page["reset"]:
            self.rows.clear()
            self.channels.clear()
        for change in [*page["changes"], *page["asked"]]:
            mark = (change["channel"], change["entity"], change["id"])
            if change["row"] is None:
                known = self.channels.pop(mark, None)
                if mark[0] != ASKED or (known is not None and not self._holds(mark[1:])):
                    self.rows.pop(mark[1:], None)
            else:
                self.channels[mark] = change["seq"]
                self.rows[mark[1:]] = change["row"]
        self.cursor, self.base = page["cursor"], page["base"]

    def _holds(self, row: tuple[str, str]) -> bool:
        """By whichever channel it came."""
        return any(mark[1:] == row for mark in self.channels)

    def check(self, sums: Mapping[str, JSON]) -> None:
        """Compare what is held with what the server says is held (S11)."""
        held: dict[str, list[int]] = {name: [0, 0] for name in sums}
        for (channel, entity, row_id), seq in self.channels.items():
            if channel == ASKED:
                continue  # what work brought along, beyond the sums
            digest = hashlib.sha256(f"{channel}|{entity}|{row_id}|{seq}".encode()).digest()
            held[channel][0] += 1
            held[channel][1] ^= int.from_bytes(digest[:8], "big")
        for channel, (n, xor) in held.items():
            if sums[channel] != {"n": n, "xor": f"{xor:016x}"}:
                raise RuntimeError(f"{channel}: {n} rows {xor:016x}, server {sums[channel]}")

    def sync(self) -> None:
        """Hand in everything, then fetch everything."""
        self.push()
        self.pull()

    # --- looking ----------------------------------------------------------------------------

    def all(self, entity: str) -> list[JSON]:
        """Return the rows held of one kind, in the order of their ids."""
        return [row for (kind, _), row in sorted(self.rows.items()) if kind == entity]

    def lpn(self, code: str) -> str:
        """The id of a handling unit or tote."""
        return derived(self.site, code)


def goods(item: str, quantity: int, **over: Any) -> JSON:  # noqa: ANN401
    """Goods as they stand in a payload."""
    return {
        "item": item,
        "packaging": None,
        "lot": None,
        "expiry": None,
        "serial": None,
        "lpn": None,
        "status": "available",
        "quantity": quantity,
        **over,
    }
