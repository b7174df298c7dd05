"""A demonstration site: a small warehouse with work waiting at every door."""

import random
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from flask import current_app

from app.demo.cast import (
    AISLES,
    BAYS,
    COFFEE,
    EXPIRY,
    GOODS,
    LEVELS,
    LOT,
    PEOPLE,
    SAM,
    case_gtin,
    case_label,
    gtin,
    homes,
    sscc,
)
from app.demo.keys import Keys, keep
from app.documents.naming import customer_id, purchase_order_id, supplier_id
from app.founding import found_site
from app.items.naming import item_id, packaging_id
from app.kernel.clock import millis, now
from app.kernel.ids import derived
from app.locations.naming import location_id
from app.people.naming import person_id
from app.people.sessions import set_secret
from app.pipeline.office import Author, Request, submit_all
from app.playbook import PLAYBOOK

USERNAME = "sam"
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
    ("broken", "adjust", "Broken", "Roto"),
    ("too_old", "adjust", "Too old", "Caducado"),
    ("turned_up", "adjust", "Turned up", "Apareció"),
    ("not_there", "adjust", "Not there", "No está"),
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
    for n, (name, tracking) in enumerate(GOODS, start=1):
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
        case = packaging_id(site.item(n), "case")
        site.ask(
            "items.save_identifier",
            {"code": case_gtin(n), "item": site.item(n), "packaging": case},
        )
    for code, kind, english, spanish in REASONS:
        label = {"en": english, "es": spanish}
        site.ask("items.save_reason", {"code": code, "kind": kind, "label": label})


def _people(site: Site) -> None:
    for who in PEOPLE:
        person = {"badge": who.badge, "name": who.name, "roles": list(who.roles)}
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
    return list(homes())


def _opening_stock(site: Site) -> None:
    for n, code in homes().items():
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
    site.ask("purchasing.save_asn", _asn_on_the_dock(site, supplier))
    _orders(site)
    site.carry_out()
    site.ask("receiving.receive_unit", _pallet_on_the_dock(site))


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


def _asn_on_the_dock(site: Site, supplier: str) -> dict[str, Any]:
    """A delivery that came this morning, so that there is something to put away."""
    contents = {**_announced(site, COFFEE, 36), "lot": LOT, "expiry": f"20{EXPIRY[:2]}-12-31"}
    return {
        "number": "ASN-5002",
        "supplier": supplier,
        "purchase_order": None,
        "units": [{"code": sscc(3), "contents": [contents]}],
        "lines": [],
    }


def _pallet_on_the_dock(site: Site) -> dict[str, Any]:
    item = site.item(COFFEE)
    goods = {**_goods(site, COFFEE, 36), "lot": derived(item, LOT)}
    return {
        "asn": None,
        "lpn": derived(site.site, sscc(3)),
        "contents": [{**goods, "expiry": f"20{EXPIRY[:2]}-12-31"}],
        "target": location_id(site.site, "DOCK-1"),
        "condition": "good",
        "reason": None,
        "photos": [],
        "scans": [
            {"data": f"00{sscc(3)}", "symbology": "]C1"},
            {"data": case_label(COFFEE), "symbology": "]C1"},
        ],
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
    settings = current_app.config["TALLYMAN"]
    pepper = settings.secret_key
    password = secrets.token_urlsafe(9)
    yield "Demo site: one PIN for every badge, shown once:"
    pin = f"{secrets.randbelow(900_000) + 100_000}"
    for who in PEOPLE:
        office = who is SAM
        set_secret(
            pepper,
            person_id(site.org, who.badge),
            pin=pin,
            username=USERNAME if office else None,
            password=password if office else None,
        )
        yield f"  {who.badge}  {who.name:<15} {', '.join(who.roles)}"
    keep(settings.home, Keys(site.site, pin, USERNAME, password))
    yield f"  PIN {pin}    office: user {USERNAME}, password {password}"
