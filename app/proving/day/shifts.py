"""What everybody does all day, gesture by gesture: each `yield` lets others have their turn."""

from collections.abc import Iterator, Sequence

from app.documents.naming import asn_id, line_id, order_id, purchase_order_id
from app.items.naming import item_id
from app.kernel.ids import derived
from app.proving.day.hands import Floor, Worker
from app.proving.day.house import STAGE, Desk
from app.proving.day.model import Pile
from app.proving.day.scenario import Truck, Wanted
from app.proving.day.trouble import MOVED_UNTOLD
from app.proving.handheld import JSON

Shift = Iterator[None]
ORDERS_BETWEEN = 4  # turns between two orders that come in
SYNC_AFTER = 4  # gestures of a picker who has a network
BINS_A_SYNC = 5
CANCELLED = 2
SHIPPED_EVERY = 25  # turns


def receive(worker: Worker, trucks: Sequence[Truck]) -> Shift:
    """Unload trucks: pallets by their SSCC, cartons line by line."""
    worker.sync()
    for truck in trucks:
        asn = asn_id(worker.device.site, f"ASN-{truck.number}")
        for row in sorted(worker.rows("asn_unit"), key=lambda row: str(row["code"])):
            if row["asn"] == asn:
                worker.receive_pallet(row)
                worker.floor.waiting[row["id"]] = [
                    load for load in truck.pallets if load.code == row["code"]
                ]
                yield
        order = purchase_order_id(worker.device.site, f"PO-{truck.number}")
        for n, load in enumerate(truck.loose):
            line = line_id(order, load.line)
            worker.receive_loose(line, load, first=not n)
            worker.floor.waiting.setdefault(line, []).append(load)
            yield
        worker.sync()
        worker.floor.unloaded += 1
    worker.floor.receiving -= 1


def put_away(worker: Worker) -> Shift:
    """Bring to its bin whatever stands on the dock and has a plan."""
    floor = worker.floor
    while True:
        finished, unloaded = not floor.receiving, floor.unloaded
        worker.sync()
        here = [row for row in worker.rows("putaway_plan") if row["source"]]
        for row in sorted(here, key=lambda row: str(row["place_code"])):
            for load in floor.waiting.pop(row["id"], []):
                if load.good:
                    _store(worker, row, load.item, load.lot, load.good)
                    yield
        if finished:
            worker.sync()
            return
        while floor.receiving and floor.unloaded == unloaded:
            yield


def _store(worker: Worker, plan: JSON, item: str, lot: str | None, quantity: int) -> None:
    """Store a pallet or cartons; sometimes elsewhere than told, sometimes less than told."""
    floor = worker.floor
    wrong, loses = floor.trouble.next_put_away()
    target = plan["place"] or floor.house.place(floor.house.bins[-1])
    really = floor.house.place(floor.house.overflow.pop()) if wrong else None
    if plan["lpn"]:
        unit = plan["lpn"]
        worker.carry_unit(unit, worker.label(unit)[0], plan["source"], target, really)
        piles = [pile for pile in floor.model.hands if pile.holder == unit]
    else:
        pile = Pile(plan["source"], item, derived(item, lot) if lot else "")
        worker.carry(pile, target, quantity, plan=plan["id"], really=really)
        piles = [Pile(really or target, pile.item, pile.lot)]
    floor.did("put away", scans=2)
    if really:
        floor.trouble.wrong_at += [target, really]
    if loses:
        there = floor.model.hands[piles[0]]
        floor.model.lose(piles[0], min(floor.trouble.lost_of(quantity), there))
        floor.trouble.lost_at.append(target)


def take_orders(desk: Desk, floor: Floor, orders: Sequence[Wanted]) -> Shift:
    """Write down what customers want; the last ones think better of it at once."""
    for n, wanted in enumerate(orders):
        place_order(desk, floor, wanted)
        floor.placed += 1
        if n >= len(orders) - CANCELLED:
            desk.ask("ordering.cancel_order", {"number": wanted.number})
            floor.model.cancelled.add(order_id(floor.house.site, wanted.number))
        for _ in range(ORDERS_BETWEEN):
            yield
    floor.placing = False


def place_order(desk: Desk, floor: Floor, wanted: Wanted) -> None:
    """Enter one order."""
    order = order_id(floor.house.site, wanted.number)
    lines = []
    for n, (sku, quantity) in enumerate(wanted.lines, start=1):
        lines.append({"n": n, "item": item_id(floor.house.org, sku), "quantity": quantity})
        floor.model.wanted[line_id(order, n)] = quantity
    placed_at = wanted.hour * 3_600_000
    asked = {"number": wanted.number, "customer": None, "placed_at": placed_at, "lines": lines}
    desk.ask("ordering.save_order", asked)


def pick(worker: Worker, orders: int, *, online: bool) -> Shift:
    """Take orders and walk them, until there is nothing left to pick."""
    floor = worker.floor
    while True:
        take_work(worker, orders)
        yield
        if worker.rows("pick_line"):
            yield from walk(worker, online=online)
        elif not floor.placing:
            floor.picking -= 1
            return
        else:
            yield from _wait(floor, orders_placed=floor.placed + orders)


def _wait(floor: Floor, orders_placed: int) -> Shift:
    """Have a coffee until there is something to ask for again."""
    while floor.placing and floor.placed < orders_placed:
        yield


def pick_unseen(worker: Worker, orders: int) -> Shift:
    """Take orders and walk them without a network; nobody hears of it for hours."""
    take_work(worker, orders)
    yield
    yield from walk(worker, online=False, homeward=False)


def take_work(worker: Worker, orders: int) -> None:
    """Ask for orders; they come with the next pull."""
    worker.record("picking.take_work", {"orders": orders, "scans": []})
    worker.floor.did("take work", taps=1)
    worker.sync()


def walk(worker: Worker, *, online: bool, homeward: bool = True) -> Shift:
    """Go from stop to stop until none is left; `homeward`: also none that a sync brings."""
    done: set[str] = set()
    gestures = 0
    while True:
        stops = [row for row in worker.rows("pick_line") if row["id"] not in done]
        if not stops and not (done and homeward):
            return
        if not stops or (online and gestures >= SYNC_AFTER):
            worker.sync()
            done.clear()
            gestures = 0
            continue
        stop = min(stops, key=lambda row: (_number(worker, row), row["sequence"], row["id"]))
        _stop(worker, stop)
        done.add(stop["id"])
        gestures += 1
        yield


def _number(worker: Worker, stop: JSON) -> str:
    return str(worker.device.rows[("pick_task", stop["task"])]["order_number"])


def _stop(worker: Worker, stop: JSON) -> None:
    """Take what the walk asks for, or what is there."""
    task = worker.device.rows[("pick_task", stop["task"])]
    pile = Pile(stop["lpn"] or stop["source"], stop["item"], stop["lot"] or "")
    found = min(worker.floor.model.there(stop["source"], pile), stop["quantity"])
    first = task["order"] not in worker.totes
    if found:
        tote = f"T-{task['order_number']}"
        worker.pick(stop, task, tote, found, first=first)
        worker.totes.add(task["order"])
    if found < stop["quantity"]:
        missing = stop["quantity"] - found
        reason = "not_enough" if found else "bin_empty"
        worker.report_short(stop["order_line"], stop["source"], missing, reason)
    worker.floor.been(worker.badge, stop["source"])


def move_untold(worker: Worker) -> Shift:
    """Move half of some piles to the far end; the handheld will tell it hours later."""
    floor = worker.floor
    worker.sync()
    bins = {floor.house.place(code) for code in floor.house.bins}
    spared = set(floor.trouble.wrong_at) | set(floor.trouble.lost_at)
    piles = sorted(
        pile
        for pile, quantity in floor.model.hands.items()
        if quantity > 1 and pile.holder in bins - spared
    )
    for pile in floor.trouble.chance.sample(piles, min(MOVED_UNTOLD, len(piles))):
        yield
        there = floor.model.hands[pile]
        if there > 1:
            target = floor.house.place(floor.house.overflow.pop())
            worker.carry(pile, target, there // 2, reason="make_room")
            floor.did("move", scans=3, numbers=1)
            for place in (pile.holder, target):
                floor.been(worker.badge, place)


def count(worker: Worker, places: Sequence[str], overlooked: set[str]) -> Shift:
    """Count bins blind; in some a piece is overlooked."""
    worker.sync()
    for n, place in enumerate(places, start=1):
        seen = dict(worker.floor.model.contents().get(place, {}))
        if place in overlooked and seen:
            pile = min(seen)
            seen[pile] -= 1
            if not seen[pile]:
                del seen[pile]
        worker.count(place, seen)
        if n % BINS_A_SYNC == 0:
            worker.sync()
        yield
    worker.sync()


def pack(worker: Worker, *, evening: bool = False) -> Shift:
    """Ship what is picked; in the evening say first what will not come any more."""
    while True:
        worker.sync()
        if evening:
            for row in worker.rows("order"):
                _say_what_is_missing(worker, row)
                yield
            worker.sync()
        for row in worker.rows("order"):
            if row["status"] in ("picked", "staged"):
                worker.ship(row["id"], row["number"], row["totes"])
                yield
        worker.sync()
        if not worker.floor.picking:
            return
        for _ in range(SHIPPED_EVERY):
            yield


def _say_what_is_missing(worker: Worker, order: JSON) -> None:
    stage = worker.floor.house.place(STAGE)
    for line in order["lines"]:
        missing = line["ordered"] - line["picked"] - line["short"]
        if missing > 0:
            worker.report_short(line["id"], stage, missing, "not_enough")
