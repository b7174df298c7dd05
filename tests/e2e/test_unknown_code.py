"""A code that nobody knows, on a dock without a network: taken in, named, read by everybody."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import GiveScanner
from tests.e2e.house import SKUS, House

STRANGE, OTHER = "HOUSE-77", "HOUSE-78"
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
