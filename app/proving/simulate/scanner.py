"""The device core as a step machine: record, ask for the next request, hear the answer.

Whoever drives it owns time and network; another core behind `Core` is driven the same way.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from app.kernel.ids import derived
from app.proving.handheld import JSON, Handheld
from app.proving.simulate.journals import (
    Ask,
    DeviceClock,
    Journal,
    branching,
    put,
    reenveloped,
)

OK, CREATED, UNKNOWN, CONFLICT, TOO_LARGE = 200, 201, 401, 409, 413
STALE = 60_000  # ms of silence after which a heartbeat comes first


@dataclass
class Scanner(Handheld):
    """One handheld; `hand` is the pair of hands that it belongs to."""

    clock: DeviceClock  # type: ignore[assignment]
    hand: int = 0
    batch: int = 50
    page: int = 500
    journals: list[Journal] = field(default_factory=list)  # open ones; the last takes what comes
    kept: list[Journal] = field(default_factory=list)  # done with, for whoever asks again
    rescues: list[Journal] = field(default_factory=list)  # of handhelds that cannot speak
    rescued: list[Journal] = field(default_factory=list)  # and named, until now
    branching: JSON | None = None  # asks for a journal for the first of the rescues
    incarnation: str | None = None
    rotation: JSON | None = None
    enrolment: JSON | None = None
    lost: bool = False  # the next journal begins with a declared loss
    asked: bool = False  # nothing goes on until a supervisor enrols it anew
    last_heard: float = -STALE
    pulled: bool = False
    rotations: int = 0
    sessions: int = 0
    refused: list[str] = field(default_factory=list)  # answers that nobody expects
    parked: bool = False  # signed off, with nothing left to hand in

    # --- recording ---------------------------------------------------------------------------

    def write(self, now: float, kind: str, payload: JSON, operation: str, cause: str | None) -> int:
        """Record a gesture in the newest journal."""
        journal = self.journals[-1]
        if not self.ready:
            return 0
        self.clock.at = now
        self.boot = self.clock.piece.boot
        self.epoch, self.queue, self.prev = journal.epoch, journal.queue, journal.prev
        self.record(kind, payload, operation=operation, cause=cause)
        journal.prev = self.prev
        return journal.epoch

    @property
    def ready(self) -> bool:
        """Whether the server has numbered a journal for it."""
        return bool(self.journals[-1].epoch)

    @property
    def waits(self) -> bool:
        """Whether something still has to be said or fetched."""
        open_ = self.asked or self.enrolment or self.rotation
        return bool(open_ or self.pending or not self.pulled)

    @property
    def pending(self) -> int:
        """How many operations nobody has answered for."""
        return sum(journal.pending for journal in (*self.journals, *self.rescues))

    # --- asking ------------------------------------------------------------------------------

    def begin(self) -> None:
        """Start a session: hand in and fetch; every other time it fetches first."""
        self.pulled = False
        self.sessions += 1

    def next_ask(self, now: float) -> Ask | None:
        """Say what is to be sent next."""
        self.clock.at = now
        if self.asked:
            return None
        if self.enrolment is not None:
            return Ask("POST", "/api/v1/devices", self.enrolment, None)
        if self.rotation is not None:
            return self._ask("POST", "/api/v1/sync/rotate", self.rotation)
        if self.branching is not None:
            return self._ask("POST", "/api/v1/sync/rotate", self.branching, self.rescues[0])
        fetching = None if self.pulled else self._fetching()
        if self.sessions % 2:
            return fetching or self._handing_in(now)
        return self._handing_in(now) or fetching

    def _handing_in(self, now: float) -> Ask | None:
        """A heartbeat after a silence, then the oldest journal first, then those of others."""
        if now - self.last_heard > STALE:
            return self.push_of(self.journals[-1], 0)
        for journal in self.journals:
            if journal.pending:
                return self.push_of(journal, self.batch)
        return self._rescue(self.rescues[0]) if self.rescues else None

    def _fetching(self) -> Ask:
        query = f"epoch={self.journals[-1].epoch}&cursor={self.cursor}&limit={self.page}"
        return self._ask("GET", f"/api/v1/sync/pull?{query}", None)

    def _ask(
        self, method: str, path: str, body: JSON | None, journal: Journal | None = None
    ) -> Ask:
        return Ask(method, path, body, self.credential, journal, self.clock.wall)

    def push_of(self, journal: Journal, count: int) -> Ask:
        self.epoch, self.queue, self.sent = journal.epoch, journal.queue, journal.sent
        self.boot = self.clock.piece.boot
        measured = {
            "offset_ms": self.clock.offset,
            "rtt_ms": self.clock.rtt,
            "wall_ms": round(self.clock.asked_wall),
        }
        body = self.body(count=count, clock=measured, pending=self.pending)
        body["parked"] = self.parked and not self.pending
        return self._ask("POST", "/api/v1/sync/push", body, journal)

    def _rescue(self, journal: Journal) -> Ask:
        ops = journal.queue[journal.sent : journal.sent + self.batch]
        body = {"device": journal.device, "epoch": journal.epoch, "first_seq": journal.sent + 1}
        return self._ask("POST", "/api/v1/sync/rescue", {**body, "ops": ops}, journal)

    # --- hearing -----------------------------------------------------------------------------

    def hear(self, now: float, ask: Ask, status: int | None, answer: JSON | None) -> bool:
        """Take an answer in; without one everything stays as it was."""
        self.clock.at = now
        if status is None or answer is None or status >= 500:  # noqa: PLR2004
            return False
        if "server_time_ms" in answer and ask.credential:
            self.clock.measured(ask.sent_wall, answer["server_time_ms"])
            self.last_heard = now
        if status == UNKNOWN:
            self.asked = self.asked or ask.credential == self.credential
            return False
        act = HEARD.get((ask.path.partition("?")[0].rpartition("/")[2], status))
        if act is None:
            asked = f"{ask.method} {ask.path.partition('?')[0]}"
            self.refused.append(f"{asked} {status} {answer.get('code')} {answer.get('fields')}")
            return False
        return act(self, ask, answer)

    def _named(self, ask: Ask, answer: JSON) -> bool:
        """Only what is named counts as taken."""
        journal = ask.journal
        if journal is None:
            return False
        self._greet(answer["incarnation"])
        if answer["acked_seq"] + 1 < ask.first_seq:  # a server from an older backup
            journal.sent = answer["acked_seq"]
            return True
        named = [each["seq"] for each in answer["results"]]
        journal.sent = max([journal.sent, *named])
        if journal in self.rescues and not journal.pending:
            self.rescues.remove(journal)
            self.rescued.append(journal)
        elif len(self.journals) > 1 and journal in self.journals[:-1] and not journal.pending:
            self.journals.remove(journal)
            self.kept.append(journal)
        if answer["acked_seq"] > len(journal.queue) and journal in self.journals:
            self.rotate(journal, "clone")  # the server knows more of this journal than we do
        return True

    def _greet(self, incarnation: str) -> None:
        """A server from a backup is shown again what was handed in for others."""
        if self.incarnation not in (None, incarnation):
            for journal in self.rescued:
                journal.sent = 0
            self.rescues, self.rescued = self.rescues + self.rescued, []
        self.incarnation = incarnation

    def _conflict(self, ask: Ask, answer: JSON) -> bool:
        journal = ask.journal
        if journal is None:
            return False
        if answer["code"] == "sync.sequence_gap":
            if answer["expected_seq"] > len(journal.queue) + 1:
                self.rotate(journal, "gap")
            journal.sent = min(answer["expected_seq"] - 1, len(journal.queue))
            return True
        if journal in self.rescues:
            self.branching = branching(journal)
        else:
            self.rotate(journal, "clone")
        return True

    def rotate(self, journal: Journal, reason: str, lost: list[int | None] | None = None) -> None:
        """Ask for a new journal; the same question until it is answered."""
        if self.rotation is not None:
            return
        self.rotations += 1
        self.rotation = {
            "rotation": derived(self.id, f"{self.label} {self.clock.at} {self.rotations}"),
            "from_epoch": journal.epoch,
            "reason": reason,
            "lost": lost,
            "head_seq": None,
        }

    def _rotated(self, ask: Ask, answer: JSON) -> bool:
        """Go on in a new journal; ids stay."""
        if ask.journal is not None and ask.body == self.branching:
            self._branched(ask.journal, answer["epoch"])
            return True
        if ask.body is None or self.rotation is None or ask.body != self.rotation:
            return True  # an answer to a question that was answered before
        self.rotation = None
        fresh = Journal(self.id, answer["epoch"])
        for journal in self.journals:
            for text in journal.queue[journal.sent :]:
                put(fresh, reenveloped(text, fresh))
        self.kept += [journal for journal in self.journals if journal.sent]
        self.journals = [fresh]
        return True

    def _branched(self, journal: Journal, epoch: int) -> None:
        fresh, self.branching = Journal(journal.device, epoch), None
        for text in journal.queue[journal.sent :]:
            put(fresh, reenveloped(text, fresh))
        del journal.queue[journal.sent :]
        self.rescues[0] = fresh
        self.rescued += [journal] if journal.queue else []

    def _enrolled(self, ask: Ask, answer: JSON) -> bool:
        """Begin a journal under a new credential; what was not handed in yet goes first."""
        if self.enrolment is None:
            return True
        self.enrolment, self.asked = None, False
        self.id, self.credential = answer["device"], answer["credential"]
        self.cursor = ""
        older = answer["epochs"][:-1]
        heard = [epoch for epoch in older if epoch["last_contact_ms"]]
        before = next(reversed(heard or older), None)
        self.journals = [journal for journal in self.journals if journal.pending]
        self.journals.append(Journal(self.id, answer["epoch"]))
        if self.lost and before is not None:
            self.lost = False
            self.rotate(Journal(self.id, before["epoch"]), "wiped", [before["last_seq"] + 1, None])
        return True

    def _page(self, ask: Ask, answer: JSON) -> bool:
        """Apply a page; the last one carries sums to check against (S11)."""
        if answer["reset"] is False and f"cursor={self.cursor}&" not in ask.path:
            return True  # an old page: the cursor has moved on since
        self._apply(answer)
        self.settle(answer["last_applied_seq"])
        if not answer["has_more"]:
            self.pulled = True
            try:
                self.check(answer["sums"])
            except RuntimeError as error:
                self.refused.append(f"S11 {error}")
        return True

    def settle(self, last_applied: int) -> None:
        """What the server shows as applied is settled; nothing is ever dropped here."""

    def _shut_out(self, ask: Ask, answer: JSON) -> bool:
        """A revoked handheld may only hand in."""
        self.pulled = True
        if answer["code"] != "device.revoked":
            self.refused.append(f"{ask.path} {answer}")
        return ask.method == "GET"

    def _turned_away(self, ask: Ask, answer: JSON) -> bool:
        """The code was used up by an enrolment whose answer was lost: another one is needed."""
        self.enrolment, self.asked = None, True
        return False


HEARD: dict[tuple[str, int], Callable[[Scanner, Ask, JSON], bool]] = {
    ("push", OK): Scanner._named,  # noqa: SLF001 - a table of its own methods
    ("rescue", OK): Scanner._named,  # noqa: SLF001
    ("push", CONFLICT): Scanner._conflict,  # noqa: SLF001
    ("rescue", CONFLICT): Scanner._conflict,  # noqa: SLF001
    ("rotate", OK): Scanner._rotated,  # noqa: SLF001
    ("devices", CREATED): Scanner._enrolled,  # noqa: SLF001
    ("devices", 403): Scanner._turned_away,  # noqa: SLF001
    ("pull", OK): Scanner._page,  # noqa: SLF001
    ("pull", 403): Scanner._shut_out,  # noqa: SLF001
    ("rotate", 403): Scanner._shut_out,  # noqa: SLF001
    ("rescue", 403): Scanner._shut_out,  # noqa: SLF001
}
