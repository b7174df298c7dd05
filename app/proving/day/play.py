"""The day from the first truck to the last order, and what it leaves behind."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from flask import Flask

from app.documents.naming import line_id, purchase_order_id
from app.items.naming import item_id
from app.proving.day import shifts
from app.proving.day.hands import Floor, Worker
from app.proving.day.house import CREW, Desk, House, everybody, founded
from app.proving.day.model import Model
from app.proving.day.scenario import EARLY, SyntheticDay, Truck, Wanted, trucks
from app.proving.day.trouble import COUNTED, Trouble, put_aways, troubled
from app.proving.handheld import JSON

LATE_PICKER, LATE_MOVER = f"picker-{CREW['picker']}", "mover-1"
LATE_ORDERS = 6
SPARE = 1.7  # bins for every line and pallet that will come
FETCHED = 200  # sheets that the desk reads at a time


@dataclass
class Played:
    """Everything there is to check in the evening."""

    floor: Floor
    desk: Desk
    crew: Mapping[str, Worker]
    counted: Sequence[str]
    recounted: int = 0


def play_synthetic(app: Flask, seed: int, day: SyntheticDay) -> Played:
    """Play a drawn day on an empty database."""
    house = founded(app, seed)
    demand: Counter[str] = Counter()
    for wanted in day.orders:
        for sku, quantity in wanted.lines:
            demand[item_id(house.org, sku)] += quantity
    lots = frozenset(item_id(house.org, each.sku) for each in day.articles if each.lots)
    coming = troubled(seed, trucks(seed, demand, lots))
    house.furnish(round(put_aways(coming) * SPARE))
    house.stock_list(day.articles)
    return play(house, seed, coming, day.orders)


def play(
    house: House,
    seed: int,
    coming: Sequence[Truck],
    orders: Sequence[Wanted] = (),
    wanted: Mapping[str, int] | None = None,
) -> Played:
    """Play a day; `wanted`: order lines that are already there."""
    desk, floor = Desk(house), _floor(house, seed, coming)
    floor.model.wanted.update(wanted or {})
    _announce(desk, floor, coming)
    early = [order for order in orders if order.hour < EARLY]
    for order in early:
        shifts.place_order(desk, floor, order)
    crew = {badge: _hired(floor, role, badge) for role, badge in everybody()}
    chance = Random(f"floor {seed}")  # noqa: S311 - the same turns for everybody

    _morning(chance, crew, coming)
    counted, again = _noon(chance, crew, desk, orders[len(early) :])
    late = (LATE_PICKER, LATE_MOVER)
    for badge in late:  # hours after everybody, and after the counts were approved
        crew[badge].sync()
    _evening(chance, crew)
    return Played(floor, desk, crew, counted, again)


def _floor(house: House, seed: int, coming: Sequence[Truck]) -> Floor:
    model = Model(house.place("@supplier"), house.place("@customer"), house.place("@variance"))
    for truck in coming:
        order = purchase_order_id(house.site, f"PO-{truck.number}")
        for load in truck.loads:
            model.ordered[line_id(order, load.line)] += load.ordered
            if load.code:
                model.received[line_id(order, load.line)] += load.good
    return Floor(house, model, Trouble.drawn(seed, put_aways(coming)))


def _announce(desk: Desk, floor: Floor, coming: Sequence[Truck]) -> None:
    """Ask for the goods, and hear which pallets are on the way."""
    house = floor.house
    for truck in coming:
        lines: dict[int, JSON] = {}
        for load in truck.loads:
            line = {"n": load.line, "item": load.item, "packaging": None, "quantity": 0}
            lines.setdefault(load.line, line)["quantity"] += load.ordered
        named = {"number": f"PO-{truck.number}", "supplier": house.supplier}
        desk.ask("purchasing.save_purchase_order", {**named, "lines": list(lines.values())})
        units = [
            {
                "code": load.code,
                "contents": [
                    {
                        "item": load.item,
                        "packaging": None,
                        "lot": load.lot,
                        "expiry": load.expiry,
                        "quantity": load.good,
                    }
                ],
            }
            for load in truck.pallets
        ]
        order = purchase_order_id(house.site, f"PO-{truck.number}")
        named = {"number": f"ASN-{truck.number}", "supplier": house.supplier}
        if units:
            asked = {**named, "purchase_order": order, "units": units, "lines": []}
            desk.ask("purchasing.save_asn", asked)


def _hired(floor: Floor, role: str, badge: str) -> Worker:
    return Worker(floor, floor.house.enrolled(badge, role, badge), badge)


def _of(crew: Mapping[str, Worker], role: str) -> list[Worker]:
    return [worker for badge, worker in crew.items() if badge.startswith(f"{role}-")]


def together(chance: Random, work: Sequence[shifts.Shift]) -> None:
    """Let everybody work at once; whose turn it is, is drawn."""
    busy = list(work)
    while busy:
        turn = chance.choice(busy)
        try:
            next(turn)
        except StopIteration:
            busy.remove(turn)


def _morning(chance: Random, crew: Mapping[str, Worker], coming: Sequence[Truck]) -> None:
    """Unload and put away."""
    receivers, drivers = _of(crew, "receiver"), _of(crew, "driver")
    receivers[0].floor.receiving = len(receivers)
    docks = [
        shifts.receive(worker, coming[n :: len(receivers)]) for n, worker in enumerate(receivers)
    ]
    together(chance, [*docks, *(shifts.put_away(worker) for worker in drivers)])


def _noon(
    chance: Random, crew: Mapping[str, Worker], desk: Desk, orders: Sequence[Wanted]
) -> tuple[list[str], int]:
    """Pick, ship and count; two handhelds are out of reach. Returns what was counted."""
    pickers = [worker for worker in _of(crew, "picker") if worker.badge != LATE_PICKER]
    floor = pickers[0].floor
    floor.placing, floor.picking = bool(orders), len(pickers)
    unseen = [
        shifts.move_untold(crew[LATE_MOVER]),
        shifts.pick_unseen(crew[LATE_PICKER], LATE_ORDERS),
    ]
    counting = _Counting(chance, crew, floor)
    together(
        chance,
        [
            shifts.take_orders(desk, floor, orders),
            *unseen,
            *_picking(pickers),
            shifts.pack(_of(crew, "packer")[0]),
            *counting.both(),
        ],
    )
    again = _judge(chance, crew, desk, floor)
    return counting.places, again


def _picking(pickers: Sequence[Worker]) -> list[shifts.Shift]:
    """Half of the pickers have a network; the others take several orders ahead."""
    return [shifts.pick(worker, 1 + n % 4, online=n % 2 == 0) for n, worker in enumerate(pickers)]


class _Counting:
    """The bins of the day's count, chosen when half of the picking is done."""

    def __init__(self, chance: Random, crew: Mapping[str, Worker], floor: Floor) -> None:
        self._chance, self._floor = chance, floor
        self._counters = _of(crew, "counter")[:2]
        self.places: list[str] = []
        self._overlooked: set[str] = set()

    def both(self) -> list[shifts.Shift]:
        """Two counters share the bins."""
        return [self._shift(n, worker) for n, worker in enumerate(self._counters)]

    def _shift(self, n: int, worker: Worker) -> shifts.Shift:
        floor = self._floor
        while floor.picking and floor.picks < len(floor.model.wanted) // 2:
            yield
        if not self.places:
            self._choose()
        yield from shifts.count(worker, self.places[n::2], self._overlooked)

    def _choose(self) -> None:
        """Count where something went wrong, where late handhelds were, and elsewhere."""
        floor = self._floor
        trouble, bins = floor.trouble, [floor.house.place(code) for code in floor.house.bins]
        late = [*floor.visits.get(LATE_MOVER, []), *floor.visits.get(LATE_PICKER, [])]
        known = [*trouble.wrong_at, *trouble.lost_at[: COUNTED // 4], *late[: COUNTED // 2]]
        contents = floor.model.contents()
        used = [place for place in bins if place in contents and place not in known]
        empty = [place for place in bins if place not in contents and place not in known]
        rest = self._chance.sample(used, min(COUNTED, len(used)))
        self.places = list(dict.fromkeys([*known, *rest, *empty]))[:COUNTED]
        sound = [place for place in self.places if place in used]
        self._overlooked = trouble.miscounted(sound)
        self._chance.shuffle(self.places)


def _judge(chance: Random, crew: Mapping[str, Worker], desk: Desk, floor: Floor) -> int:
    """Have every variance counted again by somebody else, then approve what was counted last."""
    first = _sheets(desk)
    doubted = [sheet for sheet in first if any(line["variance"] for line in sheet["lines"])]
    for sheet in doubted:
        desk.ask("counting.reject", {"sheet": sheet["sheet"], "note": "count again"})
    somebody_else = _of(crew, "counter")[2]
    places = [sheet["place"] for sheet in doubted]
    together(chance, [shifts.count(somebody_else, places, set())])
    for sheet in _sheets(desk):
        desk.ask("counting.approve", {"sheet": sheet["sheet"], "note": None})
        floor.model.approved.add(sheet["sheet"])
    return len(doubted)


def _sheets(desk: Desk) -> list[JSON]:
    found: list[JSON] = desk.look(f"/api/v1/counts?state=finished&limit={FETCHED}")["items"]
    return found


def _evening(chance: Random, crew: Mapping[str, Worker]) -> None:
    """Pick what is left, say what is missing, ship; everybody hands in."""
    pickers = _of(crew, "picker")
    floor = pickers[0].floor
    floor.picking = len(pickers)
    packer = _of(crew, "packer")[0]
    together(chance, [*_picking(pickers), shifts.pack(packer)])
    together(chance, [shifts.pack(packer, evening=True)])
    for worker in crew.values():
        worker.sync()


__all__ = ["Played", "play", "play_synthetic"]
