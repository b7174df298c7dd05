"""Two receivers book the same line: the office sees both stories and decides."""

import os
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, expect
from sqlalchemy import select

from app.db import snapshot
from app.pipeline.models import OpenException, StoredOperation
from tests.e2e.conftest import DESK, GiveScanner
from tests.e2e.house import GTINS, SKUS, House, Installation
from tests.e2e.office import Desk
from tests.e2e.scanner import Scanner

BLACK_TEA, ORDERED = "Black tea 50 bags", 12
GREEN_TEA, MUCH = "Green tea 20 bags", 60


def receive(scanner: Scanner, dock: str) -> None:
    scanner.wire.cut()
    scanner.door("receive")
    scanner.scan(dock, f"Dock {dock}")
    scanner.scan("PO-1001", "Order PO-1001")
    scanner.scan(GTINS[BLACK_TEA], f"1 × {BLACK_TEA}")
    scanner.key_in(ORDERED)
    scanner.says(f"{ORDERED} × {BLACK_TEA}")
    scanner.wire.mend()
    scanner.drained()


def test_an_over_receipt_is_seen_with_both_stories_and_resolved(
    scanner: GiveScanner,
    new_context: Callable[..., BrowserContext],
    house: House,
    installation: Installation,
) -> None:
    """Neither receiver could know; both facts stand, and one decision closes the case."""
    rosa, alex = scanner("B-100"), scanner("B-400")
    receive(rosa, "DOCK-1")
    receive(alex, "DOCK-2")
    assert house.on_hand(SKUS[BLACK_TEA], "DOCK-1") == ORDERED
    assert house.on_hand(SKUS[BLACK_TEA], "DOCK-2") == ORDERED

    page = new_context(viewport=DESK, has_touch=False).new_page()
    sam = Desk(page, rosa.address).sign_in("sam", installation.password)
    sam.at("desk-exceptions").click()
    case = sam.exception("over_receipt")
    expect(case).to_have_count(1)
    case.click()
    expect(sam.at("case-about")).to_contain_text("Supervisor")
    expect(sam.at("to-purchase_orders")).to_be_visible()
    stories = sam.at("story")
    for name in ("Rosa Receiver", "Alex Allround"):
        expect(stories.filter(has_text=name).first).to_be_visible()
    shots = os.environ.get("TALLYMAN_TEST_SHOTS")
    if shots:
        page.screenshot(path=Path(shots) / "office.png")
    sam.at("resolve-accept").click()
    expect(case).to_have_count(0)

    with snapshot() as session:
        [closed] = session.scalars(
            select(OpenException).where(OpenException.code == "over_receipt")
        )
        assert (closed.state, closed.resolution) == ("closed", "accept")
        [decision] = session.scalars(
            select(StoredOperation).where(StoredOperation.operation == closed.resolved_by)
        )
        assert decision.actor == house.person("B-900")
    assert house.on_hand(SKUS[BLACK_TEA], "DOCK-2") == ORDERED


def test_many_of_a_kind_are_decided_at_once_each_by_its_own_operation(
    scanner: GiveScanner,
    new_context: Callable[..., BrowserContext],
    house: House,
    installation: Installation,
) -> None:
    """The kind is chosen, then the verdict, then it is confirmed; other kinds stay."""
    rosa = scanner("B-100")
    rosa.door("receive")
    rosa.scan("DOCK-1", "Dock DOCK-1")
    rosa.scan("PO-1001", "Order PO-1001")
    for name in (BLACK_TEA, GREEN_TEA):
        rosa.scan(GTINS[name], f"1 × {name}")
        rosa.key_in(MUCH)
        rosa.says(f"{MUCH} × {name}")
    rosa.drained()

    page = new_context(viewport=DESK, has_touch=False).new_page()
    sam = Desk(page, rosa.address).sign_in("sam", installation.password)
    sam.at("desk-exceptions").click()
    expect(sam.exception("over_receipt")).to_have_count(2)
    expect(sam.at("alike")).to_have_count(0)
    sam.at("kind").select_option("over_receipt")
    sam.at("all-accept").click()
    sam.is_fit_for_everybody()
    shots = os.environ.get("TALLYMAN_TEST_SHOTS")
    if shots:
        page.screenshot(path=Path(shots) / "alike.png")
    sam.at("all-sure").click()
    expect(sam.at("feedback")).to_have_text("Decided: 2")
    expect(sam.at("empty-inbox")).to_be_visible()

    with snapshot() as session:
        closed = session.scalars(
            select(OpenException).where(OpenException.code == "over_receipt")
        ).all()
        assert {row.state for row in closed} == {"closed"}
        assert len({row.resolved_by for row in closed}) == len(closed) == 2
