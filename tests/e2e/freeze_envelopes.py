"""Freeze what this release says: every gesture done in a real browser, kept as files for ever.

Run once a release, by name, with the app built:

    TALLYMAN_FREEZE=1.0 python -m pytest tests/e2e/freeze_envelopes.py

The world it was said to is kept beside it: the operations that had furnished it, as they were.
`tests/api/sync/test_frozen_envelopes.py` lets every later server hear them again.
"""

import json
import os
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from app.db import snapshot
from app.kernel.clock import millis
from app.ledger.models import Balance
from app.people.models import Grant
from app.pipeline.models import StoredOperation
from tests.e2e.conftest import GiveScanner
from tests.e2e.house import GTINS, House
from tests.e2e.scanner import Scanner
from tests.e2e.test_day_offline import BLACK_TEA, count, pick, put_away, receive, ship, take_work

FOLDER = Path(__file__).parent.parent / "api" / "sync" / "fixtures" / "envelopes"
MUG, LAMP, STRANGE = "Ceramic mug white", "Desk lamp", "HOUSE-77"


@pytest.fixture
def folder() -> Path:
    release = os.environ.get("TALLYMAN_FREEZE")
    if not release:
        pytest.fail("say which release is frozen: TALLYMAN_FREEZE=1.0")
    assert not (FOLDER / release).exists(), "a release is frozen once"
    return FOLDER / release


def trouble(alex: Scanner) -> None:
    """What goes wrong on a day: broken, too few, wrong, unknown, undone."""
    alex.door("receive")
    alex.scan("PO-1001", "Order PO-1001")
    alex.tap("action-damaged")
    alex.at("choice").first.tap()
    alex.scan(GTINS[BLACK_TEA], f"× {BLACK_TEA}")
    alex.tap("action-short")
    alex.choose("Not delivered")
    expect(alex.at("choice")).to_have_count(0)
    alex.scan(GTINS[LAMP])
    alex.scan_again(GTINS[LAMP], f"1 × {LAMP}")
    alex.tap("undo")
    alex.says("Undone")
    alex.scan(STRANGE, f"Unknown: {STRANGE}")
    alex.tap("action-name_it")
    expect(alex.at("what-is-it-screen")).to_contain_text(STRANGE)
    alex.scan(GTINS[LAMP], LAMP)
    alex.choose("Single piece")
    alex.says(f"1 × {LAMP}")


def carry(alex: Scanner, goods: str, source: str, target: str) -> None:
    alex.door("move")
    alex.scan(source, f"From {source}")
    alex.scan(GTINS[goods], "Scan the new place")
    alex.scan(target)
    expect(alex.at("feedback")).to_have_attribute("data-said", "ok")


def short_and_back(alex: Scanner) -> None:
    """A stop without its goods, and a walk that somebody else shall go on with."""
    take_work(alex)
    alex.scan(alex.reads("target"), "Scan the goods")
    alex.tap("action-short")
    alex.at("choice").first.tap()
    alex.says("Go there and scan")
    alex.tap("more")
    alex.tap("action-give_back")
    alex.says("Ready for work")


def test_freeze(scanner: GiveScanner, house: House, folder: Path) -> None:
    furnished = operations(house, of_handhelds=False)
    alex = scanner("B-400")
    order = take_work(alex)
    receive(alex)
    _, loose_bin = put_away(alex)
    pick(alex)
    ship(alex, order)
    count(alex, loose_bin, BLACK_TEA, 12)
    carry(alex, BLACK_TEA, loose_bin, "D-08-3")
    trouble(alex)
    short_and_back(alex)
    alex.drained()

    said = operations(house, of_handhelds=True)
    folder.mkdir(parents=True)
    (folder / "world.jsonl").write_bytes(b"".join(row.envelope + b"\n" for row in furnished))
    for row in said:
        (folder / f"{row.seq:02d}-{row.kind}.json").write_bytes(row.envelope)
    (folder / "about.json").write_text(json.dumps(about(house, said), indent=1) + "\n", "utf-8")


def operations(house: House, *, of_handhelds: bool) -> list[StoredOperation]:
    """What was said, in the order the server learned it."""
    with snapshot() as session:
        rows = session.scalars(select(StoredOperation)).all()
    told = [row for row in rows if (row.device not in ("system", "office")) is of_handhelds]
    return sorted(told, key=lambda row: (row.recorded_at, row.stream != house.org, row.commit_seq))


def about(house: House, said: list[StoredOperation]) -> dict[str, object]:
    """What the envelopes take for granted, and what was answered and made of them."""
    with snapshot() as session:
        grants = session.scalars(select(Grant)).all()
        balances = session.scalars(select(Balance).where(Balance.quantity != 0)).all()
    return {
        "org": house.org,
        "site": house.site,
        "grants": [
            {
                "id": grant.id,
                "person": grant.person,
                "device": grant.device,
                "issued_at": millis(grant.issued_at),
                "expires_at": millis(grant.expires_at),
            }
            for grant in grants
        ],
        "answers": [[row.seq, row.outcome, *row.codes] for row in said],
        "balances": sorted(
            [row.holder, row.item, row.lot, row.status, row.quantity] for row in balances
        ),
    }
