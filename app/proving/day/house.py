"""The house of the day: bins, docks and people, the wire to it, and a supervisor's desk."""

import hashlib
import json
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from uuid import NAMESPACE_OID

from flask import Flask
from flask.testing import FlaskClient

from app.db import db, writing
from app.demo.cast import gtin
from app.documents.naming import supplier_id
from app.founding import found_site
from app.items.naming import item_id, reason_id
from app.kernel.ids import derived, uuid7
from app.locations.naming import location_id
from app.people.naming import person_id
from app.people.sessions import set_secret
from app.pipeline.models import Stream
from app.pipeline.office import Author, Request, submit_all
from app.pipeline.operation import Playbook
from app.proving.day.scenario import Article
from app.proving.demo import REASONS
from app.proving.handheld import JSON, Clock, Handheld
from app.sync.enrolment import issue_code

PIN, PASSWORD, SUPERVISOR = "471108", "a day in the house", "boss"
DOCK, STAGE, QUARANTINE = "DOCK-1", "STAGE-1", "Q-1"
OVERFLOW = 8  # bins at the far end that no proposal ever reaches
BAYS, AISLE_CM, BAY_CM = 20, 300, 140
ROLES = {
    "receiver": ("receiver",),
    "driver": ("receiver",),
    "picker": ("picker",),
    "counter": ("counter",),
    "packer": ("packer", "picker"),
    "mover": ("receiver", "picker"),
}
CREW = {"receiver": 2, "driver": 2, "picker": 6, "counter": 3, "packer": 1, "mover": 1}
OK = 200


class Unexpected(Exception):
    """The product answered something that a day's work cannot go on with."""


@dataclass
class DayClock:
    """The real clock, read once a gesture: no two pairs of hands share a millisecond.

    A day is played in a few seconds; the server's own clock is the one that counts, so nothing
    is pretended about hours, only about who did what before whom and who told it when.
    """

    ms: int = field(default_factory=lambda: time.time_ns() // 1_000_000)

    def tick(self) -> None:
        """Let time pass until the next gesture."""
        following = self.ms + 2
        while (present := time.time_ns() // 1_000_000) < following:
            time.sleep((following - present) / 1000)
        self.ms = present

    def now(self) -> float:
        """The moment of the gesture."""
        return self.ms


@lru_cache(maxsize=1_000_000)
def _mark(channel: str, entity: str, row: str, seq: int) -> int:
    digest = hashlib.sha256(f"{channel}|{entity}|{row}|{seq}".encode()).digest()
    return int.from_bytes(digest[:8], "big")


class Scanner(Handheld):
    """A handheld of this house: many hold the same rows, so their marks are hashed once."""

    def check(self, sums: Mapping[str, JSON]) -> None:
        """Compare what is held with what the server says is held (S11)."""
        counts, marks = Counter[str](), dict.fromkeys(sums, 0)
        for (channel, entity, row), seq in self.channels.items():
            counts[channel] += 1
            marks[channel] ^= _mark(channel, entity, row, seq)
        held = {name: {"n": counts[name], "xor": f"{xor:016x}"} for name, xor in marks.items()}
        if held != dict(sums):
            raise Unexpected(f"{self.label} holds {held}, the server says {sums}")


@dataclass
class House:
    """One site on one database, and everything that is asked of it."""

    app: Flask
    org: str
    site: str
    clock: DayClock = field(default_factory=DayClock)
    bins: list[str] = field(default_factory=list)  # codes, near to far
    overflow: list[str] = field(default_factory=list)

    def place(self, code: str) -> str:
        """Name a place."""
        return location_id(self.site, code)

    def reason(self, code: str) -> str:
        """Name a reason."""
        return reason_id(self.org, code)

    @property
    def playbook(self) -> Playbook:
        """What the product can do."""
        found: Playbook = self.app.extensions["tallyman_playbook"]
        return found

    # --- wires ------------------------------------------------------------------------------

    def wire(
        self, method: str, path: str, body: JSON | None, headers: Mapping[str, str]
    ) -> tuple[int, JSON]:
        """Carry a handheld's request; handhelds have no cookies here."""
        with self.app.test_client(use_cookies=False) as client:
            return _sent(client, method, path, body, headers)

    def enrolled(self, label: str, role: str, badge: str) -> Handheld:
        """Give somebody a handheld, and have them sign in."""
        device = Scanner(self.wire, Clock(self.clock.now), label)
        device.enrol(issue_code(self.site, ROLES[role]))
        return device.sign_in(badge, PIN)

    # --- master data ------------------------------------------------------------------------

    def bring_in(self, requests: list[Request]) -> None:
        """Ask for master data, as an import does."""
        for decided in submit_all(
            self.playbook, Author(self.org, self.site, device="system"), requests
        ):
            if decided.outcome != "applied":
                raise Unexpected(decided)

    def furnish(self, bins: int) -> None:
        """Put up the racks and let everybody in."""
        codes = [f"{n // BAYS + 1:02d}-{n % BAYS + 1:02d}" for n in range(bins + OVERFLOW)]
        self.bins, self.overflow = codes[:bins], codes[bins:]
        asked = [Request("locations.save_location", _bin(n, code)) for n, code in enumerate(codes)]
        for code, kind in ((DOCK, "dock"), (STAGE, "stage"), (QUARANTINE, "quarantine")):
            asked.append(Request("locations.save_location", {"code": code, "kind": kind}))
        for code, kind, english, spanish in REASONS:
            label = {"en": english, "es": spanish}
            asked.append(Request("items.save_reason", {"code": code, "kind": kind, "label": label}))
        asked.append(Request("purchasing.save_supplier", {"code": "SUP", "name": "Supplier"}))
        for role, badge in [*everybody(), ("supervisor", SUPERVISOR)]:
            roles = list(ROLES.get(role, (role,)))
            named = {"badge": badge, "name": badge.title(), "roles": roles}
            asked.append(Request("people.save_person", named))
        self.bring_in(asked)
        pepper: str = self.app.config["TALLYMAN"].secret_key
        for _, badge in everybody():
            set_secret(pepper, person_id(self.org, badge), pin=PIN)
        boss = person_id(self.org, SUPERVISOR)
        set_secret(pepper, boss, username=SUPERVISOR, password=PASSWORD)

    def stock_list(self, articles: tuple[Article, ...]) -> None:
        """Know the articles and their barcodes."""
        asked = []
        for article in articles:
            tracking = {"tracking": "lot", "rotation": "fefo", "expiry_required": True}
            named = {"sku": article.sku, "name": article.name}
            asked.append(
                Request("items.save_item", {**named, **(tracking if article.lots else {})})
            )
            item = item_id(self.org, article.sku)
            asked.append(Request("items.save_identifier", {"code": gtin(article.n), "item": item}))
        self.bring_in(asked)

    @property
    def supplier(self) -> str:
        """Name the one who delivers."""
        return supplier_id(self.org, "SUP")


def _bin(n: int, code: str) -> dict[str, Any]:
    x, y = n // BAYS * AISLE_CM, n % BAYS * BAY_CM
    return {"code": code, "kind": "bin", "x": x, "y": y, "z": 0, "no_mix_item": True}


def everybody() -> list[tuple[str, str]]:
    """Name the crew: role and badge."""
    return [(role, f"{role}-{n}") for role, count in CREW.items() for n in range(1, count + 1)]


def founded(app: Flask, seed: int) -> House:
    """Open the site on an empty database; all its ids follow from the seed."""
    org = derived(str(NAMESPACE_OID), f"day {seed}")
    with writing(org) as session:
        session.add(Stream(id=org, kind="org", incarnation=uuid7(), commit_seq=0))
    opened = found_site(app.extensions["tallyman_playbook"], "DAY", "A day's warehouse")
    return House(app, opened.org, opened.site)


class Desk:
    """A supervisor in the office, signed in by name and password."""

    def __init__(self, house: House) -> None:
        self._client = house.app.test_client()
        login = {"username": SUPERVISOR, "password": PASSWORD}
        status, session = _sent(self._client, "POST", "/api/v1/session", login, {})
        if status != OK:
            raise Unexpected(session)
        host = "http://localhost"
        self._headers = {"X-CSRF-Token": session["csrf"], "Origin": host}
        self.operations: list[str] = []

    def ask(self, kind: str, payload: JSON) -> None:
        """Decide something: `POST /operations`."""
        body = {"id": uuid7(), "kind": kind, "kind_v": 1, "payload": payload, "cause": None}
        status, answer = _sent(self._client, "POST", "/api/v1/operations", body, self._headers)
        if status != OK or answer["outcome"] != "applied":
            raise Unexpected(f"{kind}: {status} {answer}")
        self.operations.append(answer["id"])

    def look(self, path: str) -> JSON:
        """Read a list."""
        status, answer = _sent(self._client, "GET", path, None, {})
        if status != OK:
            raise Unexpected(f"{path}: {status} {answer}")
        return answer


def _sent(
    client: FlaskClient, method: str, path: str, body: JSON | None, headers: Mapping[str, str]
) -> tuple[int, JSON]:
    answer = client.open(path, method=method, json=body, headers=dict(headers))
    text = answer.get_data(as_text=True)
    db.session.remove()  # the next request must not see this one's moment
    return answer.status_code, json.loads(text) if text else {}
