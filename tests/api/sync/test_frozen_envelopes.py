"""Handhelds of every release that was ever out are heard by today's server, and understood.

The files are what a browser wrote then (`tests/e2e/freeze_envelopes.py`), never to be changed; a
payload that changes gets another version and an upcast on `app/playbook.py`.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.db import db, snapshot, writing
from app.kernel.clock import from_millis
from app.kernel.ids import uuid7
from app.ledger.models import Balance
from app.people.models import Grant
from app.pipeline.models import StoredOperation, Stream
from app.pipeline.office import Author, Request, submit_all
from app.playbook import FLOOR
from app.proving.handheld import Clock, Handheld
from app.proving.rebuild import verify
from app.readers.kinds import KINDS as READER_KINDS
from app.sync.enrolment import enrol, issue_code
from tests.properties.hands import answers
from tests.warehouse import Warehouse

FOLDER = Path(__file__).parent / "fixtures" / "envelopes"
RELEASES = sorted(path.name for path in FOLDER.iterdir())


@dataclass
class Release:
    """What the handhelds of a release said, to which world, and what they were answered."""

    folder: Path

    def __post_init__(self) -> None:
        self.about: dict[str, Any] = json.loads((self.folder / "about.json").read_text("utf-8"))
        self.said = [path.read_text("utf-8") for path in sorted(self.folder.glob("[0-9]*.json"))]
        self.device: str = json.loads(self.said[0])["device"]

    def world(self) -> list[Request]:
        lines = (self.folder / "world.jsonl").read_text("utf-8").splitlines()
        return [
            Request(said["kind"], said["payload"], said["id"], said["kind_v"], said["cause"])
            for said in map(json.loads, lines)
        ]


@pytest.fixture(params=RELEASES)
def release(request: pytest.FixtureRequest) -> Release:
    return Release(FOLDER / request.param)


@pytest.fixture
def house(app: Flask, release: Release) -> Warehouse:
    """The world that the envelopes speak of, furnished by the operations of then."""
    site = Warehouse(app, release.about["org"], release.about["site"])
    with writing() as session:
        for stream, kind in ((site.org, "org"), (site.site, "site")):
            session.add(Stream(id=stream, kind=kind, incarnation=uuid7(), commit_seq=0))
    author = Author(site.org, site.site, device="system")
    for decided in submit_all(site.playbook, author, release.world()):
        assert decided.outcome == "applied", decided
    return site


@pytest.fixture
def handheld(house: Warehouse, release: Release) -> Handheld:
    """A handheld of that release, with its whole journal unsent."""
    welcome = enrol(issue_code(house.site), "old", release.device)
    with writing() as session:
        for grant in release.about["grants"]:
            times = {name: from_millis(grant.pop(name)) for name in ("issued_at", "expires_at")}
            session.add(Grant(**grant, **times))
    device = Handheld(house.wire, Clock(house.clock.now), id=release.device)
    device.credential, device.queue = welcome["credential"], list(release.said)
    return device


def balances() -> list[list[Any]]:
    with snapshot() as session:
        rows = session.scalars(select(Balance).where(Balance.quantity != 0)).all()
    return sorted([row.holder, row.item, row.lot, row.status, row.quantity] for row in rows)


class TestAnOldHandheld:
    def test_is_answered_as_it_was_then(self, handheld: Handheld, release: Release) -> None:
        handheld.push()

        said = [[seq, outcome, *codes] for seq, (outcome, codes) in answers(handheld).items()]
        assert said == release.about["answers"]
        assert balances() == release.about["balances"]

    def test_leaves_its_bytes_as_they_were(
        self, handheld: Handheld, house: Warehouse, release: Release
    ) -> None:
        handheld.push()
        with snapshot() as session:
            stored = session.scalars(
                select(StoredOperation.envelope)
                .where(StoredOperation.device == handheld.id)
                .order_by(StoredOperation.seq)
            ).all()
        assert [each.decode() for each in stored] == release.said
        assert verify(house.playbook, db.engine).differences == ()


class TestTheFiles:
    def test_hold_every_kind_that_hands_write(self, release: Release) -> None:
        frozen = {json.loads(text)["kind"] for text in release.said}
        written = {kind.name for kind in FLOOR} | {"identification.map_barcode"}
        assert written - frozen - {kind.name for kind in READER_KINDS} == set()
