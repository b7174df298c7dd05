"""The clocks of one handheld: a wall that may say anything, and a counter since the page began."""

from dataclasses import dataclass, field

PPM = 1e-6


@dataclass
class Timepiece:
    """`now` is true time throughout, in milliseconds since the simulation began."""

    origin: float  # true time of day at the beginning
    wrong_by: float = 0  # the wall, ahead of the truth
    ppm: float = 0  # how fast the crystal runs away
    boots: int = 0
    began: float = 0  # when this page started
    slept: float = 0  # since then
    asleep: list[tuple[float, float]] = field(default_factory=list)
    jumped_at: list[float] = field(default_factory=list)

    @property
    def boot(self) -> str:
        """Name the page start."""
        return f"boot-{self.boots}"

    def wall(self, now: float) -> float:
        """What the status bar shows."""
        return self.origin + now * (1 + self.ppm * PPM) + self.wrong_by

    def mono(self, now: float) -> float:
        """Milliseconds since the page started, without those asleep."""
        return (now - self.began - self.slept) * (1 + self.ppm * PPM) + 1_000

    def restart(self, now: float) -> None:
        """Start a new page."""
        self.boots, self.began, self.slept = self.boots + 1, now, 0

    def jump(self, now: float, by: float) -> None:
        """Somebody sets the clock."""
        self.wrong_by += by
        self.jumped_at.append(now)

    def sleep(self, span: float) -> None:
        """The counter stood still while the truth went on."""
        self.slept += span
