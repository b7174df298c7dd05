"""What the simulation drives: one handheld, whatever it is made of."""

from typing import Any, Protocol

from app.proving.handheld import JSON
from app.proving.simulate.journals import Ask, DeviceClock, Journal, PutBack


class Core(Protocol):
    """What the simulation drives: one handheld, whatever it is made of."""

    clock: DeviceClock
    label: str
    id: str
    hand: int
    actor: str | None
    grant: str | None
    asked: bool  # nothing goes on until a supervisor enrols it anew
    enrolment: JSON | None
    refused: list[str]  # what nobody expects

    @property
    def ready(self) -> bool:
        """Whether it is a device of the site."""

    @property
    def pending(self) -> int:
        """How many operations nobody has answered for."""

    @property
    def waits(self) -> bool:
        """Whether something still has to be said or fetched."""

    def write(self, now: float, kind: str, payload: JSON, operation: str, cause: str | None) -> int:
        """Record a gesture; 0: it was not taken, and that was seen."""

    def eager(self) -> bool:
        """Whether it goes on the air after a gesture."""

    def begin(self) -> None:
        """Start a session."""

    def next_ask(self, now: float) -> Ask | None:
        """What is to be sent next in this session; None = nothing more."""

    def hear(self, now: float, ask: Ask, status: int | None, answer: JSON | None) -> bool:
        """Take an answer in, or the lack of one; returns whether the session goes on."""

    def restarted(self) -> None:
        """A new page: what was asked is forgotten, what was written is not."""

    def parks(self, *, wanted: bool) -> bool:
        """Its person leaves it, or takes it up; returns whether nobody waits for it."""

    def locked_out(self) -> None:
        """The server has forgotten its credential."""

    def emptied(self) -> list[str]:
        """Its memory is gone; returns what nobody had answered for."""

    def left_behind(self) -> Any:  # noqa: ANN401 - each core has files of its own
        """Leave the queue in a file, and begin with nothing."""

    def take_over(self, left: Any) -> None:  # noqa: ANN401
        """Be given what another one left behind, to hand it in."""

    def twin(self) -> "Core":
        """A second copy of the same memory."""

    def image(self) -> Any:  # noqa: ANN401
        """The disk as it is."""

    def put_back(self, image: Any) -> PutBack:  # noqa: ANN401
        """The disk is again as it was."""

    def history(self) -> list[Journal]:
        """Every journal, as far as it is answered for."""

    def push_of(self, journal: Journal, count: int) -> Ask:
        """Hand in operations of a journal."""

    def inspect(self) -> list[str]:
        """Say where it contradicts itself."""
