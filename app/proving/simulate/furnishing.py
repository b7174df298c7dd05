"""The site on which every seed begins: places, goods, orders, people, and handhelds in hand."""

from dataclasses import dataclass
from typing import Any

from app.founding import found_site
from app.people.sessions import issue_token, set_secret
from app.pipeline.office import Author, Request, submit_all
from app.pipeline.operation import Playbook
from app.proving.handheld import goods
from app.proving.simulate.deeds import (
    BINS,
    DOCK,
    DRILL,
    HIDDEN,
    LAMP,
    LINES,
    MILK,
    ORDERS,
    SALT,
    STAGE,
    SUPPLIER,
    TEA,
)
from app.proving.simulate.names import Names
from app.proving.simulate.server import Server
from app.sync.enrolment import issue_code

HANDHELDS, BADGES, PIN = 6, ("B1", "B2", "B3"), "246810"
TIME_ZONE = "Pacific/Auckland"  # where midnight falls into the shift
FLOOR = ("receiver", "picker", "counter", "packer")


@dataclass(frozen=True)
class Enrolled:
    """A handheld before its first gesture."""

    id: str
    credential: str
    grants: dict[str, str]  # person → grant


@dataclass(frozen=True)
class Furnished:
    """What a seed finds."""

    names: Names
    handhelds: tuple[Enrolled, ...]
    token: str  # of the supervisor's desk


def furnish(server: Server) -> Furnished:
    """Open the site by operations like any other."""
    playbook: Playbook = server.app.extensions["tallyman_playbook"]
    with server.app.app_context():
        founded = found_site(playbook, "SIM", "Simulated site", TIME_ZONE)
        names = Names(founded.org, founded.site, 0)
        requests = [Request(kind, payload) for kind, payload in _masters(names)]
        author = Author(founded.org, founded.site, device="system")
        for decided in submit_all(playbook, author, requests):
            if decided.outcome != "applied":
                raise RuntimeError(decided)
        pepper: str = server.app.config["TALLYMAN"].secret_key
        for badge in BADGES:
            set_secret(pepper, names.person(badge), pin=PIN)
        codes = [issue_code(founded.site) for _ in range(HANDHELDS)]
        token = issue_token("desk", "supervisor", founded.site)
    handhelds = tuple(_enrolled(server, n, code) for n, code in enumerate(codes))
    return Furnished(names, handhelds, token)


def _masters(names: Names) -> list[tuple[str, dict[str, Any]]]:
    asked: list[tuple[str, dict[str, Any]]] = [
        ("locations.save_location", {"code": code, "kind": "bin", "x": n * 100})
        for n, code in enumerate(BINS)
    ]
    asked += [
        ("locations.save_location", {"code": DOCK, "kind": "dock"}),
        ("locations.save_location", {"code": STAGE, "kind": "stage"}),
    ]
    lots = {"tracking": "lot", "rotation": "fefo", "expiry_required": True}
    for sku, over in ((TEA, {}), (LAMP, {}), (MILK, lots)):
        asked.append(("items.save_item", {"sku": sku, "name": sku.title(), **over}))
    asked.append(("items.save_item", {"sku": DRILL, "name": "Drill", "tracking": "serial"}))
    for badge in BADGES:
        person = {"badge": badge, "name": f"Person {badge}", "roles": list(FLOOR)}
        asked.append(("people.save_person", person))
    lines = [
        {"n": n, "item": names.item(sku), "quantity": 40} for n, sku in enumerate(LINES, start=1)
    ]
    asked += _poison(names)
    asked += [
        ("ordering.save_order", {"number": number, "customer": None, "lines": lines})
        for number in ORDERS
    ]
    return asked


def _poison(names: Names) -> list[tuple[str, dict[str, Any]]]:
    """Put goods into the book that no answer to a handheld may tell of, in parts that differ."""
    carried = {"lpn": None, "source": names.place(SUPPLIER), "target": names.place(HIDDEN)}
    asked: list[tuple[str, dict[str, Any]]] = [
        ("locations.save_location", {"code": HIDDEN, "kind": "bin", "blocked": True}),
        ("items.save_item", {"sku": SALT, "name": "Salt"}),
    ]
    return asked + [
        (
            "moving.move",
            {**carried, "goods": goods(names.item(SALT), part), "reason": None, "scans": []},
        )
        for part in (60_001, 40_002)
    ]


def _enrolled(server: Server, n: int, code: str) -> Enrolled:
    body = {"enrolment_code": code, "label": f"H{n}"}
    _, welcome = server.wire("POST", "/api/v1/devices", body, {})
    header = {"Authorization": f"Device {welcome['credential']}"}
    grants = {}
    for badge in BADGES:
        login = {"badge": badge, "pin": PIN}
        _, session = server.wire("POST", "/api/v1/session", login, header)
        grants[session["person"]["id"]] = session["grant"]["id"]
    return Enrolled(welcome["device"], welcome["credential"], grants)
