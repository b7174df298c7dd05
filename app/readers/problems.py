"""Why a reader, an antenna or a verdict may be refused."""

from dataclasses import dataclass

from app.kernel.problem import Problem


@dataclass(eq=False)
class NoSuchReader(Problem):
    """There is no such reader here."""

    code = "readers.not_registered"
    reader: str


@dataclass(eq=False)
class NameTaken(Problem):
    """Another reader of this site has this name."""

    code = "readers.name_taken"
    status = 409
    name: str


@dataclass(eq=False)
class NoPlace(Problem):
    """An antenna can look at a place of this site only."""

    code = "readers.no_such_place"
    place: str


@dataclass(eq=False)
class TooManyReads(Problem):
    """More reads in one request than are taken at once."""

    code = "readers.too_many"
    status = 413
    limit: int


@dataclass(eq=False)
class NoSuchVisit(Problem):
    """Nothing of that kind was read here."""

    code = "readers.no_such_visit"
    visit: str


@dataclass(eq=False)
class Settled(Problem):
    """What was read has been dealt with already, here or on the floor."""

    code = "readers.settled"
    status = 409
