"""Why a period may not be closed."""

from dataclasses import dataclass

from app.kernel.problem import Problem


@dataclass(eq=False)
class NotADay(Problem):
    """A day is written YYYY-MM-DD, and the calendar has it."""

    code = "periods.not_a_day"
    day: str


@dataclass(eq=False)
class NotOver(Problem):
    """Today can still be worked on; yesterday is the last day that can be closed."""

    code = "periods.not_over"
    day: str
    today: str


@dataclass(eq=False)
class AlreadyClosed(Problem):
    """The books are closed through this day or a later one, and stay so."""

    code = "periods.already_closed"
    day: str
    first_day: str
