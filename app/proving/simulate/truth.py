"""The physical timeline of a seed, drawn before anything is told to anybody.

Hands only take what is really there. Now and then goods vanish or change places untold, somebody
tells a gesture that was never made and calls it off later, or counts wrong: so the books differ
from the shelves, and counts have something to find.
"""

import heapq
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from random import Random

from app.proving.simulate.deeds import (
    BINS,
    CUSTOMER,
    DOCK,
    LINES,
    LOTS,
    MILK,
    ORDERS,
    STAGE,
    SUPPLIER,
    TEA,
    Deed,
    Finish,
    Line,
    Move,
    Pile,
    Stand,
)

HOUR = 3_600_000
MINUTE = 60_000
GESTURES = (
    ("receive", 16), ("receive_unit", 5), ("receive_serial", 5), ("put_away", 22),
    ("put_away_unit", 5), ("pick", 20), ("move", 10), ("move_unit", 4), ("move_serial", 6),
    ("ship", 4), ("count", 15), ("mistake", 6), ("vanish", 3),
)  # fmt: skip
VERBS, WEIGHTS = tuple(verb for verb, _ in GESTURES), tuple(weight for _, weight in GESTURES)
MISCOUNTS = 0.1


@dataclass
class Truth:
    """What is really where, and everything that hands do in the end."""

    chance: Random
    hands: int
    goods: Counter[Pile] = field(default_factory=Counter)
    stands: dict[str, str] = field(default_factory=dict)
    deeds: list[Deed] = field(default_factory=list)
    shipped: set[str] = field(default_factory=set)
    busy: dict[int, list[Callable[[int, int], None]]] = field(default_factory=dict)
    pallets: int = 0
    drills: int = 0

    # --- what is really there ----------------------------------------------------------------

    def shift(self, move: Move) -> None:
        """Goods change their holder."""
        if move.source != SUPPLIER:
            self.goods[Pile(move.source, move.item, move.lot)] -= move.quantity
        if move.target != CUSTOMER:
            self.goods[Pile(move.target, move.item, move.lot)] += move.quantity

    def there(self, place: str) -> list[Pile]:
        """Every pile in a place, loose or on what stands there."""
        return sorted(
            pile
            for pile, quantity in self.goods.items()
            if quantity > 0 and place in (pile.holder, self.stands.get(pile.holder))
        )

    def loose(self, *places: str) -> list[Pile]:
        """Every loose pile in these places."""
        return sorted(pile for pile, q in self.goods.items() if q > 0 and pile.holder in places)

    def units(self, *places: str, of: str = "P") -> list[str]:
        """Every pallet that stands in these places, or everything else with a number."""
        return sorted(
            unit for unit, place in self.stands.items() if place in places and unit[0] == of
        )

    # --- telling -----------------------------------------------------------------------------

    def tell(self, at: int, hand: int, kind: str, **what: object) -> Deed:
        """Make a gesture: it happens, and it is told."""
        deed = self.say(at, hand, kind, **what)
        for move in deed.moves:
            self.shift(move)
        for stand in deed.stands:
            self.stands[stand.unit] = stand.place
        return deed

    def say(self, at: int, hand: int, kind: str, **what: object) -> Deed:
        """Tell a gesture without making it."""
        deed = Deed(len(self.deeds), at, hand, kind, **what)  # type: ignore[arg-type]
        self.deeds.append(deed)
        return deed

    def some(self, pile: Pile) -> int:
        """Choose how much of a pile."""
        return self.chance.randint(1, max(self.goods[pile] // 2, 1))


def drawn(seed: int, hands: int, hours: float, operations: int) -> Truth:
    """Draw the timeline of a seed: each pair of hands works on, all at the same floor."""
    truth = Truth(Random(f"truth {seed}"), hands)  # noqa: S311 - the same truth for everybody
    span = round(hours * HOUR)
    pause = span * hands / operations
    turns = [(round(truth.chance.uniform(0, pause)), hand) for hand in range(hands)]
    heapq.heapify(turns)
    while turns:
        at, hand = heapq.heappop(turns)
        if at >= span:
            continue
        script = truth.busy.get(hand)
        if script:
            script.pop(0)(at, hand)
        else:
            act(truth, at, hand)
        busy = bool(truth.busy.get(hand))
        gap = truth.chance.uniform(4_000, 30_000) if busy else truth.chance.expovariate(1 / pause)
        heapq.heappush(turns, (at + 1_000 + round(gap), hand))
    return truth


def act(truth: Truth, at: int, hand: int) -> None:
    """Make one gesture; what is not possible now is not made."""
    (verb,) = truth.chance.choices(VERBS, WEIGHTS)
    ACTS[verb](truth, at, hand)


def receive(truth: Truth, at: int, hand: int) -> None:
    item = truth.chance.choice(LINES)
    lot = truth.chance.choice(LOTS[item])
    status = "damaged" if truth.chance.random() < 0.15 else "available"  # noqa: PLR2004
    move = Move(SUPPLIER, DOCK, item, lot, truth.chance.randint(4, 40), status)
    truth.tell(at, hand, "receive", moves=(move,))


def receive_unit(truth: Truth, at: int, hand: int) -> None:
    truth.pallets += 1
    unit = f"P-{truth.pallets}"
    lot = truth.chance.choice(LOTS[MILK])
    load: tuple[Move, ...] = (Move(SUPPLIER, unit, MILK, lot, truth.chance.randint(6, 30)),)
    if truth.chance.random() < 0.5:  # noqa: PLR2004
        load += (Move(SUPPLIER, unit, TEA, "", truth.chance.randint(6, 30)),)
    truth.tell(at, hand, "receive_unit", moves=load, stands=(Stand(unit, DOCK),))


def receive_serial(truth: Truth, at: int, hand: int) -> None:
    truth.drills += 1
    truth.tell(at, hand, "receive_serial", stands=(Stand(f"S-{truth.drills}", DOCK),))


def _carry(truth: Truth, at: int, hand: int, kind: str, *sources: str) -> None:
    piles = truth.loose(*sources)
    if not piles:
        return
    pile = truth.chance.choice(piles)
    target = truth.chance.choice([place for place in BINS if place != pile.holder])
    truth.tell(at, hand, kind, moves=(Move(pile.holder, target, *pile[1:], truth.some(pile)),))


def _bring(truth: Truth, at: int, hand: int, kind: str, *sources: str, of: str = "P") -> None:
    units = truth.units(*sources, of=of)
    if not units:
        return
    unit = truth.chance.choice(units)
    source = truth.stands[unit]
    target = truth.chance.choice([place for place in BINS if place != source])
    truth.tell(at, hand, kind, stands=(Stand(unit, target, source),))


def _pickable(truth: Truth) -> list[tuple[Pile, str, str]]:
    return [
        (pile, place, order)
        for place in BINS
        for pile in truth.there(place)
        for order in ORDERS
        if order not in truth.shipped
    ]


def pick(truth: Truth, at: int, hand: int) -> None:
    choices = _pickable(truth)
    if not choices:
        return
    pile, place, order = truth.chance.choice(choices)
    quantity = min(truth.some(pile), 5)
    taken = Move(pile.holder, f"T-{order}", *pile[1:], quantity)
    truth.tell(at, hand, "pick", moves=(taken,), order=order, place=place)


def ship(truth: Truth, at: int, hand: int) -> None:
    """Bring a tote to the stage, and let it go from there a little later."""
    filled = {pile.holder for pile, q in truth.goods.items() if q > 0 and pile.holder[:2] == "T-"}
    ready = sorted(order for order in ORDERS if f"T-{order}" in filled - truth.shipped)
    ready = [order for order in ready if order not in truth.shipped]
    if not ready:
        return
    order = truth.chance.choice(ready)
    tote = f"T-{order}"
    truth.shipped.add(order)
    truth.tell(at, hand, "move_unit", stands=(Stand(tote, STAGE),))
    gone = (Stand(tote, CUSTOMER, STAGE),)
    truth.busy[hand] = [partial(_shipped, truth, order, gone)]


def _shipped(truth: Truth, order: str, gone: tuple[Stand, ...], at: int, hand: int) -> None:
    truth.tell(at, hand, "ship", stands=gone, order=order)


def count(truth: Truth, at: int, hand: int) -> None:
    """Count a bin scan by scan; somebody else may reach into it meanwhile."""
    place = truth.chance.choice(BINS)
    whole = {u for u in truth.units(place) if truth.chance.random() < 0.4}  # noqa: PLR2004
    steps = [pile for pile in truth.there(place) if pile.holder not in whole]
    sheet = len(truth.deeds)  # its first deed is the next one
    script: list[Callable[[int, int], None]] = [
        partial(_seen, truth, Line(sheet, place, pile, None, 0)) for pile in steps
    ]
    seen = [*sorted(whole), *truth.units(place, of="S")]
    script += [partial(_seen, truth, Line(sheet, place, None, unit, 1)) for unit in seen]
    script.append(partial(_finished, truth, sheet, place))
    script.pop(0)(at, hand)
    truth.busy[hand] = script


def _seen(truth: Truth, line: Line, at: int, hand: int) -> None:
    pile = line.pile
    if pile is None:
        truth.tell(at, hand, "count_line", line=line)
        return
    quantity = truth.goods[pile]
    if truth.chance.random() < MISCOUNTS:
        quantity = max(quantity + truth.chance.choice((-2, -1, 1, 3)), 0)
    if quantity > 0 or line.sheet == len(truth.deeds):
        told = Line(line.sheet, line.place, pile, None, max(quantity, 1))
        truth.tell(at, hand, "count_line", line=told)


def _finished(truth: Truth, sheet: int, place: str, at: int, hand: int) -> None:
    empty = sheet == len(truth.deeds)
    truth.tell(at, hand, "finish_bin", finish=Finish(sheet, place, empty))


def mistake(truth: Truth, at: int, hand: int) -> None:
    """Tell what did not happen, and call it off in a while."""
    item = truth.chance.choice(LINES)
    lot = truth.chance.choice(LOTS[item])
    quantity = truth.chance.randint(1, 9)
    if truth.chance.random() < 0.5:  # noqa: PLR2004
        wrong = truth.say(at, hand, "receive", moves=(Move(SUPPLIER, DOCK, item, lot, quantity),))
    else:
        source, target = truth.chance.sample(BINS, 2)
        moves = (Move(source, target, item, lot, quantity),)
        wrong = truth.say(at, hand, "move", moves=moves)
    truth.busy[hand] = [partial(_called_off, truth, wrong.n)]


def _called_off(truth: Truth, wrong: int, at: int, hand: int) -> None:
    truth.say(at, hand, "void", void=wrong)


def vanish(truth: Truth, at: int, hand: int) -> None:
    """Goods are gone, or lie elsewhere, and no handheld hears of it."""
    piles = truth.loose(*BINS)
    if not piles:
        return
    pile = truth.chance.choice(piles)
    quantity = min(truth.some(pile), 3)
    truth.goods[pile] -= quantity
    if truth.chance.random() < 0.5:  # noqa: PLR2004
        target = truth.chance.choice([place for place in BINS if place != pile.holder])
        truth.goods[Pile(target, *pile[1:])] += quantity


ACTS: dict[str, Callable[[Truth, int, int], None]] = {
    "receive": receive,
    "receive_unit": receive_unit,
    "receive_serial": receive_serial,
    "put_away": lambda *who: _carry(*who, "put_away", DOCK),
    "put_away_unit": lambda *who: _bring(*who, "put_away_unit", DOCK),
    "pick": pick,
    "move": lambda *who: _carry(*who, "move", *BINS),
    "move_unit": lambda *who: _bring(*who, "move_unit", *BINS),
    "move_serial": lambda *who: _bring(*who, "move_serial", DOCK, *BINS, of="S"),
    "ship": ship,
    "count": count,
    "mistake": mistake,
    "vanish": vanish,
}
