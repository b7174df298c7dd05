"""Two scanners, one bin: whoever comes back first, the end is the same."""

import pytest

from tests.e2e.conftest import GiveScanner
from tests.e2e.house import GTINS, SKUS, House

SPARE = "D-08-3"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest) -> str:
    """Both databases."""
    name: str = request.param
    return name


@pytest.mark.parametrize("first", ["paul", "alex"])
def test_one_bin_in_two_hands(scanner: GiveScanner, house: House, first: str) -> None:
    """Paul picks where Alex clears out and counts; one piece more was there than the book knew."""
    paul, alex = scanner("B-200"), scanner("B-400")
    paul.door("pick")
    paul.tap("primary")
    paul.says("Go there and scan")
    place, goods = paul.reads("target"), paul.reads("goods")
    quantity, sku = int(paul.reads("quantity-value")), SKUS[goods]
    book = house.on_hand(sku, place)
    rest = book - quantity + 1

    paul.wire.cut()
    paul.scan(place, "Scan the goods")
    paul.scan(GTINS[goods], "Scan the tote")
    paul.scan("TMT:T-01", f"{quantity} × {goods}")

    alex.door("move")
    alex.scan(place, f"From {place}")
    alex.scan(GTINS[goods], "Scan the new place")
    alex.wire.cut()
    alex.key_in(rest, doubted=True)
    alex.scan(SPARE, f"in {SPARE}")
    alex.door("count")
    alex.scan(place, f"Count {place}")
    alex.tap("primary")
    alex.says("Is the bin empty?")
    alex.tap("primary")
    alex.says(f"Counted: {place}")
    assert house.on_hand(sku, place) == book

    for one in (paul, alex) if first == "paul" else (alex, paul):
        one.wire.mend()
        one.drained()

    for one in (paul, alex):
        house.assert_holds_once(one.journal())
    assert (house.on_hand(sku, place), house.on_hand(sku, SPARE)) == (-1, rest)
    assert house.on_hand(sku) == book
    assert house.variances(place) == [(sku, 1)]
    assert house.codes() == {"negative_stock"}
