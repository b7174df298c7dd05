"""What was asked and answered, with the instants around it; times are seconds of one clock."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Journal = tuple[str, int]  # device, epoch
Key = tuple[str, str]  # place, item
Copy = tuple[str, str, str]  # channel, entity, id


@dataclass(frozen=True, slots=True)
class Issued:
    """An operation somebody wrote down, and how it changes what lies where."""

    journal: Journal
    seq: int
    id: str
    moved: tuple[tuple[Key, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """What one operation was answered."""

    seq: int
    id: str
    outcome: str
    commit_seq: int
    duplicate: bool = False


@dataclass(frozen=True, slots=True)
class Pushed:
    """A push; `ended` is nothing where no answer was heard."""

    journal: Journal
    began: float
    ended: float | None
    first_seq: int
    count: int
    acked: int = 0
    results: tuple[Result, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a page reaches into the two change logs."""

    org: int
    site: int


@dataclass(frozen=True, slots=True)
class Change:
    """One row of a page; `digest` is nothing where the row is gone."""

    seq: int
    copy: Copy
    digest: str | None


@dataclass(frozen=True, slots=True)
class Pulled:
    """A page that was heard; `sums` only come with the last one."""

    puller: str
    journal: Journal
    began: float
    ended: float
    reset: bool
    since: Mark
    until: Mark
    more: bool
    last_applied: int
    changes: tuple[Change, ...] = ()
    sums: Mapping[str, tuple[int, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entered:
    """Something the office wrote; `stream` is "org" or "site"."""

    id: str
    stream: str
    began: float
    ended: float
    commit_seq: int


@dataclass(frozen=True, slots=True)
class Looked:
    """A look at what lies in a place of an item."""

    key: Key
    began: float
    ended: float
    quantity: int


@dataclass(frozen=True, slots=True)
class Logged:
    """A row of the operation log as it was in the end."""

    commit_seq: int
    journal: Journal
    seq: int
    id: str | None
    outcome: str


@dataclass
class History:
    """Everything that happened."""

    issued: list[Issued] = field(default_factory=list)
    pushed: list[Pushed] = field(default_factory=list)
    pulled: list[Pulled] = field(default_factory=list)
    entered: list[Entered] = field(default_factory=list)
    looked: list[Looked] = field(default_factory=list)
    log: list[Logged] = field(default_factory=list)  # of the site, all of it
    stock: dict[Key, int] = field(default_factory=dict)  # where it began
