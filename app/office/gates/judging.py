"""What the visits come to: proposals, strays, tags nobody knows. Decisions over facts only."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Literal

from app.kernel.values import value
from app.office.gates.facts import Announced, Facts, Order, Standing, Tote
from app.readers.models import TagVisit

READY = frozenset({"picked", "staged"})
DOORS = frozenset({"dock", "stage"})
BESIDE = timedelta(seconds=30)  # a pallet's pieces are read while it is, or about then
Why = Literal["elsewhere", "gone", "came_back", "not_ready", "wrong_way"]


@value
class Receipt:
    """An announced pallet came through a door."""

    unit: str
    announced: Announced
    visits: tuple[TagVisit, ...]
    pieces: tuple[TagVisit, ...]

    @property
    def place(self) -> str:
        """Where it was seen last."""
        return self.visits[0].place


@value
class Shipment:
    """Units of an order that is ready went out of a door."""

    order: Order
    read: tuple[Tote, ...]
    missing: tuple[Tote, ...]
    visits: tuple[TagVisit, ...]
    stage: str


@value
class Stray:
    """Something was read where the book does not have it."""

    visit: TagVisit
    why: Why
    standing: Standing


@value
class Unknown:
    """A tag that means nothing here: what it says, and how often it came by."""

    visits: tuple[TagVisit, ...]


@value
class Judged:
    """Everything a person should look at."""

    receipts: tuple[Receipt, ...]
    shipments: tuple[Shipment, ...]
    strays: tuple[Stray, ...]
    unknown: tuple[Unknown, ...]


def judge(facts: Facts) -> Judged:
    """Sort visits out; the latest come first."""
    receipts = tuple(_receipts(facts))
    shipments = tuple(_shipments(facts))
    used = {visit.id for receipt in receipts for visit in (*receipt.visits, *receipt.pieces)}
    used |= {visit.id for shipment in shipments for visit in shipment.visits}
    left = [visit for visit in facts.visits if visit.id not in used]
    return Judged(receipts, shipments, tuple(_strays(facts, left)), tuple(_unknown(facts, left)))


def _receipts(facts: Facts) -> Iterator[Receipt]:
    """Announced, not received, and seen to come in, or nobody knows whereto."""
    came: dict[str, list[TagVisit]] = defaultdict(list)
    for visit in facts.visits:
        if visit.meaning == "dock_in" and visit.direction != "out" and visit.subject:
            came[visit.subject].append(visit)
    for unit, visits in came.items():
        announced = facts.announced.get(unit)
        if announced is not None:
            yield Receipt(unit, announced, tuple(visits), tuple(_pieces(facts, unit, visits)))


def _pieces(facts: Facts, unit: str, visits: Sequence[TagVisit]) -> Iterator[TagVisit]:
    """Pieces of the announced items that went through the same door with the pallet."""
    announced = {row["item"] for row in facts.announced[unit].contents}
    seen: set[str] = set()
    for piece in facts.visits:
        if piece.kind != "piece" or piece.item not in announced or piece.subject in facts.standing:
            continue
        beside = any(
            piece.gate == visit.gate
            and piece.first_at <= visit.last_at + BESIDE
            and visit.first_at - BESIDE <= piece.last_at
            for visit in visits
        )
        if beside and str(piece.subject) not in seen:
            seen.add(str(piece.subject))
            yield piece


def _shipments(facts: Facts) -> Iterator[Shipment]:
    """Totes of orders that are ready; a tote is read by its own tag or by what lies in it."""
    went: dict[str, list[tuple[Tote, TagVisit]]] = defaultdict(list)
    for visit in facts.visits:
        tote = _tote(facts, visit)
        if visit.meaning == "dock_out" and visit.direction != "in" and tote is not None:
            went[tote.order].append((tote, visit))
    for order_id, seen in went.items():
        order = facts.orders.get(order_id)
        if order is None or order.status not in READY:
            continue
        here = {tote.unit: tote for tote in facts.totes.values() if tote.order == order_id}
        here = {unit: tote for unit, tote in here.items() if not _left(facts, unit)}
        read = {tote.unit: tote for tote, _ in seen if tote.unit in here}
        if read:
            missing = [here[unit] for unit in sorted(here.keys() - read.keys())]
            visits = tuple(visit for _, visit in seen)
            yield Shipment(
                order,
                tuple(read.values()),
                tuple(missing),
                visits,
                _stage(facts, read, visits[0].place),
            )


def _tote(facts: Facts, visit: TagVisit) -> Tote | None:
    if visit.kind == "unit":
        return facts.totes.get(str(visit.subject)) or facts.totes.get(f"code:{visit.code}")
    standing = facts.standing.get(str(visit.subject))
    return facts.totes.get(standing.unit) if standing and standing.unit else None


def _left(facts: Facts, unit: str) -> bool:
    standing = facts.standing.get(unit)
    return standing is not None and standing.kind == "virtual"


def _stage(facts: Facts, read: dict[str, Tote], door: str) -> str:
    """Where the book has them: that is where they leave from."""
    for unit in read:
        standing = facts.standing.get(unit)
        if standing is not None and standing.place is not None:
            return standing.place
    return door


def _strays(facts: Facts, visits: Sequence[TagVisit]) -> Iterator[Stray]:
    """The last sighting of each thing, if it contradicts the book and nothing happened since."""
    seen: set[str] = set()
    for visit in visits:
        key = str(visit.subject)
        if visit.subject is None or key in seen:
            continue
        seen.add(key)
        tote = _tote(facts, visit)
        standing = facts.standing.get(tote.unit if tote and visit.kind == "unit" else key)
        why = _why(facts, visit, standing) if standing else None
        if standing is not None and why is not None:
            yield Stray(visit, why, standing)


def _why(facts: Facts, visit: TagVisit, standing: Standing) -> Why | None:
    if standing.place == visit.place or standing.since > visit.last_at:
        return None
    if standing.kind == "virtual":
        return None if visit.meaning == "dock_out" else "came_back"
    if visit.meaning == "passage" or standing.place is None:
        return None
    return _why_here(facts, visit, standing)


def _why_here(facts: Facts, visit: TagVisit, standing: Standing) -> Why | None:
    """It is in the house and the book has it in another place."""
    if visit.meaning == "dock_out":
        return "not_ready" if _tote(facts, visit) else "gone"
    if visit.meaning == "dock_in" and visit.direction == "out":
        return "wrong_way"
    return None if visit.meaning == "dock_in" and standing.kind in DOORS else "elsewhere"


def _unknown(facts: Facts, visits: Sequence[TagVisit]) -> Iterator[Unknown]:
    """Tags that name nothing, and things that nobody announced or ever had."""
    tags: dict[str, list[TagVisit]] = defaultdict(list)
    for visit in visits:
        tote = _tote(facts, visit)
        known = visit.subject in facts.standing or visit.subject in facts.announced or tote
        if not known:
            tags[visit.tag].append(visit)
    for seen in tags.values():
        yield Unknown(tuple(seen))
