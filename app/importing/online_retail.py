"""The order lines of a giftware wholesaler (Chen, Online Retail, UCI), as they are published.

Items, customers, orders, returns and adjustments come out of one file of invoice lines. There are
no barcodes in it: the n-th stock item gets the n-th GTIN of GS1's demonstration range (952).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from app.documents.naming import customer_id
from app.identification.check_digits import check_digit
from app.importing.dialect import Dialect, amount, instant, whole
from app.importing.documents import order_asks
from app.importing.matter import Ask, Column, Matter, Preset, Record, Where
from app.importing.problems import MixedSigns
from app.items.naming import item_id

STOCK_CODE = re.compile(r"[0-9]{5}[A-Za-z]*", re.ASCII)  # everything else is postage, fees …
CANCELLATION = "C"


@dataclass(slots=True)
class Article:
    """A stock code; `n` counts stock items from 1, None is for postage and the like."""

    n: int | None
    name: str | None = None
    wanted: bool = False


class Catalogue:
    """The items and customers that the invoices name, in order of first appearance."""

    def __init__(self) -> None:
        self._articles: dict[str, Article] = {}
        self._customers: dict[str, str] = {}
        self._stocked = 0

    def see(self, record: Record, *, wanted: bool) -> None:
        """Number an item at its first appearance; take its first description that is not blank."""
        sku = record["sku"]
        article = self._articles.get(sku)
        if article is None:
            article = self._articles[sku] = Article(self._next(sku))
        article.name = article.name or record["name"]
        article.wanted |= wanted
        if wanted and record["customer"] is not None:
            self._customers.setdefault(record["customer"], record["country"] or "")

    def _next(self, sku: str) -> int | None:
        if not STOCK_CODE.fullmatch(sku):
            return None
        self._stocked += 1
        return self._stocked

    def asks(self, where: Where) -> Iterator[Ask]:
        """Create the items with their GTINs, then the customers."""
        for sku, article in self._articles.items():
            if article.wanted:
                yield from _item_asks(where, sku, article)
        for code, country in self._customers.items():
            named = {"code": code, "name": f"{code} {country}".strip()}
            yield Ask("ordering.save_customer", named, part=f"customer:{code}")


def _item_asks(where: Where, sku: str, article: Article) -> Iterator[Ask]:
    stocked = article.n is not None
    payload = {"sku": sku, "name": article.name or sku, "stocked": stocked}
    yield Ask("items.save_item", payload, part=f"item:{sku}")
    if article.n is not None:
        named = {"code": gtin(article.n), "item": item_id(where.org, sku), "packaging": None}
        yield Ask("items.save_identifier", named, part=f"gtin:{sku}")


def gtin(n: int) -> str:
    """Return the GTIN-13 of the n-th item."""
    digits = f"952{n:09d}"
    return digits + check_digit(digits)


def _invoice(where: Where, records: Sequence[Record]) -> list[Ask]:
    head = records[0]
    number: str = head["number"]
    customer = head["customer"]
    named = {
        "number": number,
        "customer": customer_id(where.org, customer) if customer is not None else None,
    }
    cancelled = number.startswith(CANCELLATION)
    if cancelled or _corrects(records):
        if any(record["quantity"] >= 0 for record in records):
            raise MixedSigns(number=number)
        status = "announced" if cancelled else "adjustment"
        return [
            Ask("ordering.announce_return", {**named, "status": status, **_back(where, records)})
        ]
    if any(record["quantity"] <= 0 for record in records):
        raise MixedSigns(number=number)
    asked = {**named, "placed_at": head["placed_at"], "released": True}
    return order_asks(asked, _lines(where, records))


def _corrects(records: Sequence[Record]) -> bool:
    """An adjustment takes goods away for nothing."""
    return all(record["quantity"] < 0 and not Decimal(record["price"]) for record in records)


def _back(where: Where, records: Sequence[Record]) -> dict[str, Any]:
    return {
        "lines": [
            {"item": item_id(where.org, record["sku"]), "quantity": -record["quantity"]}
            for record in records
        ]
    }


def _lines(where: Where, records: Sequence[Record]) -> list[dict[str, Any]]:
    """The same stock code twice on an invoice is two lines."""
    return [
        {
            "n": n,
            "item": item_id(where.org, record["sku"]),
            "quantity": record["quantity"],
            "price": record["price"],
        }
        for n, record in enumerate(records, start=1)
    ]


INVOICES = Matter(
    "orders",
    (
        Column("number", required=True),
        Column("sku", required=True),
        Column("name"),
        Column("quantity", whole, required=True),
        Column("placed_at", instant, required=True),
        Column("price", amount, required=True),
        Column("customer"),
        Column("country"),
    ),
    _invoice,
    document="number",
    head=("customer",),  # the clock may move on while an invoice is written
    day="placed_at",
    survey=Catalogue,
)
ONLINE_RETAIL = Preset(
    "online-retail",
    INVOICES,
    Dialect(delimiter=";", decimal_comma=True, dates="day_first"),
    {
        "number": "InvoiceNo",
        "sku": "StockCode",
        "name": "Description",
        "quantity": "Quantity",
        "placed_at": "InvoiceDate",
        "price": "UnitPrice",
        "customer": "CustomerID",
        "country": "Country",
    },
)
