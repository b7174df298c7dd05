"""A small site where everybody meets: few places, few items, much traffic."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from random import Random

from sqlalchemy import select

from app.db import snapshot
from app.kernel.ids import uuid7
from app.ledger.models import Balance
from app.people.sessions import issue_token
from app.pipeline.models import StoredOperation
from app.proving.bench.paperwork import LINES, prepare
from app.proving.bench.paperwork import Work as Paper
from app.proving.bench.premises import DOCK, Premises, furnish, premises
from app.proving.hammer.history import Issued, Key, Logged
from app.proving.handheld import JSON, Handheld, goods

ITEMS, BINS, ORDERS = 12, 8, 60
GESTURES = ("receive", "put_away", "move", "take_work")
OFTEN = (40, 35, 20, 5)


@dataclass
class Ground:
    """The site, its paper, and what the office may do there."""

    site: Premises
    paper: Paper
    secret: str
    renamed: Iterator[int]

    def decision(self, chance: Random) -> tuple[str, JSON]:
        """Something for the office to write: (log, request)."""
        n = next(self.renamed)
        if chance.random() < 0.5:  # noqa: PLR2004 - both logs alike
            payload = {"sku": chance.choice(self.site.skus), "name": f"Name {n}"}
            return "org", _request("items.save_item", payload)
        place = {"code": chance.choice(self.site.bins), "kind": "bin", "x": n % 90, "y": n % 70}
        return "site", _request("locations.save_location", place)

    def spot(self, chance: Random) -> Key:
        """Somewhere to look."""
        code = chance.choice([DOCK, *self.site.bins])
        return self.site.place(code), self.site.item(chance.choice(self.site.skus))

    def log(self) -> list[Logged]:
        """The operation log as it is now."""
        with self.site.app.app_context(), snapshot() as session:
            rows = session.execute(
                select(
                    StoredOperation.commit_seq,
                    StoredOperation.device,
                    StoredOperation.epoch,
                    StoredOperation.seq,
                    StoredOperation.operation,
                    StoredOperation.outcome,
                ).where(StoredOperation.stream == self.site.founded.site)
            )
            return [
                Logged(n, (device, epoch), seq, operation, outcome)
                for n, device, epoch, seq, operation, outcome in rows
            ]

    def stock(self) -> dict[Key, int]:
        """What lies where, loose."""
        with self.site.app.app_context(), snapshot() as session:
            found: dict[Key, int] = {}
            for balance in session.scalars(select(Balance)):
                key = (balance.holder, balance.item)
                found[key] = found.get(key, 0) + balance.quantity
            return found


def _request(kind: str, payload: JSON) -> JSON:
    return {"id": uuid7(), "kind": kind, "kind_v": 1, "payload": payload, "cause": None}


@contextmanager
def ground(url: str | None) -> Iterator[Ground]:
    """Furnish a site; without an address in a file that is gone afterwards."""
    with premises(url) as site:
        furnish(site, items=ITEMS, bins=BINS)
        paper = prepare(site, ORDERS * LINES)
        with site.app.app_context():
            secret = issue_token("hammer", "admin", site.founded.site)
        yield Ground(site, paper, secret, count())


@dataclass
class Work:
    """What one worker does, and how it moves what."""

    ground: Ground
    chance: Random

    def do(self, device: Handheld, times: int) -> list[Issued]:
        """Do some gestures; nothing is sent yet."""
        return [self._one(device) for _ in range(times)]

    def _one(self, device: Handheld) -> Issued:
        (gesture,) = self.chance.choices(GESTURES, OFTEN)
        if gesture == "take_work":
            asked = device.record("picking.take_work", {"orders": 1, "scans": []})
            return Issued((device.id, device.epoch), len(device.queue), asked)
        line, sku = self.chance.choice(self.ground.paper.deliveries)
        item, quantity = self.ground.site.item(sku), self.chance.randint(1, 9)
        if gesture == "receive":
            noted, moved = self._receive(device, line, item, quantity)
        else:
            noted, moved = self._carry(device, gesture, line, item, quantity)
        return Issued((device.id, device.epoch), len(device.queue), noted, moved)

    def _receive(
        self, device: Handheld, line: str, item: str, quantity: int
    ) -> tuple[str, tuple[tuple[Key, int], ...]]:
        dock = self.ground.site.place(DOCK)
        noted = device.record(
            "receiving.receive_line",
            {
                "po_line": line,
                "asn_line": None,
                "goods": goods(item, quantity),
                "target": dock,
                "condition": "good",
                "reason": None,
                "photos": [],
                "scans": [],
            },
        )
        return noted, (((dock, item), quantity),)

    def _carry(
        self, device: Handheld, gesture: str, line: str, item: str, quantity: int
    ) -> tuple[str, tuple[tuple[Key, int], ...]]:
        place = self.ground.site.place
        stored = gesture == "put_away"
        here, there = self.chance.sample(self.ground.site.bins, 2)
        source, target = place(DOCK if stored else here), place(there)
        noted = device.record(
            "putaway.put_away" if stored else "moving.move",
            {
                "goods": goods(item, quantity),
                "lpn": None,
                "source": source,
                "target": target,
                "reason": None,
                "scans": [],
            },
            task=line if stored else None,
        )
        return noted, (((source, item), -quantity), ((target, item), quantity))
