"""A recall reaches the floor: stopped where it is known, flagged where it is learned too late."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, expect

from tests.e2e.conftest import DESK, GiveScanner
from tests.e2e.house import House, Installation, Server
from tests.e2e.office import Desk
from tests.e2e.tour import PALLET

APART, NAMED = "Q-1", f"…{PALLET[-6:]}"


def test_a_recall_stops_who_knows_and_flags_who_does_not(
    scanner: GiveScanner,
    new_context: Callable[..., BrowserContext],
    server: Server,
    installation: Installation,
    house: House,
) -> None:
    """Rosa stores the pallet out of reach; Alex, who was told, is sent where it is kept apart."""
    rosa, alex = scanner("B-100"), scanner("B-400")
    rosa.door("receive")
    rosa.scan("DOCK-1", "Dock DOCK-1")
    rosa.scan(f"]C100{PALLET}", "received")
    rosa.drained()
    rosa.pulled()
    rosa.wire.cut()
    page = new_context(viewport=DESK, has_touch=False).new_page()
    sam = Desk(page, f"http://127.0.0.1:{server.port}/").sign_in("sam", installation.password)
    sam.open("handling_units")
    sam.rows.filter(has_text=PALLET).get_by_role("button").first.click()
    sam.at("hold-note").fill("glass in the tea")
    sam.at("hold-recall").click()
    expect(sam.at("held")).not_to_be_empty()
    sam.shoot("held")
    alex.pulled()
    alex.door("putaway")
    alex.scan(f"]C100{PALLET}", f"Held: {NAMED}. Take it to {APART}.")
    alex.shows("target", APART)
    alex.shoot("held")

    rosa.door("putaway")
    rosa.scan(f"]C100{PALLET}", "Scan the bin")
    target = rosa.reads("target")
    assert target != APART
    rosa.scan(target, f"in {target}")
    rosa.wire.mend()
    rosa.drained()
    assert house.position(PALLET) == target  # what hands did is never refused

    rosa.pulled()
    rosa.door("move")
    rosa.scan(f"]C100{PALLET}", f"Held: {NAMED}. Take it to {APART}.")
    rosa.shoot("held-moved")
    rosa.scan(APART, APART)
    rosa.drained()
    assert house.position(PALLET) == APART
