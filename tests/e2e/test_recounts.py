"""A count that is doubted is made again by somebody else; limits say who decides alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.e2e.conftest import DESK, GiveScanner
from tests.e2e.house import GTINS, SKUS, House, Installation, Server
from tests.e2e.office import Desk
from tests.e2e.scanner import Scanner
from tests.e2e.tour import PALLET

MUG, LAMP = "Ceramic mug white", "Desk lamp"


@pytest.fixture
def sam(
    new_context: Callable[..., BrowserContext], installation: Installation, server: Server
) -> Desk:
    """The supervisor at his desk."""
    page = new_context(viewport=DESK, has_touch=False).new_page()
    desk = Desk(page, f"http://127.0.0.1:{server.port}/")
    return desk.sign_in("sam", installation.password)


def count(hand: Scanner, place: str, goods: str, quantity: int) -> None:
    """Count one kind of goods in a place whose scan opens it."""
    hand.scan(place, f"Count {place}")
    hand.scan(GTINS[goods], f"1 × {goods} noted")
    hand.key_in(quantity)
    hand.says(f"{quantity} × {goods} noted")
    hand.tap("primary")
    hand.says(f"Counted: {place}")


def ask_again(sam: Desk, other: str) -> None:
    """Doubt the count that waits, and have another place counted."""
    sam.at("desk-counts").click()
    expect(sam.at("count-sheet")).to_contain_text("Cora Counter")
    sam.shoot("counts")
    sam.at("recount").click()
    expect(sam.at("count-asked")).to_contain_text("Not to: Cora Counter")
    sam.find("place", other)
    sam.at("ask-for-count").click()
    expect(sam.at("count-asked")).to_have_count(2)
    sam.shoot("counts-asked")
    sam.is_fit_for_everybody()


def approve_what_is_close(sam: Desk) -> None:
    """One tap, and each sheet is a decision of its own."""
    sam.at("refresh").click()
    expect(sam.at("count-sheet").first).to_contain_text("Within the tolerance")
    sam.shoot("counts-close")
    sam.at("approve-close").click()
    expect(sam.at("count-sheet")).to_have_count(0)


def test_a_recount_goes_to_somebody_else_offline_too(
    scanner: GiveScanner, sam: Desk, house: House
) -> None:
    """Who counted is not asked again; who is takes it into a dead spot and brings it back."""
    place, other = house.place_of(SKUS[MUG]), house.place_of(SKUS[LAMP])
    cora, alex = scanner("B-300"), scanner("B-400")
    cora.door("count")
    count(cora, place, MUG, 3)
    cora.drained()

    ask_again(sam, other)
    cora.pulled()
    cora.door("count")
    expect(cora.at("choice")).to_have_count(1)
    expect(cora.at("choice")).to_contain_text(other)
    cora.wire.cut()  # she is waited for, so nothing of what follows is approved by itself
    alex.pulled()
    alex.shows("door-count", "Count (2)")
    alex.shoot("home-count")
    alex.door("count")
    alex.shoot("count-offered")
    alex.wire.cut()
    alex.choose(place)
    alex.shows("target", place)
    alex.shoot("count-wanted")
    alex.scan(other)
    expect(alex.at("feedback")).to_have_attribute("data-said", "wrong")
    count(alex, place, MUG, 4)
    alex.shoot("count-after")
    expect(alex.at("choice")).to_have_count(1)
    alex.wire.mend()
    alex.drained()

    sam.at("refresh").click()
    expect(sam.at("count-sheet")).to_contain_text("Alex Allround")
    expect(sam.at("count-asked")).to_have_count(1)
    sam.at("withdraw").click()
    expect(sam.at("count-asked")).to_have_count(0)
    alex.door("count")
    count(alex, other, LAMP, 4)
    alex.drained()
    house.done("counting.set_tolerance", {"pieces": 0, "percent": 100})
    approve_what_is_close(sam)
    assert house.on_hand(SKUS[MUG], place) == 4
    assert house.on_hand(SKUS[LAMP], other) == 4


def test_a_pallet_that_was_not_seen_is_named(scanner: GiveScanner, sam: Desk, house: House) -> None:
    """Loose goods agree, a tolerance is wide: a missing pallet still is for a person to judge."""
    house.done("counting.set_tolerance", {"pieces": 0, "percent": 100})
    rosa, cora = scanner("B-100"), scanner("B-300")
    rosa.door("receive")
    rosa.scan("DOCK-1", "Dock DOCK-1")
    rosa.scan(f"]C100{PALLET}", "received")
    rosa.drained()
    rosa.pulled()
    rosa.door("putaway")
    rosa.scan(f"]C100{PALLET}", "Scan the bin")
    place = rosa.reads("target")
    rosa.scan(place, f"in {place}")
    rosa.drained()
    cora.pulled()
    cora.door("count")
    cora.scan(place, f"Count {place}")
    cora.tap("primary")
    cora.says("Is the bin empty?")
    cora.tap("primary")
    cora.says(f"Counted: {place}")
    cora.drained()

    sam.at("desk-counts").click()
    sheet = sam.at("count-sheet")
    expect(sheet).to_contain_text(f"Booked here, not seen: {PALLET}")
    expect(sheet).not_to_contain_text("Within the tolerance")
    sam.shoot("counts-not-seen")
    sam.is_fit_for_everybody()


def test_limits_and_rules_of_the_house(sam: Desk, house: House) -> None:
    """A value of a correction is as good a limit as its pieces; the rules say who set it."""
    place = house.place_of(SKUS[LAMP])
    before = house.on_hand(SKUS[LAMP], place)
    house.done("items.save_item", {"sku": SKUS[LAMP], "name": LAMP, "cost": "49.90"})
    house.done("locations.save_location", {"code": place, "kind": "bin", "no_mix_lot": True})

    sam.at("desk-limits").click()
    expect(sam.at("limit-says")).to_contain_text("20 pieces")
    sam.at("limit-pieces").fill("10")
    sam.at("limit-value").fill("lots")
    expect(sam.at("save-limit")).to_be_disabled()
    sam.at("limit-value").fill("99,5")
    sam.at("save-limit").click()
    expect(sam.at("limit-says")).to_contain_text("10 pieces and a value of 99.50")
    sam.at("tolerance-percent").fill("2")
    sam.at("save-tolerance").click()
    expect(sam.at("tolerance-says")).to_contain_text("2 %")
    sam.shoot("limits")
    sam.is_fit_for_everybody()

    sam.at("desk-rules").click()
    limit = sam.page.locator("[data-rule=adjustment_limit]")
    expect(limit).to_contain_text("Sam Supervisor")
    one_lot = sam.at("rule").filter(has_text="One lot only")
    expect(one_lot).to_contain_text(place)
    sam.shoot("rules")
    sam.is_fit_for_everybody()
    one_lot.get_by_role("link").click()
    expect(sam.cells("code")).to_have_text(place)

    sam.at("desk-adjustments").click()
    sam.at("correct").click()
    sam.at("what-scrap").click()
    sam.find("place", place)
    sam.find("item", LAMP)
    sam.at("pieces").fill("2")
    sam.at("reason").filter(has_text="Broken").click()
    sam.at("post").click()
    expect(sam.at("feedback")).to_have_text("Waits for a second person")
    expect(sam.at("adjustment")).to_contain_text("Worth 99.80")
    sam.shoot("adjustment-worth")
    assert house.on_hand(SKUS[LAMP], place) == before
