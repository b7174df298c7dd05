"""What hands will work on: stock in its bins, orders and a delivery."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.documents.naming import line_id, order_id, purchase_order_id
from app.proving.bench.premises import DOCK, Premises
from app.proving.handheld import JSON, goods

LINES = 5  # of an order
DELIVERED = 200  # lines of the delivery
PLENTY = 1_000_000
TAKEN = 2  # pieces of a pick


@dataclass(frozen=True, slots=True)
class Stop:
    """Something to pick: for which line, of which item, where."""

    order: str
    order_line: str
    sku: str
    bin: str


@dataclass(frozen=True)
class Work:
    """Everything that is there to be done."""

    stops: tuple[Stop, ...]
    deliveries: tuple[tuple[str, str], ...]  # purchase order line, sku
    homes: dict[str, str]  # the bin of an item


def prepare(site: Premises, picks: int) -> Work:
    """Bring in stock, orders for so many picks, and a delivery that never ends."""
    homes = {sku: site.bins[n % len(site.bins)] for n, sku in enumerate(site.skus)}
    orders = [
        [site.skus[(n * LINES + line) % len(site.skus)] for line in range(LINES)]
        for n in range(-(-picks // LINES))
    ]
    delivery = [site.skus[n % len(site.skus)] for n in range(DELIVERED)]
    with site.app.app_context():
        site.office(_stock(site, homes.items()))
        site.office(_stock(site, ((sku, DOCK) for sku in set(delivery))))
        site.office(_orders(site, orders))
        site.office([_delivery(site, delivery)])
    ordered = [(order_id(site.founded.site, f"SO-{n}"), skus) for n, skus in enumerate(orders)]
    bought = purchase_order_id(site.founded.site, "PO")
    return Work(
        tuple(
            Stop(order, line_id(order, line), sku, homes[sku])
            for order, skus in ordered
            for line, sku in enumerate(skus, start=1)
        ),
        tuple((line_id(bought, n), sku) for n, sku in enumerate(delivery, start=1)),
        homes,
    )


def _stock(site: Premises, homes: Iterable[tuple[str, str]]) -> Iterator[tuple[str, JSON]]:
    for sku, home in homes:
        there = goods(site.item(sku), PLENTY)
        yield "stock.open_stock", {"place": site.place(home), "goods": there}


def _orders(site: Premises, orders: list[list[str]]) -> Iterator[tuple[str, JSON]]:
    for n, skus in enumerate(orders):
        lines = [
            {"n": line, "item": site.item(sku), "quantity": TAKEN}
            for line, sku in enumerate(skus, start=1)
        ]
        yield "ordering.save_order", {"number": f"SO-{n}", "customer": None, "lines": lines}


def _delivery(site: Premises, skus: list[str]) -> tuple[str, JSON]:
    lines = [
        {"n": n, "item": site.item(sku), "packaging": None, "quantity": PLENTY}
        for n, sku in enumerate(skus, start=1)
    ]
    order = {"number": "PO", "supplier": None, "blind": False, "lines": lines}
    return "purchasing.save_purchase_order", order
