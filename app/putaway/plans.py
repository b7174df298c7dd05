"""A bin for every pallet and open line, reserved before the truck is unloaded."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import exists, select

from app.documents.models import AsnUnit, PurchaseOrderLine
from app.events import Called, DocumentSaved, GoodsReceived, GoodsStored, UnitReceived
from app.kernel.ids import derived
from app.ledger.models import Balance, UnitPosition
from app.locations.models import Location
from app.pipeline.floor import Floor
from app.pipeline.operation import Operation
from app.putaway.rules import Bin, Proposal, choose
from app.work.models import PutawayPlan

STORAGE = ("bin", "reserve", "pick_face")
Wanted = tuple[str, str | None, str | None, list[str]]  # plan, LPN, its code, items
SPARE = 4  # empty bins looked at beyond those that are needed, for alternates


def plan_document(floor: Floor, operation: Operation[Any], event: DocumentSaved) -> None:
    """Reserve bins for what a purchase order or an ASN announces."""
    if event.kind == "purchase_order":
        lines = floor.all(select(PurchaseOrderLine).where(PurchaseOrderLine.order == event.id))
        wanted: list[Wanted] = [(line.id, None, None, [line.item]) for line in lines]
    elif event.kind == "asn":
        units = floor.all(select(AsnUnit).where(AsnUnit.asn == event.id))
        wanted = [
            (unit.id, unit.id, unit.code, [str(row["item"]) for row in unit.contents])
            for unit in units
        ]
    else:
        return
    known = set(
        floor.session.scalars(
            select(PutawayPlan.id).where(PutawayPlan.id.in_([each[0] for each in wanted]))
        )
    )
    missing = [each for each in wanted if each[0] not in known]
    chosen = proposals(floor, [items for _, _, _, items in missing])
    for (plan, lpn, code, items), proposal in zip(missing, chosen, strict=True):
        _add(floor, plan, lpn, code, items[0] if len(items) == 1 else None, proposal)


def _add(
    floor: Floor,
    plan: str,
    lpn: str | None,
    code: str | None,
    item: str | None,
    proposal: Proposal,
) -> PutawayPlan:
    return floor.new(
        PutawayPlan,
        id=plan,
        site=floor.site,
        lpn=lpn,
        code=code,
        item=item,
        place=proposal.place.id if proposal.place else None,
        place_code=proposal.place.code if proposal.place else None,
        reason=proposal.reason(),
        alternates=[each.id for each in proposal.alternates],
        expected=0,
        stored=0,
        cancelled=False,
    )


def proposals(floor: Floor, wanted: list[list[str]]) -> list[Proposal]:
    """Propose a bin for each list of items; no bin is promised twice."""
    if not wanted:
        return []
    floor.write()  # what this chunk has promised already
    same = _bins_with(floor, {item for items in wanted for item in items})
    empty = _empty_bins(floor, len(wanted) + SPARE)
    chosen = []
    for items in wanted:
        here = same[items[0]] if len(items) == 1 else []
        proposal = choose(here, empty)
        if proposal.why == "empty_near":
            empty = empty[1:]
        if proposal.place is not None and len(items) == 1:
            same[items[0]] = same[items[0]] or [proposal.place]
        chosen.append(proposal)
    return chosen


def _bins_with(floor: Floor, items: Collection[str]) -> dict[str, list[Bin]]:
    rows = floor.session.execute(
        select(Balance.item, Location.id, Location.code)
        .join(Location, Location.id == Balance.holder)
        .where(
            Balance.site == floor.site,
            Balance.item.in_(sorted(items)),
            Balance.quantity > 0,
            Balance.status == "available",
            Location.kind.in_(STORAGE),
            Location.blocked.is_(False),
            Location.only_empty.is_(False),
        )
        .order_by(Balance.quantity.desc(), Location.code)
    )
    found: dict[str, list[Bin]] = defaultdict(list)
    for item, place, code in rows:
        found[item].append(Bin(place, code))
    return found


def _empty_bins(floor: Floor, limit: int) -> list[Bin]:
    used = exists().where(Balance.holder == Location.id, Balance.quantity != 0)
    stood_on = exists().where(UnitPosition.place == Location.id)
    promised = exists().where(
        PutawayPlan.place == Location.id,
        PutawayPlan.cancelled.is_(False),
        (PutawayPlan.stored < PutawayPlan.expected) | (PutawayPlan.expected == 0),
    )
    rows = floor.session.execute(
        select(Location.id, Location.code)
        .where(
            Location.site == floor.site,
            Location.kind.in_(STORAGE),
            Location.blocked.is_(False),
            ~used,
            ~stood_on,
            ~promised,
        )
        .order_by(Location.x, Location.y, Location.z, Location.code)
        .limit(limit)
    )
    return [Bin(place, code) for place, code in rows]


def goods_arrived(floor: Floor, operation: Operation[Any], event: GoodsReceived) -> None:
    """Turn a plan into work; what nobody announced gets its plan now."""
    if event.lpn is not None:
        _expect(floor, event.lpn, event.lpn, None, event, quantity=0)
        return
    plan = event.plan or derived(operation.id, "plan")
    _expect(floor, plan, None, event.item, event, quantity=event.quantity)


def _expect(
    floor: Floor,
    plan_id: str,
    lpn: str | None,
    item: str | None,
    event: GoodsReceived,
    quantity: int,
) -> None:
    plan = floor.find(PutawayPlan, plan_id)
    if plan is None:
        (proposal,) = proposals(floor, [[item or event.item]])
        plan = _add(floor, plan_id, lpn, None, item, proposal)
    if event.status == "damaged" and event.lpn is None:
        return  # damaged goods stay where the supervisor sees them; nobody is sent with them
    plan.source = event.place
    plan.expected = max(plan.expected, 1) if lpn else plan.expected + quantity
    floor.touch(plan)


def unit_arrived(floor: Floor, operation: Operation[Any], event: UnitReceived) -> None:
    """An announced pallet stands on the dock now."""
    plan = floor.find(PutawayPlan, event.lpn)
    if plan is None:
        (proposal,) = proposals(floor, [[event.lpn]])
        plan = _add(floor, event.lpn, event.lpn, None, None, proposal)
    plan.source = event.place
    plan.expected = 1
    floor.touch(plan)


def goods_stored(floor: Floor, operation: Operation[Any], event: GoodsStored) -> None:
    """Cross off what was brought to a bin."""
    plan = floor.find(PutawayPlan, event.plan) if event.plan else None
    if plan is None:
        return
    if event.lpn is None or plan.lpn == event.lpn:
        plan.stored += event.quantity if event.lpn is None else 1
        plan.efforts += event.effort
        floor.touch(plan)


def call_off(floor: Floor, operation: Operation[Any], event: Called) -> None:
    """Take back what a voided receipt or put-away had told the plan."""
    for meant in event.events:
        if isinstance(meant, GoodsReceived) and meant.lpn is None:
            _change(floor, meant.plan or derived(event.operation, "plan"), -meant.quantity, 0)
        elif isinstance(meant, UnitReceived):
            _change(floor, meant.lpn, -1, 0)
        elif isinstance(meant, GoodsStored) and meant.plan:
            stored = meant.quantity if meant.lpn is None else 1
            _change(floor, meant.plan, 0, -stored, -int(meant.effort))


def _change(floor: Floor, plan_id: str, expected: int, stored: int, efforts: int = 0) -> None:
    plan = floor.find(PutawayPlan, plan_id)
    if plan is not None:
        plan.expected += expected
        plan.stored += stored
        plan.efforts += efforts
        floor.touch(plan)
