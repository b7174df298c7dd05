"""Say what a code stands for on this site; what waited for that happens at its own time."""

from dataclasses import dataclass, field
from typing import Literal

from app.correcting.kept import waiting_under
from app.items.models import Identifier, Item
from app.items.naming import identifier_id
from app.items.rules import PackagingUnknown, UnknownItem
from app.kernel.ids import derived
from app.kernel.problem import Problem
from app.locations.models import Alias, Location
from app.locations.naming import alias_id
from app.locations.problems import UnknownPlace
from app.people.models import Person
from app.pipeline.exceptions import Contradiction
from app.pipeline.floor import Floor
from app.pipeline.goods import Scan
from app.pipeline.models import OpenException
from app.pipeline.operation import Kind, Operation, Outcome
from app.pipeline.schema import Ident
from app.resolving.codes import LONGEST, mapped_code

AT_A_DESK = frozenset({"office", "system"})
Target = Literal["item", "place", "lpn", "person", "command"]


@dataclass(frozen=True, slots=True)
class MapBarcode:
    """Payload of `identification.map_barcode`; `target` is an id, or the name of a command."""

    code: str = field(metadata={"min_length": 1, "max_length": LONGEST})
    target_kind: Target
    target: str = field(metadata={"min_length": 1, "max_length": 80})
    packaging: Ident | None = None
    scans: tuple[Scan, ...] = field(default=())


@dataclass(eq=False)
class NotACode(Problem):
    """No scanner would ever deliver this, or not under this spelling."""

    code = "identification.not_a_code"
    scanned: str


@dataclass(eq=False)
class MappedOtherwise(Problem):
    """The code stands for something else; that is withdrawn first, knowingly."""

    code = "identification.mapped_otherwise"
    scanned: str
    target_kind: str
    target: str


@dataclass(eq=False)
class SaidOtherwise(Contradiction):
    """Two handhelds took one code for different things; what was said first stays."""

    code = "mapped_otherwise"
    scanned: str
    target_kind: str
    target: str


@dataclass(eq=False)
class UnknownPerson(Problem):
    """Nobody here has this id."""

    code = "people.unknown_person"
    person: str


def map_barcode(floor: Floor, operation: Operation[MapBarcode]) -> Outcome:
    """Map a code and let happen, oldest first, what was kept because nobody knew it."""
    asked = operation.payload
    if mapped_code(asked.code, None) != asked.code:
        raise NotACode(scanned=asked.code)
    _judge_target(floor, asked)
    key = alias_id(floor.site, asked.code)
    other = _meant_otherwise(floor, asked)
    if other is not None and operation.key.device in AT_A_DESK:
        raise MappedOtherwise(asked.code, *other)
    if other is not None:
        return Outcome(flags=(SaidOtherwise("code", key, asked.code, *other),))

    alias = floor.find(Alias, key) or Alias(id=key, site=floor.site, code=asked.code)
    alias.target_kind, alias.target = asked.target_kind, asked.target
    alias.packaging, alias.active = asked.packaging, True
    floor.add(alias)
    floor.suspect("code", key)

    exception = floor.find(OpenException, derived(floor.site, f"unresolved_barcode|{key}"))
    if asked.target_kind != "item" or exception is None or exception.state == "closed":
        return Outcome()
    return Outcome(again=tuple(waiting_under(floor, exception)), exception=exception.id)


def _judge_target(floor: Floor, asked: MapBarcode) -> None:
    """Refuse what does not exist; a pallet may still be on its way."""
    if asked.target_kind == "place" and floor.find(Location, asked.target) is None:
        raise UnknownPlace(place=asked.target)
    if asked.target_kind == "person" and floor.find(Person, asked.target) is None:
        raise UnknownPerson(person=asked.target)
    packagings: tuple[str, ...] = ()
    if asked.target_kind == "item":
        item = floor.find(Item, asked.target)
        if item is None:
            raise UnknownItem(item=asked.target)
        packagings = tuple(one["id"] for one in item.packagings)
    if asked.packaging is not None and asked.packaging not in packagings:
        raise PackagingUnknown(item=asked.target, packaging=asked.packaging)


def _meant_otherwise(floor: Floor, asked: MapBarcode) -> tuple[str, str] | None:
    """One code, one meaning: say what it stands for already, if that is something else."""
    meant = (asked.target_kind, asked.target, asked.packaging)
    alias = floor.find(Alias, alias_id(floor.site, asked.code))
    if alias is not None and alias.active:
        known = (alias.target_kind, alias.target, alias.packaging)
        return None if known == meant else known[:2]
    identifier = floor.find(Identifier, identifier_id(floor.org, asked.code))
    if identifier is None or ("item", identifier.item, identifier.packaging) == meant:
        return None
    return "item", identifier.item


KIND = Kind(
    "identification.map_barcode",
    MapBarcode,
    map_barcode,
    fact=False,
    roles=frozenset({"receiver", "supervisor", "planner", "admin"}),
    subject=lambda payload: str(payload.code)[:160],
    alone=True,
)
