"""Everything that can go wrong with three operations on two handhelds, one history after another.

One handheld receives and later counts a bin, the other takes goods to or from that bin. Every
order of their steps is played with every fate of every push: the oracle knows the true order.
"""

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations, product
from random import Random

from app.proving.simulate import mishaps
from app.proving.simulate.checks import check
from app.proving.simulate.core import Core
from app.proving.simulate.deeds import DOCK, SUPPLIER, TEA, Finish, Line, Move, Pile
from app.proving.simulate.desk import Desk
from app.proving.simulate.faults import Faults
from app.proving.simulate.play import Played, heal
from app.proving.simulate.premises import Premises, premises
from app.proving.simulate.pyscanner import in_python
from app.proving.simulate.server import POINTS
from app.proving.simulate.truth import Truth
from app.proving.simulate.world import World

BIN, ORDER = "A-01", "SO-1"
STEPS = (("receive", "push", "count", "push"), ("other", "push", "pull"))
FATES = ("fine", "request lost", "answer lost", *POINTS)
PUSHES = 3
VERBS = ("put away", "pick")
PAUSE = 45_000  # ms between steps: far more than any stamp is off, and no silence yet


@dataclass(frozen=True)
class History:
    """One of them: whose turn it is, what becomes of each push, and when the count is approved."""

    verb: str
    turns: tuple[int, ...]
    fates: tuple[str, ...]
    early: bool  # approved as soon as it is in, or when everything is

    def __str__(self) -> str:
        """Name it so that it can be played again."""
        turns = "".join("AB"[hand] for hand in self.turns)
        return f"{self.verb} / {turns} / {', '.join(self.fates)} / {'early' if self.early else ''}"


def histories() -> Iterator[History]:
    """Every one that hands can bring about: nobody takes what was not received yet."""
    steps = len(STEPS[0]) + len(STEPS[1])
    for verb, second in product(VERBS, combinations(range(steps), len(STEPS[1]))):
        turns = tuple(int(n in second) for n in range(steps))
        if turns[0] == 1:
            continue
        for fates, early in product(product(FATES, repeat=PUSHES), (False, True)):
            yield History(verb, turns, fates, early)


def opened(place: Premises, hands: int = 2) -> Played:
    """Put handhelds that were in use before into hands; nothing goes wrong by itself."""
    place.fresh()
    faults = Faults(Random(0), ())  # noqa: S311 - nothing is drawn
    truth = Truth(Random(0), hands)  # noqa: S311 - the same
    names = replace(place.furnished.names, seed=0)
    chance = Random(1)  # noqa: S311 - the same
    world = World(place.server, place.furnished, names, truth, faults, 0.01, chance)
    for hand in range(hands):
        scanner = mishaps.handheld(world, hand, place.furnished.handhelds[hand])
        in_python(scanner).last_heard = 0
        world.scanners[hand] = [scanner]
    return Played(0, world, Desk(world))


def lived(place: Premises, history: History) -> list[str]:
    """Play one history, heal, and say what does not hold."""
    with place.server.in_charge(str(history)):
        played = opened(place)
        _walk_through(played, history)
        heal(played, approving=1)
        return check(place, played, rebuild=False).problems


def _walk_through(played: Played, history: History) -> None:
    world = played.world
    steps = [iter(each) for each in STEPS]
    fates = iter(history.fates)
    for hand in history.turns:
        world.now += PAUSE
        world.server.now_ms = world.now
        step = next(steps[hand])
        scanner = world.scanners[hand][0]
        if step in ACTS:
            ACTS[step](world, hand, history.verb)
        elif step == "push":
            push(world, scanner, next(fates))
        else:
            scanner.begin()
            ask_with(world, scanner, "fine", 1)
        if history.early:
            for sheet in played.desk.ready():
                played.desk.approve(sheet)


def push(world: World, scanner: Core, fate: str) -> None:
    """Hand in, and let that be its fate."""
    scanner.begin()
    in_python(scanner).pulled = True  # nothing is fetched this time
    ask_with(world, scanner, fate, 9)


def ask_with(world: World, scanner: Core, fate: str, most: int) -> None:
    """Go on asking until there is nothing more to say, or the network has failed."""
    for _ in range(most):
        ask = scanner.next_ask(world.now)
        if ask is None:
            return
        world.now += 40
        world.server.now_ms = world.now
        arrives = fate != "request lost"
        point = fate if fate in POINTS else False
        status, answer = world.serve(ask, crash=point) if arrives else (None, None)
        if fate == "answer lost":
            status, answer = None, None
        if not scanner.hear(world.now, ask, status, answer):
            return


# --- what hands do ----------------------------------------------------------------------------


def _receive(world: World, hand: int, verb: str) -> None:
    target = DOCK if verb == "put away" else BIN
    move = Move(SUPPLIER, target, TEA, "", 5)
    world.gesture(world.truth.tell(round(world.now), hand, "receive", moves=(move,)))


def _other(world: World, hand: int, verb: str) -> None:
    at = round(world.now)
    if verb == "put away":
        move = Move(DOCK, BIN, TEA, "", 3)
        world.gesture(world.truth.tell(at, hand, "put_away", moves=(move,)))
        return
    taken = Move(BIN, f"T-{ORDER}", TEA, "", 3)
    world.gesture(world.truth.tell(at, hand, "pick", moves=(taken,), order=ORDER, place=BIN))


def _count(world: World, hand: int, verb: str) -> None:
    sheet, at, here = len(world.truth.deeds), round(world.now), Pile(BIN, TEA, "")
    quantity = world.truth.goods[here]
    if quantity:
        line = Line(sheet, BIN, here, None, quantity)
        world.gesture(world.truth.tell(at, hand, "count_line", line=line))
    finish = Finish(sheet, BIN, empty=not quantity)
    world.gesture(world.truth.tell(at + 5, hand, "finish_bin", finish=finish))


ACTS = {"receive": _receive, "other": _other, "count": _count}


# --- the command ------------------------------------------------------------------------------


def run(database: str | None, first: int, most: int | None) -> int:
    """Play every history, or so many of them from the first; 0 = everything held in all."""
    began, wrong = time.perf_counter(), 0
    until = None if most is None else first - 1 + most
    chosen = list(enumerate(histories(), start=1))[first - 1 : until]
    say = partial(sys.stdout.write)
    with premises(database) as place:
        for n, history in chosen:
            problems = lived(place, history)
            wrong += bool(problems)
            for problem in problems:
                say(f"history {n}: {history}: {problem}\n")
            if problems:
                say(f"again with: tallyman simulate --small-scope --seed {n} --seeds 1\n")
    seconds = time.perf_counter() - began
    say(
        f"histories {first} to {first + len(chosen) - 1}: {len(chosen) - wrong} clean,"
        f" {wrong} not; {seconds:.0f} seconds\n"
    )
    return 1 if wrong else 0
