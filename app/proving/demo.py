"""A demonstration site: a small warehouse with work waiting at every door."""

import random
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from flask import current_app

from app.documents.naming import customer_id, purchase_order_id, supplier_id
from app.founding import found_site
from app.identification.check_digits import check_digit
from app.items.naming import item_id
from app.kernel.clock import millis, now
from app.locations.naming import location_id
from app.people.naming import person_id
from app.people.sessions import set_secret
from app.pipeline.office import Author, Request, submit_all
from app.playbook import PLAYBOOK

AISLES, BAYS, LEVELS = "ABCD", 8, 3
WORDS = (
    ("Green tea 20 bags", "none"),
    ("Black tea 50 bags", "none"),
    ("Ground coffee 500 g", "lot"),
    ("Oat milk 1 l", "lot"),
    ("Desk lamp", "none"),
    ("Wool blanket", "none"),
    ("Ceramic mug white", "none"),
    ("Ceramic mug blue", "none"),
    ("Cutting board", "none"),
    ("Kitchen knife", "none"),
    ("Bath towel", "none"),
    ("Hand soap 300 ml", "lot"),
    ("Candle vanilla", "none"),
    ("Picture frame A4", "none"),
    ("Notebook ruled", "none"),
    ("Pencil set 12", "none"),
    ("Cordless drill", "serial"),
    ("Toolbox", "none"),
    ("Garden gloves", "none"),
    ("Flower pot 20 cm", "none"),
)
PEOPLE = (
    ("B-100", "Rosa Receiver", ("receiver",)),
    ("B-200", "Paul Picker", ("picker", "packer")),
    ("B-300", "Cora Counter", ("counter",)),
    ("B-400", "Alex Allround", ("receiver", "picker", "counter", "packer")),
    ("B-900", "Sam Supervisor", ("supervisor", "admin")),
)
REASONS = (
    ("crushed", "damaged", "Crushed", "Aplastado"),
    ("wet", "damaged", "Wet", "Mojado"),
    ("torn", "damaged", "Torn packaging", "Embalaje roto"),
    ("other_item", "wrong_item", "Other item in the box", "Otro artículo"),
    ("not_delivered", "receipt_short", "Not delivered", "No entregado"),
    ("bin_empty", "pick_short", "Bin is empty", "Hueco vacío"),
    ("not_enough", "pick_short", "Not enough there", "No hay suficiente"),
    ("damaged_there", "pick_short", "Damaged in the bin", "Dañado en el hueco"),
    ("make_room", "move", "Making room", "Hacer sitio"),
    ("mistake", "void", "My mistake", "Mi error"),
)


@dataclass
class Site:
    """The site that is being furnished, and what to say about it at the end."""

    org: str
    site: str
    requests: list[Request] = field(default_factory=list)

    def ask(self, kind: str, payload: dict[str, Any]) -> None:
        """Queue an operation."""
        self.requests.append(Request(kind, payload))

    def carry_out(self) -> None:
        """Apply what is queued."""
        for decided in submit_all(
            PLAYBOOK, Author(self.org, self.site, device="system"), self.requests
        ):
            if decided.outcome != "applied":
                raise RuntimeError(f"demo: {decided}")
        self.requests.clear()

    def item(self, n: int) -> str:
        """Return the id of the n-th demo item."""
        return item_id(self.org, f"D-{n:03d}")


def gtin(n: int) -> str:
    """A GTIN-13 of the demonstration range 952, as 13 digits."""
    body = f"952{n:09d}"
    return f"{body}{check_digit(body)}"


def sscc(n: int) -> str:
    """An SSCC of the same range."""
    body = f"0952{n:013d}"
    return f"{body}{check_digit(body)}"


def furnish() -> Iterator[str]:
    """Build the demo site; yields what its user must be told, secrets once only."""
    founded = found_site(PLAYBOOK, "DEMO", "Demo warehouse", settings={"labels_up": True})
    site = Site(founded.org, founded.site)
    _places(site)
    _items(site)
    _people(site)
    site.carry_out()
    _opening_stock(site)
    _documents(site)
    site.carry_out()
    yield from _secrets(site)


def _places(site: Site) -> None:
    for x, aisle in enumerate(AISLES):
        for bay in range(1, BAYS + 1):
            for level in range(1, LEVELS + 1):
                site.ask(
                    "locations.save_location",
                    {
                        "code": f"{aisle}-{bay:02d}-{level}",
                        "kind": "bin",
                        "x": x * 300,
                        "y": bay * 140,
                        "z": level * 120,
                        "no_mix_item": True,
                    },
                )
    for code, kind in (
        ("DOCK-1", "dock"),
        ("DOCK-2", "dock"),
        ("STAGE-1", "stage"),
        ("STAGE-2", "stage"),
        ("PACK-1", "pack"),
        ("Q-1", "quarantine"),
    ):
        site.ask("locations.save_location", {"code": code, "kind": kind})


def _items(site: Site) -> None:
    for n, (name, tracking) in enumerate(WORDS, start=1):
        rotation = "fefo" if tracking == "lot" else "fifo"
        site.ask(
            "items.save_item",
            {
                "sku": f"D-{n:03d}",
                "name": name,
                "tracking": tracking,
                "rotation": rotation,
                "expiry_required": tracking == "lot",
                "packagings": [{"name": "case", "quantity": 6}],
            },
        )
        site.ask("items.save_identifier", {"code": gtin(n), "item": site.item(n)})
    for code, kind, english, spanish in REASONS:
        label = {"en": english, "es": spanish}
        site.ask("items.save_reason", {"code": code, "kind": kind, "label": label})


def _people(site: Site) -> None:
    for badge, name, roles in PEOPLE:
        person = {"badge": badge, "name": name, "roles": list(roles)}
        site.ask("people.save_person", person)
    site.ask("purchasing.save_supplier", {"code": "SUP-1", "name": "Harbour Trading"})
    site.ask("ordering.save_customer", {"code": "CUS-1", "name": "Corner Shop"})
    site.ask("ordering.save_customer", {"code": "CUS-2", "name": "City Hotel"})


def _goods(site: Site, n: int, quantity: int) -> dict[str, Any]:
    return {
        "item": site.item(n),
        "packaging": None,
        "lot": None,
        "expiry": None,
        "serial": None,
        "lpn": None,
        "status": "available",
        "quantity": quantity,
    }


def _untracked() -> list[int]:
    return [n for n, (_, tracking) in enumerate(WORDS, start=1) if tracking == "none"]


def _opening_stock(site: Site) -> None:
    bins = [f"{aisle}-{bay:02d}-1" for aisle in AISLES for bay in range(1, BAYS + 1)]
    chosen = random.Random(7).sample(bins, len(_untracked()))  # noqa: S311 - a demo, not a secret
    for n, code in zip(_untracked(), chosen, strict=True):
        place = location_id(site.site, code)
        site.ask("stock.open_stock", {"place": place, "goods": _goods(site, n, 24 + n)})


def _documents(site: Site) -> None:
    supplier = supplier_id(site.org, "SUP-1")
    for number, blind, lines in (
        ("PO-1001", False, ((1, 24), (2, 12), (7, 36))),
        ("PO-1002", False, ((3, 30), (4, 60))),
        ("PO-1003", True, ((9, 10), (10, 10))),
    ):
        site.ask(
            "purchasing.save_purchase_order",
            {
                "number": number,
                "supplier": supplier,
                "blind": blind,
                "lines": [
                    {"n": n, "item": site.item(item), "packaging": None, "quantity": quantity}
                    for n, (item, quantity) in enumerate(lines, start=1)
                ],
            },
        )
    site.carry_out()
    order = purchase_order_id(site.site, "PO-1001")
    site.ask("purchasing.save_asn", _asn(site, supplier, order))
    _orders(site)


def _asn(site: Site, supplier: str, order: str) -> dict[str, Any]:
    return {
        "number": "ASN-5001",
        "supplier": supplier,
        "purchase_order": order,
        "units": [
            {"code": sscc(1), "contents": [_announced(site, 1, 24)]},
            {"code": sscc(2), "contents": [_announced(site, 7, 36)]},
        ],
        "lines": [],
    }


def _announced(site: Site, item: int, quantity: int) -> dict[str, Any]:
    return {
        "item": site.item(item),
        "packaging": None,
        "lot": None,
        "expiry": None,
        "quantity": quantity,
    }


def _orders(site: Site) -> None:
    chance = random.Random(11)  # noqa: S311 - the same demo for everybody
    for n in range(1, 9):
        wanted = chance.sample(_untracked(), chance.randint(1, 4))
        site.ask(
            "ordering.save_order",
            {
                "number": f"SO-{2000 + n}",
                "customer": customer_id(site.org, f"CUS-{1 + n % 2}"),
                "priority": 5,
                "placed_at": millis(now()) + n,
                "lines": [
                    {"n": line, "item": site.item(item), "quantity": chance.randint(1, 6)}
                    for line, item in enumerate(sorted(wanted), start=1)
                ],
            },
        )


def _secrets(site: Site) -> Iterator[str]:
    pepper = current_app.config["TALLYMAN"].secret_key
    password = secrets.token_urlsafe(9)
    yield "Demo site: one PIN for every badge, shown once:"
    pin = f"{secrets.randbelow(900_000) + 100_000}"
    for badge, name, roles in PEOPLE:
        office = "supervisor" in roles
        set_secret(
            pepper,
            person_id(site.org, badge),
            pin=pin,
            username="sam" if office else None,
            password=password if office else None,
        )
        yield f"  {badge}  {name:<15} {', '.join(roles)}"
    yield f"  PIN {pin}    office: user sam, password {password}"
