"""The app's own modules as a device core: what `Scanner` imitates, driven the same way."""

from dataclasses import dataclass, field, replace
from random import Random

from app.proving.handheld import JSON
from app.proving.simulate.engine import Engine
from app.proving.simulate.journals import (
    Ask,
    DeviceClock,
    Handed,
    Journal,
    PutBack,
    again,
    named,
    seldom,
)
from app.proving.simulate.signing import held_by
from app.proving.simulate.troubles import FORGOTTEN, HARMLESS, expected

CRASHES = 0.05  # of the steps during which something is written down
LEAVING = 0.7  # of those who go, which is one write
FULL = 0.01  # of the same
TWO_TABS = 0.25  # of the handhelds
EAGER = 0.1  # of the gestures go out at once, where there is a network
SELDOM = 0.6  # of the answers that come once in a life
FILLED = "storage.QuotaExceededError"
SMALL = 20  # operations a push, where a network takes no more
TOO_LARGE = 413


@dataclass
class AppScanner:
    """One handheld with the app on it."""

    engine: Engine
    name: str
    handed: Handed
    chance: Random
    clock: DeviceClock
    label: str
    id: str
    hand: int
    actor: str | None = None
    last: str | None = None  # who held it at the last gesture
    grant: str | None = None
    asked: bool = False
    enrolment: JSON | None = None
    kept: list[Journal] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    status: JSON = field(default_factory=dict)
    credential: str = ""
    asking: Ask | None = None
    beginning: bool = False
    twins: int = 0
    images: int = 0
    tabs: int = 1
    tab: int = 0  # where eyes and hands are
    filled: bool = False  # during the last command the disk was full
    fillings: int = 0

    # --- telling the process -----------------------------------------------------------------

    def _tell(self, do: str, *, fatal: float = 0, commits: int = 4, **more: object) -> JSON:
        """Give a command; `fatal`: how likely the machine stops at one of its `commits`."""
        at = {
            "wall": round(self.clock.wall),
            "mono": round(self.clock.now()),
            "boot": self.clock.piece.boot,
        }
        crash, full = None, False
        if not self.handed.calm() and self.chance.random() < fatal:
            when = self.chance.choice(("before", "after"))
            crash = {"commit": self.chance.randint(1, commits), "when": when}
        elif fatal and not self.handed.calm() and self.chance.random() < FULL:
            full = True
            self.handed.injected["handheld full"] += 1
        self.filled = full
        self.fillings += full
        if do in ("begin", "record") and self.tabs > 1:
            self.tab = self.chance.randrange(self.tabs)
        reply = self.engine.tell(do, self.name, more, at=at, crash=crash, full=full, tab=self.tab)
        self.refused += [f"{do}: {text}" for text in reply["problems"]]
        if "status" in reply:
            self.status = reply["status"]
            self.id = self.status["device"] or self.id  # enrolled, be it that it stopped over it
        if reply["crashed"]:
            self.handed.injected[f"handheld stops {reply['crashed']}"] += 1
            self.clock.piece.restart(self.clock.at)
            self._tell("start")
        return reply

    def handed_over(self, welcome: JSON) -> None:
        """Enrol as the server has answered it."""
        self.credential = welcome["credential"]
        if self.chance.random() < TWO_TABS:
            self.tabs = 2
            self.handed.injected["two tabs"] += 1
        self._tell("make", welcome=welcome, tabs=self.tabs)

    def eager(self) -> bool:
        """Whether it goes on the air after a gesture."""
        return self.chance.random() < EAGER

    # --- recording ---------------------------------------------------------------------------

    @property
    def ready(self) -> bool:
        """Whether it is a device of the site."""
        return self.status["device"] is not None

    def write(self, now: float, kind: str, payload: JSON, operation: str, cause: str | None) -> int:
        """Record a gesture; 0: it was not taken, and that was seen."""
        self.clock.at = now
        self._handed_on(operation)
        before = self.pending
        draft = {"id": operation, "kind": kind, "payload": payload, "cause": cause}
        hand = held_by(self.handed, str(self.actor), self.grant)
        reply = self._tell("record", fatal=CRASHES, hand=hand, draft=draft)
        if reply["crashed"]:
            known = self._tell("knows", operation=operation)
            if known["kept"] != known["shown"]:
                self.refused.append(f"torn gesture: {known}")
            if known["kept"]:
                return 1
            reply = self._tell("record", hand=hand, draft=draft)
        if not reply["able"]:
            self.handed.injected["nobody let in"] += 1
        elif self.filled and not reply["tone"]:
            if self._tell("knows", operation=operation)["kept"]:
                self.refused.append(f"{kind} was kept without a tone")
        elif not reply["tone"]:
            self.refused.append(f"{kind} was not kept")
        if not reply["crashed"] and self.pending != before + bool(reply["tone"]):
            self.refused.append(f"S12 {before} unsent, then {self.pending}: {kind} by {self.actor}")
        return int(reply["tone"])

    def _handed_on(self, operation: str) -> None:
        """Whoever had it before has signed off, or has not; unsent work stays either way."""
        before, self.last = self.last, self.actor
        if before in (None, self.actor):
            return
        if Random(f"leaves {operation}").random() < 0.5 and self.parks(wanted=True):  # noqa: PLR2004, S311
            self.handed.injected["signed off, work unsent"] += bool(self.pending)

    @property
    def pending(self) -> int:
        """How many operations nobody has answered for."""
        return int(self.status["pending"] + self.status["files"])

    @property
    def waits(self) -> bool:
        """Whether something still has to be said or fetched."""
        told = self.status["link"] == "online" and self.status["trouble"] in HARMLESS
        open_ = self.asked or self.enrolment or self.status["rotation"]
        return bool(open_ or self.pending or not told)

    # --- talking -----------------------------------------------------------------------------

    def begin(self) -> None:
        """Start a session."""
        self.beginning = True

    def next_ask(self, now: float) -> Ask | None:
        """What the app asks; None = nothing more in this session."""
        self.clock.at = now
        if self.beginning:
            self.beginning, self.asking = False, None
            if self.asked:
                return None
            code = self.enrolment["enrolment_code"] if self.enrolment else None
            self._went_on(self._tell("begin", fatal=CRASHES, code=code))
        return self.asking

    def hear(self, now: float, ask: Ask, status: int | None, answer: JSON | None) -> bool:
        """Answer the app, or leave it without an answer."""
        self.clock.at = now
        fatal = SELDOM if seldom(ask, answer) else CRASHES
        self._went_on(self._tell("hear", fatal=fatal, status=status, body=answer))
        return self.asking is not None

    def _went_on(self, reply: JSON) -> None:
        asked = reply["ask"]
        while asked and self._too_large(asked):
            reply = self._tell("hear", status=TOO_LARGE, body={"code": "sync.push_too_large"})
            asked = reply["ask"]
        self.asking = self._put(asked) if asked else None
        if not asked and not reply["crashed"]:
            self._ended()

    def _too_large(self, asked: JSON) -> bool:
        small = self.handed.batch if self.handed.batch < SMALL else 0
        pushing = asked["path"] in ("/sync/push", "/sync/rescue")
        return bool(small and pushing and len(asked["body"]["ops"]) > small)

    def _put(self, asked: JSON) -> Ask:
        path = asked["path"].replace("limit=500", f"limit={self.handed.page}")
        self.credential = asked["credential"] or self.credential
        wall = self.clock.wall
        return Ask(
            asked["method"], f"/api/v1{path}", asked["body"], asked["credential"], None, wall
        )

    def _ended(self) -> None:
        """A session is over: see what the screen says now."""
        enrolled = self.status["enrolled"]
        if self.enrolment is not None and enrolled in ("done", "refused"):
            self.enrolment, self.asked = None, enrolled == "refused"
            self.id = self.status["device"] or self.id
        trouble = self.status["trouble"]
        if any(shown != self.status["pending"] for shown in self.status["shown"]):
            self.refused.append(f"{self.status['pending']} unsent, shown {self.status['shown']}")
        if trouble in FORGOTTEN and self.enrolment is None:
            self.asked = True
        if self.fillings and trouble == FILLED and not self.handed.calm():
            return
        if not expected(trouble):
            self.refused.append(f"trouble: {trouble}")

    # --- life --------------------------------------------------------------------------------

    def restarted(self) -> None:
        """A new page on the same disk."""
        self.asking = None
        self._tell("start")

    def parks(self, *, wanted: bool) -> bool:
        """Its person signs off; the app says by itself when nobody need wait for it."""
        if not wanted or not self.ready:
            return False
        before = self.pending
        reply = self._tell("leave", fatal=LEAVING, commits=1)
        if self.pending != before:
            self.refused.append(f"S12 {before} unsent, then {self.pending}: signed off")
        return not reply["crashed"]

    def locked_out(self) -> None:
        """The server knows its credential no more; it will hear of that itself."""

    def emptied(self) -> list[str]:
        """The browser has thrown its storage away, but for the witness; returns what was unsent."""
        self.kept += self._journals()
        self.asked, self.asking = True, None
        return list(self._tell("put", image=None, witness=True)["gone"])

    def left_behind(self) -> object:
        """Its queue is saved in a file, and the app installed anew, with or without a trace."""
        file = self._tell("save")["file"]
        self.kept += self._journals()
        self.asked, self.asking = True, None
        self._tell("put", image=None, witness=self.chance.random() < 0.5)  # noqa: PLR2004
        return file

    def take_over(self, left: object) -> None:
        """Be given the file of another one."""
        self._tell("receive", file=left)

    def twin(self) -> "AppScanner":
        """A second copy of the same disk."""
        self.twins += 1
        name, label = f"{self.name}+{self.twins}", f"{self.label}-twin"
        self._tell("twin", n=name, label=label)
        piece = replace(self.clock.piece, jumped_at=[])
        return replace(
            self, name=name, label=label, clock=DeviceClock(piece), kept=[], refused=[],
            status={**self.status, "files": 0}, asking=None, chance=Random(name),  # noqa: S311
        )  # fmt: skip

    def image(self) -> object:
        """Remember the disk as it is."""
        self.images += 1
        name = f"{self.name} {self.images}"
        self._tell("image", image=name)
        return name

    def put_back(self, image: object) -> PutBack:
        """The disk is again as it was."""
        self.kept += self._journals()
        self.asking = None
        return PutBack(list(self._tell("put", image=image, witness=True)["gone"]), declares=False)

    # --- looking -----------------------------------------------------------------------------

    def inspect(self) -> list[str]:
        """Say where disk, memory and screen disagree."""
        return list(self._tell("inspect")["wrong"])

    def history(self) -> list[Journal]:
        """Everything it knows to be answered for, now and before it lost its memory."""
        return self.kept + self._journals()

    def _journals(self) -> list[Journal]:
        return named(self._tell("history")["rows"])

    def push_of(self, journal: Journal, count: int) -> Ask:
        """Hand in once more what was answered."""
        return again(journal, count, self.clock, self.credential)
