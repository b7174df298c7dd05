"""What a day brings: articles, orders and trucks, shaped on real order books. Pure and seeded."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from random import Random

from app.demo.cast import sscc

# Lines of an order at the 10th … 100th percentile: 9,139 grocery orders (completejourney, CC0).
LINES_OF_AN_ORDER = ((0.10, 1), (0.25, 2), (0.50, 4), (0.75, 8), (0.90, 16), (0.95, 22), (1.0, 34))
# Pieces of a line: 3,081 order lines of 1 December 2010 (Chen, Online Retail, CC BY 4.0).
PIECES_OF_A_LINE = ((0.25, 1), (0.50, 2), (0.75, 7), (0.90, 20), (0.95, 30), (0.99, 100))
MOST_PIECES = 144
# On that day a fifth of the articles took 46 % of the lines: weight = rank ** -0.52.
POPULARITY = 0.52
# Orders of that day by the hour, 8 to 17 o'clock.
ORDERS_BY_HOUR = {8: 6, 9: 16, 10: 11, 11: 13, 12: 22, 13: 12, 14: 19, 15: 15, 16: 16, 17: 6}
EARLY = 11  # orders placed before this hour are there when picking begins
ARTICLES_PER_ORDER = 1.5
WITH_LOTS = 0.15
ON_PALLETS = 0.4
PALLET_FROM = 24  # pieces
LINES_OF_A_TRUCK = 25
EXPIRY = "2031-06-30"


@dataclass(frozen=True, slots=True)
class Article:
    """Something that is sold; `lots`: it comes in lots with an expiry."""

    n: int
    sku: str
    name: str
    lots: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """An order of a customer; lines as (sku, quantity)."""

    number: str
    hour: int
    lines: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class SyntheticDay:
    """Articles and who wants them."""

    articles: tuple[Article, ...]
    orders: tuple[Wanted, ...]


@dataclass(frozen=True, slots=True)
class Load:
    """Goods of one item and lot that come off a truck. `code`: SSCC of the pallet, or loose."""

    line: int
    item: str
    ordered: int
    good: int
    damaged: int = 0
    lot: str | None = None
    code: str | None = None

    @property
    def expiry(self) -> str | None:
        """Lots of this house all expire, and not soon."""
        return EXPIRY if self.lot else None


@dataclass(frozen=True, slots=True)
class Truck:
    """One purchase order, delivered; with pallets it was announced."""

    number: str
    loads: tuple[Load, ...] = field(default=())

    @property
    def pallets(self) -> tuple[Load, ...]:
        """What comes in one scan each."""
        return tuple(load for load in self.loads if load.code is not None)

    @property
    def loose(self) -> tuple[Load, ...]:
        """What comes by the carton."""
        return tuple(load for load in self.loads if load.code is None)


def synthetic(seed: int, orders: int) -> SyntheticDay:
    """Draw a day of so many orders."""
    chance = Random(f"day {seed}")  # noqa: S311 - the same day for everybody
    number = max(round(orders * ARTICLES_PER_ORDER), 12)
    articles = tuple(
        Article(n, f"A-{n:04d}", f"Article {n}", chance.random() < WITH_LOTS)
        for n in range(1, number + 1)
    )
    weights = [(rank + 1) ** -POPULARITY for rank in range(number)]
    ranked = chance.sample(articles, number)
    hours = chance.choices(list(ORDERS_BY_HOUR), list(ORDERS_BY_HOUR.values()), k=orders)
    drawn = []
    for n, hour in enumerate(sorted(hours), start=1):
        wanted: dict[str, int] = {}
        for article in chance.choices(ranked, weights, k=_drawn(chance, LINES_OF_AN_ORDER)):
            wanted[article.sku] = _drawn(chance, PIECES_OF_A_LINE)
        drawn.append(Wanted(f"SO-{n:04d}", hour, tuple(wanted.items())))
    return SyntheticDay(articles, tuple(drawn))


def _drawn(chance: Random, steps: tuple[tuple[float, int], ...]) -> int:
    """Draw from a distribution given by its percentiles, evenly between them."""
    at, low = chance.random(), 1
    for share, most in steps:
        if at <= share:
            return chance.randint(low, most)
        low = most
    return chance.randint(low, MOST_PIECES)


def trucks(seed: int, demand: Mapping[str, int], with_lots: frozenset[str]) -> list[Truck]:
    """Order a tenth more than is wanted, some of it on pallets, so much a truck."""
    chance = Random(f"trucks {seed}")  # noqa: S311 - the same trucks for everybody
    items = sorted(demand)
    chance.shuffle(items)
    loads: list[list[Load]] = []
    for start in range(0, len(items), LINES_OF_A_TRUCK):
        loads.append([])
        for line, item in enumerate(items[start : start + LINES_OF_A_TRUCK], start=1):
            quantity = demand[item] + demand[item] // 10 + chance.randint(0, 3)
            loads[-1] += _packed(chance, line, item, quantity, lots=item in with_lots)
    return _labelled([Truck(f"{n:04d}", tuple(each)) for n, each in enumerate(loads, start=1)])


def _packed(chance: Random, line: int, item: str, quantity: int, *, lots: bool) -> list[Load]:
    """Split a line into pallets or cartons; goods with lots come in two."""
    palletised = quantity >= PALLET_FROM and chance.random() < ON_PALLETS
    first = quantity // 2 if quantity > 1 and (lots or palletised) else quantity
    parts = [part for part in (first, quantity - first) if part]
    return [
        Load(
            line=line,
            item=item,
            ordered=part,
            good=part,
            lot=f"L{line:02d}{n}{chance.randint(100, 999)}" if lots else None,
            code="pallet" if palletised else None,
        )
        for n, part in enumerate(parts, start=1)
    ]


def _labelled(trucks_: list[Truck]) -> list[Truck]:
    """Give every pallet an SSCC of its own."""
    codes = map(sscc, count(1))
    return [
        Truck(
            truck.number,
            tuple(replace(load, code=next(codes)) if load.code else load for load in truck.loads),
        )
        for truck in trucks_
    ]
