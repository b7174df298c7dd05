"""The mixed floor: 70 % picks, 15 % put-aways, 10 % receipts, 5 % counts, all with their scans."""

from collections.abc import Callable
from itertools import count, cycle
from random import Random

from app.kernel.ids import derived, uuid7
from app.proving.bench.paperwork import TAKEN, Work
from app.proving.bench.premises import DOCK, Premises, gtin
from app.proving.handheld import JSON, Handheld, goods

PICKS, PUT_AWAYS, RECEIPTS, COUNTS = 70, 15, 10, 5
MOST_TASKS = 20  # orders handed out at once
SEED = 20_260_101


def take_orders(device: Handheld, orders: int) -> None:
    """Take so many orders on a walk."""
    for start in range(0, orders, MOST_TASKS):
        wanted = min(MOST_TASKS, orders - start)
        device.record("picking.take_work", {"orders": wanted, "scans": []})
    device.push()


def work(site: Premises, device: Handheld, todo: Work, operations: int) -> None:
    """Write down a morning of mixed work; nothing is sent yet."""
    hands = Hands(site, device, todo)
    chance = Random(SEED)  # noqa: S311 - the same work in every run
    kinds: list[Callable[[], None]] = [hands.pick, hands.put_away, hands.receive, hands.count]
    weights = [PICKS, PUT_AWAYS, RECEIPTS, COUNTS]
    for gesture in chance.choices(kinds, weights, k=operations):
        gesture()


class Hands:
    """A worker who does what is asked, over and over."""

    def __init__(self, site: Premises, device: Handheld, todo: Work) -> None:
        self.site = site
        self.device = device
        self.number = {sku: n for n, sku in enumerate(site.skus)}
        self.stops = iter(todo.stops)
        self.deliveries = cycle(todo.deliveries)
        self.stored = cycle(todo.deliveries)
        self.counted = cycle(todo.homes.items())
        self.totes: dict[str, str] = {}
        self.finishing: tuple[str, str] | None = None
        self.tick = count()

    def pick(self) -> None:
        """Take what a stop asks for."""
        stop = next(self.stops)
        if stop.order not in self.totes:
            self.totes[stop.order] = f"T-{len(self.totes)}"
        code = self.totes[stop.order]
        tote = derived(derived(self.site.founded.site, code), stop.order)
        self.device.record(
            "picking.pick",
            {
                "order_line": stop.order_line,
                "goods": goods(self.site.item(stop.sku), TAKEN),
                "source": self.site.place(stop.bin),
                "tote": tote,
                "scans": [
                    *self._scans(stop.bin, stop.sku),
                    {"data": f"TMT:{code}", "symbology": "]C0"},
                ],
            },
        )

    def receive(self) -> None:
        """Take goods off the truck."""
        line, sku = next(self.deliveries)
        self.device.record(
            "receiving.receive_line",
            {
                "po_line": line,
                "asn_line": None,
                "goods": goods(self.site.item(sku), 6),
                "target": self.site.place(DOCK),
                "condition": "good",
                "reason": None,
                "photos": [],
                "scans": self._scans(DOCK, sku),
            },
        )

    def put_away(self) -> None:
        """Bring goods from the dock to a bin."""
        line, sku = next(self.stored)
        target = self.site.bins[next(self.tick) % len(self.site.bins)]
        self.device.record(
            "putaway.put_away",
            {
                "goods": goods(self.site.item(sku), 3),
                "lpn": None,
                "source": self.site.place(DOCK),
                "target": self.site.place(target),
                "reason": None,
                "scans": self._scans(target, sku),
            },
            task=line,
        )

    def count(self) -> None:
        """Count a bin: what is there, and then that there is nothing else."""
        if self.finishing is not None:
            (sheet, home), self.finishing = self.finishing, None
            place = self.site.place(home)
            done = {"sheet": sheet, "place": place, "empty": False, "scans": []}
            self.device.record("counting.finish_bin", done)
            return
        sku, home = next(self.counted)
        operation = uuid7()
        sheet = derived(operation, 1)
        seen: JSON = {
            "sheet": sheet,
            "place": self.site.place(home),
            "goods": goods(self.site.item(sku), 40),
            "lpn": None,
            "scans": self._scans(home, sku),
        }
        self.device.record("counting.count_line", seen, operation=operation)
        self.finishing = (sheet, home)

    def _scans(self, place: str, sku: str) -> list[JSON]:
        return [
            {"data": f"TMP:{place}", "symbology": "]C0"},
            {"data": f"01{gtin(self.number[sku])}", "symbology": "]C1"},
        ]
