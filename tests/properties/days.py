"""A day on the floor: gestures chosen at random, written down on handhelds, brought in anyhow."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from app.proving.handheld import Handheld
from tests.operations.settling import settle_only
from tests.properties import hands
from tests.properties.worlds import World
from tests.warehouse import DOCK, LAMP, MILK, STAGE, TEA

PLACES = ("A-01", "A-02", "A-03", DOCK, STAGE)
PALLETS = ("P-1", "P-2")
SKUS = (TEA, LAMP)
LOT = "5f1d1f0c-5a55-5c5f-8a8e-0a0a0a0a0a0a"


@dataclass
class Day:
    """What was recorded: who wrote what, which sheets wait for a decision, and who wrote them."""

    world: World
    orders: list[str]
    voidable: list[str] = field(default_factory=list)
    sheets: list[tuple[str, int, int]] = field(default_factory=list)  # sheet, handheld, last seq


Gesture = tuple[str, int, int, int, int, int]  # verb, handheld, and four choices
VERBS = ("receive", "pallet", "milk", "carry", "move", "pick", "count", "ship", "void", "wait")


def some_day(seed: int, length: int) -> list[Gesture]:
    """Choose gestures by seed."""
    choose = random.Random(seed)
    return [
        (
            choose.choice(VERBS),
            choose.randint(0, 2),
            choose.randint(0, 4),
            choose.randint(0, 4),
            choose.randint(1, 6),
            choose.randint(0, 1),
        )
        for _ in range(length)
    ]


def receive(day: Day, device: Handheld, g: Gesture) -> None:
    done = hands.lay(day.world.site, device, SKUS[g[5]], g[4], PLACES[g[2]])
    day.voidable.append(done)


def pallet(day: Day, device: Handheld, g: Gesture) -> None:
    lpn = day.world.site.lpn(PALLETS[g[5]])
    day.voidable.append(
        hands.lay(day.world.site, device, SKUS[g[3] % 2], g[4], PLACES[g[2]], lpn=lpn)
    )


def milk(day: Day, device: Handheld, g: Gesture) -> None:
    expiry = f"2027-01-{1 + g[5]:02d}"
    day.voidable.append(
        hands.lay(day.world.site, device, MILK, g[4], PLACES[g[2]], lot=LOT, expiry=expiry)
    )


def carry(day: Day, device: Handheld, g: Gesture) -> None:
    done = day.world.site.carry(device, SKUS[g[5]], g[4], PLACES[g[2]], PLACES[g[3]])
    day.voidable.append(done)


def move(day: Day, device: Handheld, g: Gesture) -> None:
    lpn = day.world.site.lpn(PALLETS[g[5]])
    day.voidable.append(hands.carry_unit(day.world.site, device, lpn, PLACES[g[2]], PLACES[g[3]]))


def pick(day: Day, device: Handheld, g: Gesture) -> None:
    line = day.world.site.line(day.orders[g[3] % 2], 1 + g[5])
    done = day.world.site.pick(device, line, SKUS[g[5]], g[4], PLACES[g[2]], None)
    day.voidable.append(done)


def count(day: Day, device: Handheld, g: Gesture) -> None:
    site = day.world.site
    seen = [site.goods(SKUS[g[5]], g[4])] if g[3] else []
    if g[3] == 4:
        seen.append(site.goods(TEA, 2, lpn=site.lpn(PALLETS[0])))
    units = [site.lpn(PALLETS[1])] if g[3] in (2, 4) else []
    sheet = hands.see(site, device, PLACES[g[2]], *units, goods=seen)
    day.sheets.append((sheet, g[1], len(device.queue)))


def ship(day: Day, device: Handheld, g: Gesture) -> None:
    order = day.orders[g[5]]
    day.voidable.append(hands.ship(day.world.site, device, order, order))


def void(day: Day, device: Handheld, g: Gesture) -> None:
    if day.voidable:
        hands.call_off(device, day.voidable[(g[2] * 5 + g[3]) % len(day.voidable)])


def wait(day: Day, device: Handheld, g: Gesture) -> None:
    """Nothing happens for a while."""


ACTS: dict[str, Callable[[Day, Handheld, Gesture], None]] = {
    "receive": receive, "pallet": pallet, "milk": milk, "carry": carry, "move": move,
    "pick": pick, "count": count, "ship": ship, "void": void, "wait": wait,
}  # fmt: skip


def record(day: Day, history: Sequence[Gesture]) -> None:
    """Write the day down on its handhelds; nothing is sent."""
    for gesture in history:
        day.world.site.clock.pass_(1)
        ACTS[gesture[0]](day, day.world.handhelds[gesture[1]], gesture)


def bring_in(world: World, queues: list[list[str]], day: Day, seed: int) -> None:
    """Send what was written in some order; each sheet is decided some time after it came.

    Now and then the system looks what has settled; it decides nothing that people decide here.
    """
    choose = random.Random(seed)
    waiting = list(day.sheets)
    for device, queue in zip(world.handhelds, queues, strict=True):
        device.queue = list(queue)
    while any(d.sent < len(d.queue) for d in world.handhelds) or waiting:
        ready = [s for s in waiting if world.handhelds[s[1]].sent >= s[2]]
        busy = [d for d in world.handhelds if d.sent < len(d.queue)]
        if ready and (not busy or choose.random() < 0.4):
            sheet = choose.choice(ready)
            waiting.remove(sheet)
            world.site.done("counting.approve", {"sheet": sheet[0], "note": None})
        elif choose.random() < 0.2:
            settle_only(world.site)
        elif busy:
            status, answer = choose.choice(busy).push_once(count=choose.randint(1, 6))
            assert status == 200, answer
