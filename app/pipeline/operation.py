"""What passes through the pipeline, and the page on which kinds are declared."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

from app.kernel.problem import Problem
from app.kernel.values import value
from app.ledger.anchors import Anchored
from app.ledger.postings import EffKey, OpenBooks, Position, Posting

if TYPE_CHECKING:
    from app.pipeline.floor import Floor

P = TypeVar("P")
Verdict = Literal["applied", "flagged", "exception", "refused"]


@value
class Stamp:
    """When it happened as far as anyone can know: set once, at first receipt (sync.md §5)."""

    eff_at: datetime
    u: int  # microseconds by which `eff_at` may be off
    recorded_at: datetime
    clamped: bool = False


@value
class Operation(Generic[P]):
    """One gesture or decision, decoded and stamped."""

    id: str
    kind: str
    kind_v: int
    payload: P
    site: str
    actor: str | None
    key: EffKey
    recorded_at: datetime
    cause: str | None = None
    task: str | None = None
    lease: int | None = None
    u: int = 0  # microseconds by which its moment may be off


@value
class Progress:
    """A counter of a document moves; sums do not care in which order handhelds sync."""

    model: type
    id: str
    name: str
    delta: int

    def reversed(self) -> "Progress":
        """Say that this did not happen."""
        return Progress(self.model, self.id, self.name, -self.delta)


@value
class Outcome:
    """Everything an operation means. Postings of a fact depend on its payload alone."""

    postings: tuple[Posting, ...] = ()
    positions: tuple[Position, ...] = ()
    progress: tuple[Progress, ...] = ()
    events: tuple[object, ...] = ()
    flags: tuple[Problem, ...] = ()
    anchors: tuple[Anchored, ...] = ()
    at: EffKey | None = None  # where it takes effect, if not at the operation's own moment
    refold: tuple[str, ...] = ()  # identity stock whose story changed without a new sighting
    instead_of: "Operation[Any] | None" = None  # a kept operation that takes effect only now
    again: tuple[str, ...] = ()  # kept operations that take effect from now on, each by itself
    exception: str | None = None  # what had kept them
    mapped: dict[str, Any] | None = None  # what the codes in it stood for then
    settled: datetime | None = None  # the latest moment of counting that is settled by it
    closes: OpenBooks | None = None  # everything before


@value
class Refs:
    """What a payload names, so that a chunk is loaded in a few set queries."""

    ids: tuple[tuple[type, str | None], ...] = ()
    groups: tuple[tuple[type, str, str], ...] = ()  # records by (model, column, key)
    named: tuple[tuple[type, str], ...] = ()  # records whose id is derived(org, name)
    here: tuple[tuple[type, str], ...] = ()  # records whose id is derived(site, name)
    # records that a named record points to: (model, id, its column, model pointed to)
    through: tuple[tuple[type, str | None, str, type], ...] = ()


Upcast = Callable[[dict[str, Any]], dict[str, Any]]


@value
class Kind:
    """How one kind of operation is read, who may do it, and what it does."""

    name: str
    payload: type
    handle: Callable[["Floor", Operation[Any]], Outcome]
    fact: bool
    roles: frozenset[str]
    refs: Callable[[Any], Refs] = lambda payload: Refs()  # noqa: ARG005
    subject: Callable[[Any], str | None] = lambda payload: None  # noqa: ARG005
    alone: bool = False  # reads stock: a chunk must not be half applied when it decides
    final: bool = False  # a fact that cannot be called off
    task: type | None = None  # the records that an envelope's `task` names
    version: int = 1
    upcasts: tuple[Upcast, ...] = ()  # spell a payload of this older version as it is today
    stream: Literal["site", "org"] = "site"


def every_version(
    kinds: Iterable[Kind], upcasts: Mapping[str, tuple[Upcast, ...]]
) -> dict[tuple[str, int], Kind]:
    """Register kinds under their version and every older one.

    `upcasts` of a kind lead from version 1 to 2, from 2 to 3, and so on to its own.
    """
    found: dict[tuple[str, int], Kind] = {}
    for kind in kinds:
        steps = upcasts.get(kind.name, ())
        if len(steps) != kind.version - 1:
            raise ValueError(f"{kind.name} {kind.version} has {len(steps)} upcasts")
        for version in range(1, kind.version):
            older = replace(kind, version=version, upcasts=steps[version - 1 :])
            found[(kind.name, version)] = older
        found[(kind.name, kind.version)] = kind
    return found


Handle = Callable[["Floor", Kind, Operation[Any]], tuple[Operation[Any], Outcome]]


def plainly(
    floor: "Floor", kind: Kind, operation: Operation[Any]
) -> tuple[Operation[Any], Outcome]:
    """Run the handler of an operation as it stands."""
    return operation, kind.handle(floor, operation)


Replica = Callable[["Floor", Any], Iterable[tuple[str, str, str, dict[str, Any] | None]]]


@value
class Derivation:
    """Which exceptions of a family of subjects hold now, from the records alone.

    `derive(floor, subjects)` → {subject: {code: detail}}; of `codes`, what is not returned closes.
    """

    codes: frozenset[str]
    derive: Callable[["Floor", set[str]], Mapping[str, Mapping[str, dict[str, Any]]]]


@dataclass(frozen=True)
class Playbook:
    """Every kind, every subscriber, every copy that goes to handhelds: nothing is implicit."""

    kinds: Mapping[tuple[str, int], Kind]
    subscribers: Mapping[type, tuple[Callable[["Floor", Operation[Any], Any], None], ...]]
    refreshers: Mapping[type, Callable[["Floor", set[str]], None]] = field(default_factory=dict)
    replicas: Mapping[type, Replica] = field(default_factory=dict)
    derivers: Mapping[str, Derivation] = field(default_factory=dict)
    families: Mapping[type, str] = field(default_factory=dict)  # exceptions of touched records
    masters: frozenset[type] = frozenset()  # records that every push reads and few change
    overtaken: str | None = None  # the family of places in which something late has arrived
    handle: Handle = plainly  # runs a handler, and says what the operation was taken for


@dataclass(eq=False)
class Unresolved(Problem):
    """The operation names something this site does not know (yet)."""

    code = "unresolved_barcode"
    entity: str
    id: str
