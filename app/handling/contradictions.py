"""Which contradictions hold now, derived from records alone, so that order cannot matter."""

from collections import defaultdict
from typing import Any

from sqlalchemy import literal_column, select

from app.among import among_named, keys_text
from app.documents.models import PurchaseOrderLine, SalesOrder, SalesOrderLine
from app.documents.standing import still_open
from app.handling.after_shipping import after_shipping
from app.handling.held import held_goods
from app.handling.place_rules import PlaceRule, Stored, broken_rules
from app.handling.put_back import not_put_back, surplus
from app.items.models import Item
from app.ledger.models import Balance, UnitPosition, Voided
from app.locations.models import Alias, Location
from app.pipeline.floor import Floor
from app.pipeline.operation import Derivation
from app.rows.prepared import Prepared
from app.stock.models import Lot
from app.work.models import PutawayPlan

Codes = dict[str, dict[str, Any]]
Found = dict[str, Codes]

BELOW_ZERO = Prepared(
    select(Balance.holder, Balance.item, Balance.lot, Balance.status, Balance.quantity)
    .where(
        among_named(Balance.holder, "holders"),
        Balance.quantity < literal_column("0"),  # spelled out, as the index has it
    )
    .order_by(Balance.status)
)
WITH_GAPS = Prepared(
    select(UnitPosition.unit, UnitPosition.gaps).where(
        among_named(UnitPosition.unit, "units"), UnitPosition.gaps > 0
    )
)

STORED = (Item.id, Balance.lot, Balance.quantity, Item.weight_g, Item.volume_ml)
LOOSE = Prepared(
    select(Balance.holder, *STORED)
    .join(Item, Item.id == Balance.item)
    .where(among_named(Balance.holder, "places"))
)
ON_UNITS = Prepared(
    select(UnitPosition.place, *STORED)
    .join(Balance, Balance.holder == UnitPosition.unit)
    .join(Item, Item.id == Balance.item)
    .where(among_named(UnitPosition.place, "places"))
)


def of_purchase_lines(floor: Floor, lines: set[str]) -> Found:
    """More received than was ordered, within the item's tolerance."""
    floor.load((PurchaseOrderLine, line) for line in lines)
    found: Found = {}
    for line_id in lines:
        line = floor.find(PurchaseOrderLine, line_id)
        item = floor.find(Item, line.item) if line else None
        if line is None or item is None:
            continue
        allowed = line.ordered * (100 + item.over_receipt_percent) // 100
        if line.received > allowed:
            over = line.received - line.ordered
            detail = {"ordered": line.ordered, "over": over}
            if line.aside > 0:
                detail["aside"] = line.aside
            found[line_id] = {"over_receipt": detail}
    return found


def of_order_lines(floor: Floor, lines: set[str]) -> Found:
    """More picked than was ordered, goods of a cancelled order in totes, picks after shipping."""
    floor.load((SalesOrderLine, line) for line in lines)
    found: Found = defaultdict(dict)
    known = {each: line for each in lines if (line := floor.find(SalesOrderLine, each))}
    orders = {line.order: floor.get(SalesOrder, line.order) for line in known.values()}
    shipped: dict[str, str] = {}
    unwanted: dict[str, SalesOrderLine] = {}
    over: list[SalesOrderLine] = []
    for line in known.values():
        order = orders[line.order]
        if order.cancelled and line.picked > 0 and not order.back_order_of:
            unwanted[line.id] = line
        elif line.picked > line.ordered:
            over.append(line)
        if order.shipments > 0:
            shipped[line.id] = order.id
            if still_open(line) > 0:
                found[line.id]["short_shipped"] = {"missing": still_open(line)}
    for line_id, codes in [
        *_too_many(floor, over, shipped),
        *_unwanted(floor, unwanted),
        *after_shipping(floor, shipped).items(),
        *held_goods(floor, known).items(),
    ]:
        found[line_id] |= codes
    return found


def _too_many(
    floor: Floor, lines: list[SalesOrderLine], shipped: dict[str, str]
) -> list[tuple[str, Codes]]:
    """More than the order asks for: a contradiction until the surplus is put back, or has left."""
    left = surplus(floor, [line for line in lines if line.id not in shipped])
    return [
        (line.id, {"over_pick": {"ordered": line.ordered, "over": line.picked - line.ordered}})
        for line in lines
        if left.get(line.id, 1)
    ]


def _unwanted(floor: Floor, lines: dict[str, SalesOrderLine]) -> list[tuple[str, Codes]]:
    """Goods of cancelled orders: a contradiction until they are put back."""
    orders = {line.order: floor.get(SalesOrder, line.order) for line in lines.values()}
    left = not_put_back(floor, orders.values())
    return [
        (line_id, {"pick_for_cancelled": {"picked": line.picked}})
        for line_id, line in lines.items()
        if (line.order, line.item) in left or orders[line.order].shipments
    ]


def of_stock(floor: Floor, keys: set[str]) -> Found:
    """Less than nothing on hand: something has not been told yet, or was told wrong."""
    found: Found = defaultdict(dict)
    holders = keys_text({key.partition("|")[0] for key in keys})
    for holder, item, lot, status, quantity in floor.ask(BELOW_ZERO, holders=holders):
        key = f"{holder}|{item}|{lot}"
        if key in keys:
            found[key].setdefault("negative_stock", {})[status] = quantity
    return found


def of_places(floor: Floor, places: set[str]) -> Found:
    """What is in a place although its rules forbid it."""
    floor.load((Location, place) for place in places)
    ruled = {}
    for place_id in places:
        place = floor.find(Location, place_id)
        if place is not None and _has_rules(place):
            ruled[place_id] = place
    if not ruled:
        return {}
    contents = contents_of(floor, set(ruled))
    found: Found = {}
    for place_id, place in ruled.items():
        broken = broken_rules(rule_of(place), contents[place_id])
        if broken:
            found[place_id] = {"rule_broken": {"rules": sorted(flag.rule for flag in broken)}}
    return found


def _has_rules(place: Location) -> bool:
    limits = (place.max_units, place.max_weight_g, place.max_volume_ml)
    return (
        place.blocked
        or place.no_mix_item
        or place.no_mix_lot
        or any(limit is not None for limit in limits)
    )


def rule_of(place: Location) -> PlaceRule:
    """Return a place's rules as a value."""
    return PlaceRule(
        blocked=place.blocked,
        virtual=place.kind == "virtual",
        only_empty=place.only_empty,
        no_mix_item=place.no_mix_item,
        no_mix_lot=place.no_mix_lot,
        max_units=place.max_units,
        max_weight_g=place.max_weight_g,
        max_volume_ml=place.max_volume_ml,
    )


def contents_of(floor: Floor, places: set[str]) -> dict[str, list[Stored]]:
    """Return what is in these places, loose or on units that stand there."""
    contents: dict[str, list[Stored]] = defaultdict(list)
    keys = keys_text(places)
    for place, *stored in [*floor.ask(LOOSE, places=keys), *floor.ask(ON_UNITS, places=keys)]:
        contents[place].append(Stored(*stored))
    return contents


def of_units(floor: Floor, units: set[str]) -> Found:
    """A unit was taken from where it did not stand: a move in between is missing."""
    rows = floor.ask(WITH_GAPS, units=keys_text(units))
    return {unit: {"chain_gap": {"gaps": gaps}} for unit, gaps in rows}


def of_lots(floor: Floor, lots: set[str]) -> Found:
    """One lot, two expiry dates."""
    floor.load((Lot, lot) for lot in lots)
    found: Found = {}
    for lot_id in lots:
        lot = floor.find(Lot, lot_id)
        if lot is not None and lot.conflict:
            found[lot_id] = {"lot_conflict": {"expiry": lot.expiry}}
    return found


def of_codes(floor: Floor, codes: set[str]) -> Found:
    """Hands took a house code for something else than it means here now."""
    floor.load((Alias, code) for code in codes)
    found: Found = {}
    for code in codes:
        alias = floor.find(Alias, code)
        if alias is None or not alias.active or alias.target_kind != "item":
            continue
        others = [item for item in alias.taken_for if item != alias.target]
        if others:
            found[code] = {"identity_changed": {"scanned": alias.code, "items": others}}
    return found


def of_plans(floor: Floor, plans: set[str]) -> Found:
    """The same work was done twice: a pallet put away again under its task, or more than came."""
    floor.load((PutawayPlan, plan) for plan in plans)
    found: Found = {}
    for plan_id in plans:
        plan = floor.find(PutawayPlan, plan_id)
        if plan is None:
            continue
        again = plan.efforts > 1 if plan.lpn else plan.stored > plan.expected > 0
        if again:
            found[plan_id] = {"duplicate_effort": {"place": plan.place_code}}
    return found


def of_voids(floor: Floor, causes: set[str]) -> Found:
    """Something was called off that nobody has reported yet."""
    floor.load((Voided, cause) for cause in causes)
    called_off = [floor.find(Voided, cause) for cause in causes]
    return {row.cause: {"void_waiting": {}} for row in called_off if row and not row.applied}


DERIVERS = {
    "po_line": Derivation(frozenset({"over_receipt"}), of_purchase_lines),
    "order_line": Derivation(
        frozenset(
            {
                "over_pick",
                "pick_for_cancelled",
                "after_ship",
                "void_after_use",
                "held_stock_picked",
                "held_stock_shipped",
                "short_shipped",
            }
        ),
        of_order_lines,
    ),
    "stock": Derivation(frozenset({"negative_stock"}), of_stock),
    "place": Derivation(frozenset({"rule_broken"}), of_places),
    "unit": Derivation(frozenset({"chain_gap"}), of_units),
    "lot": Derivation(frozenset({"lot_conflict"}), of_lots),
    "code": Derivation(frozenset({"identity_changed"}), of_codes),
    "plan": Derivation(frozenset({"duplicate_effort"}), of_plans),
    "void": Derivation(frozenset({"void_waiting"}), of_voids),
}
