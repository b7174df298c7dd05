"""A code that nobody knows, on a dock without a network: taken in, named, read by everybody."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.conftest import DESK, GiveScanner
from tests.e2e.house import SKUS, House, Installation
from tests.e2e.office import Desk

STRANGE, OTHER = "HOUSE-77", "HOUSE-78"
COUNTED = "D-08-3"  # empty in the book
LAMP = "Desk lamp"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest) -> str:
    """Both databases."""
    name: str = request.param
    return name


def test_named_on_the_spot_it_is_known_to_all(scanner: GiveScanner, house: House) -> None:
    """Rosa says what it is, offline; her receipts stand, and Alex reads the same code."""
    rosa, alex = scanner("B-100"), scanner("B-400")
    before = house.on_hand(SKUS[LAMP])
    rosa.wire.cut()
    rosa.door("receive")
    rosa.scan("DOCK-1", "Dock DOCK-1")
    rosa.scan(STRANGE, f"Unknown: {STRANGE}")
    rosa.shoot("unknown")
    rosa.tap("action-name_it")
    expect(rosa.at("what-is-it-screen")).to_contain_text(STRANGE)
    rosa.shoot("what-is-it")
    rosa.scan("DOCK-2", "That is no item")
    rosa.tap("code")
    rosa.tap("key-page")
    for key in "LAMP":
        rosa.tap(f"key-{key}")
    rosa.at("matches").get_by_text(LAMP).tap()
    rosa.shoot("how")
    rosa.choose("Single piece")
    rosa.says(f"1 × {LAMP}")
    rosa.scan_again(STRANGE, f"2 × {LAMP}")
    rosa.shoot("named")

    rosa.wire.mend()
    rosa.drained()

    assert house.on_hand(SKUS[LAMP]) == before + 2
    alex.pulled()
    alex.door("lookup")
    alex.scan(STRANGE)
    alex.shows("target", LAMP)


def test_taken_in_without_a_name_it_waits_for_one(scanner: GiveScanner, house: House) -> None:
    """Scanned twice it is received as it is; Alex says later what Rosa has received."""
    rosa, alex = scanner("B-100"), scanner("B-400")
    before = house.on_hand(SKUS[LAMP], "DOCK-1")
    rosa.door("receive")
    rosa.scan("DOCK-1", "Dock DOCK-1")
    rosa.scan(OTHER, f"Unknown: {OTHER}")
    rosa.scan_again(OTHER, f"1 × {OTHER}")
    rosa.shoot("unnamed")
    rosa.key_in(5)
    rosa.drained()
    assert "unresolved_barcode" in house.codes()

    alex.door("receive")
    alex.scan("DOCK-2", "Dock DOCK-2")
    alex.scan(OTHER, f"Unknown: {OTHER}")
    alex.tap("action-name_it")
    alex.scan(SKUS[LAMP])
    alex.choose("Single piece")
    alex.says(f"1 × {LAMP}")
    alex.drained()

    assert house.on_hand(SKUS[LAMP], "DOCK-1") == before + 5
    assert "unresolved_barcode" not in house.codes()


def test_the_office_says_what_it_is(
    scanner: GiveScanner,
    new_context: Callable[..., BrowserContext],
    house: House,
    installation: Installation,
) -> None:
    """The case of an unknown code is settled by naming the goods, a case of six each."""
    rosa = scanner("B-100")
    before = house.on_hand(SKUS[LAMP], "DOCK-1")
    rosa.door("receive")
    rosa.scan("DOCK-1", "Dock DOCK-1")
    rosa.scan(OTHER, f"Unknown: {OTHER}")
    rosa.scan_again(OTHER, f"1 × {OTHER}")
    rosa.drained()

    page = new_context(viewport=DESK, has_touch=False).new_page()
    sam = Desk(page, rosa.address).sign_in("sam", installation.password)
    sam.at("desk-exceptions").click()
    case = sam.exception("unresolved_barcode")
    case.click()
    sam.at("resolve-map_barcode").click()
    sam.at("find-target").fill("desk la")
    sam.at("offer-target").filter(has_text=LAMP).click()
    sam.at("map-packaging").select_option(label="case × 6")
    picture(page, "inbox")
    sam.is_fit_for_everybody()
    sam.at("map-save").click()
    expect(case).to_have_count(0)
    assert house.on_hand(SKUS[LAMP], "DOCK-1") == before + 6

    sam.at("desk-codes").click()
    expect(sam.at("mapped-code")).to_contain_text(OTHER)
    sam.at("map-new").click()
    picture(page, "codes")
    sam.is_fit_for_everybody()
    sam.at("unmap").click()
    expect(sam.at("mapped-code")).to_have_count(0)


def test_counted_without_a_name_it_is_missing_until_somebody_names_it(
    scanner: GiveScanner,
    new_context: Callable[..., BrowserContext],
    house: House,
    installation: Installation,
) -> None:
    """Cora may not say what it is: she counts on, and Sam cannot approve half a count."""
    cora = scanner("B-300")
    cora.door("count")
    cora.scan(COUNTED, f"Count {COUNTED}")
    cora.scan(SKUS[LAMP], f"1 × {LAMP} noted")
    cora.scan(STRANGE, f"Unknown: {STRANGE}. Scan again")
    cora.shoot("count-unknown")
    cora.scan_again(STRANGE, f"1 × {STRANGE} noted")
    cora.shoot("count-unnamed")
    cora.tap("primary")
    cora.says("Codes without a name: 1")
    cora.drained()
    assert "unresolved_barcode" in house.codes()

    page = new_context(viewport=DESK, has_touch=False).new_page()
    sam = Desk(page, cora.address).sign_in("sam", installation.password)
    sam.at("desk-counts").click()
    sheet = sam.at("count-sheet").filter(has_text=COUNTED)
    expect(sheet).to_contain_text("Incomplete")
    expect(sheet.get_by_test_id("unnamed")).to_contain_text(STRANGE)
    sheet.get_by_test_id("approve").click()
    expect(sam.at("feedback")).to_contain_text("Counted under a code nobody knows")
    picture(page, "incomplete-count")
    sam.is_fit_for_everybody()

    sam.at("desk-exceptions").click()
    case = sam.exception("unresolved_barcode")
    case.click()
    sam.at("resolve-map_barcode").click()
    sam.at("find-target").fill("desk la")
    sam.at("offer-target").filter(has_text=LAMP).click()
    sam.at("map-save").click()
    expect(case).to_have_count(0)
    sam.at("desk-counts").click()
    expect(sheet).not_to_contain_text("Incomplete")
    sheet.get_by_test_id("approve").click()
    expect(sheet).to_have_count(0)
    assert house.on_hand(SKUS[LAMP], COUNTED) == 2


def picture(page: Page, name: str) -> None:
    shots = os.environ.get("TALLYMAN_TEST_SHOTS")
    if shots:
        page.screenshot(path=Path(shots) / f"office-{name}.png")
