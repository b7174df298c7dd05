"""The Python scanner with everything that may befall it."""

from dataclasses import dataclass, replace

from app.proving.simulate.core import Core
from app.proving.simulate.journals import DeviceClock, Journal, PutBack, operation_of
from app.proving.simulate.scanner import Scanner

HOUR = 3_600_000


@dataclass
class PyScanner(Scanner):
    """A handheld in Python that fulfils `Core`."""

    # --- life --------------------------------------------------------------------------------

    def eager(self) -> bool:
        """It waits for its next session."""
        return False

    def restarted(self) -> None:
        """Nothing of it is kept in memory only."""

    def parks(self, *, wanted: bool) -> bool:
        """Its person leaves it, or takes it up; returns whether nobody waits for it."""
        self.parked = wanted
        return wanted

    def locked_out(self) -> None:
        """The server has forgotten its credential."""
        self.credential = "0" * 64

    def emptied(self) -> list[str]:
        """Its memory is gone; returns what nobody had answered for."""
        gone = []
        for journal in (*self.journals, *self.rescues):
            gone += journal.queue[journal.sent :]
            journal.queue = journal.queue[: journal.sent]
        self.kept += self.journals
        self.rescues, self.rescued, self.branching, self.lost = [], [], None, True
        self._empty()
        return gone

    def left_behind(self) -> list[Journal]:
        """Leave the queue in a file, and begin with nothing."""
        pending = [journal for journal in self.journals if journal.pending]
        self.kept += [journal for journal in self.journals if not journal.pending]
        self._empty()
        return pending

    def _empty(self) -> None:
        self.journals = [Journal(self.id, 0)]  # until the server has numbered one
        self.rows.clear()
        self.channels.clear()
        self.cursor, self.base, self.rotation = "", None, None
        self.last_heard, self.asked = self.clock.at - HOUR, True

    def take_over(self, left: list[Journal]) -> None:
        """Be given what another one left behind, to hand it in."""
        self.rescues += left

    def twin(self) -> "PyScanner":
        """A second copy of the same memory."""
        twin = replace(
            self,
            label=f"{self.label}-twin",
            clock=DeviceClock(replace(self.clock.piece, jumped_at=[])),
            journals=self.image(),
            kept=[], rescues=[], rescued=[], branching=None, refused=[], results={}, rotation=None,
            rows=dict(self.rows), channels=dict(self.channels),
        )  # fmt: skip
        twin.clock.offset, twin.clock.rtt = self.clock.offset, self.clock.rtt
        return twin

    def image(self) -> list[Journal]:
        """The disk as it is."""
        return [journal.copy() for journal in self.journals]

    def put_back(self, image: list[Journal]) -> PutBack:
        """The disk is again as it was; what is gone it declares, as if it knew."""
        known = {operation_of(text) for copy in image for text in copy.queue}
        unsent = [text for journal in self.journals for text in journal.queue[journal.sent :]]
        gone = [text for text in unsent if operation_of(text) not in known]
        self.kept += self.image()
        for journal in self.kept:
            journal.queue = journal.queue[: journal.sent]
        self.journals, self.rotation = image, None
        self.cursor = ""
        if gone:
            last = image[-1]
            self.rotate(last, "wiped", [len(last.queue) + 1, None])
        return PutBack(gone, declares=bool(gone))

    def history(self) -> list[Journal]:
        """Every journal, as far as it is answered for."""
        return [*self.kept, *self.journals]

    def inspect(self) -> list[str]:
        """Nothing is kept twice here."""
        return []


def in_python(core: Core) -> PyScanner:
    """The same, for what reaches into it; raises `TypeError` for another core."""
    if not isinstance(core, PyScanner):
        raise TypeError(core)
    return core
