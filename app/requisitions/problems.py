"""Why a requisition may be refused."""

from dataclasses import dataclass

from app.kernel.problem import Problem


@dataclass(eq=False)
class NothingAsked(Problem):
    """A requisition needs at least one line with a quantity."""

    code = "requisitions.nothing"


@dataclass(eq=False)
class NotOffered(Problem):
    """There is no such item, or nobody can take it from a shelf."""

    code = "requisitions.not_offered"
    item: str


@dataclass(eq=False)
class AskedTwice(Problem):
    """Two lines name the same item."""

    code = "requisitions.item_twice"
    item: str


@dataclass(eq=False)
class UnknownRequisition(Problem):
    """There is no such requisition here."""

    code = "requisitions.unknown"
    requisition: str


@dataclass(eq=False)
class AlreadyDecided(Problem):
    """Somebody has decided this before."""

    code = "requisitions.already_decided"
    state: str


@dataclass(eq=False)
class OwnRequisition(Problem):
    """Nobody approves what he asked for himself."""

    code = "requisitions.own"


@dataclass(eq=False)
class NotAskedFor(Problem):
    """Only what was asked for can be granted."""

    code = "requisitions.not_asked_for"
    item: str


@dataclass(eq=False)
class NumberTaken(Problem):
    """An order of that number came from elsewhere meanwhile."""

    code = "requisitions.number_taken"
    number: str
