"""How much one person may correct alone: pieces, and what they are worth."""

from decimal import Decimal

import pytest

from app.adjusting.models import Adjustment
from app.db import snapshot
from app.items.models import Item
from app.locations.models import Site
from tests.operations.adjusting.conftest import Correct
from tests.operations.records import all_of
from tests.warehouse import LAMP, TEA, Warehouse

WAITS = ("stock.awaits_approval",)


@pytest.fixture
def dear(site: Warehouse) -> Warehouse:
    """A lamp costs 49.90, and one person may correct ten pieces worth 120 alone."""
    site.done("items.save_item", {"sku": LAMP, "name": "Desk lamp", "cost": "49.90"})
    site.done("stock.set_limit", {"pieces": 10, "value": "120"}, actor=site.person("S1"))
    return site


def test_above_either_limit_a_second_person_decides(dear: Warehouse, correct: Correct) -> None:
    assert correct("stock.found", 2, LAMP).codes == ()
    assert correct("stock.found", 3, LAMP).codes == WAITS
    assert correct("stock.scrap", 3, LAMP).codes == WAITS
    assert dear.on_hand(LAMP) == 2

    assert correct("stock.found", 10, TEA).codes == ()  # nobody has said what tea costs
    assert correct("stock.found", 11, TEA).codes == WAITS


def test_what_it_was_worth_is_kept(dear: Warehouse, correct: Correct) -> None:
    correct("stock.found", 3, LAMP)
    dear.done("items.save_item", {"sku": LAMP, "name": "Desk lamp", "cost": "1"})
    correct("stock.found", 2, TEA)

    assert sorted(str(row.value) for row in all_of(Adjustment)) == ["149.7000", "None"]


def test_no_limit_is_said_and_not_guessed(site: Warehouse, correct: Correct) -> None:
    site.done("stock.set_limit", {"pieces": None, "value": None})

    assert correct("stock.found", 100_000).codes == ()


@pytest.mark.parametrize("value", ["-1", "0.00001", "99999999999", "lots", "NaN"])
def test_is_an_amount(site: Warehouse, value: str) -> None:
    assert site.ask("stock.set_limit", {"pieces": 1, "value": value}).codes == ("stock.bad_limit",)


@pytest.mark.parametrize("cost", ["-1", "0.00001", "lots"])
def test_what_a_piece_costs_is_an_amount_too(site: Warehouse, cost: str) -> None:
    item = {"sku": TEA, "name": "Green tea", "cost": cost}
    assert site.ask("items.save_item", item).codes == ("items.bad_cost",)


def test_a_cost_stays_until_another_is_named(dear: Warehouse) -> None:
    dear.done("items.save_item", {"sku": LAMP, "name": "Lamp"})

    with snapshot() as session:
        assert session.get_one(Item, dear.item(LAMP)).cost == Decimal("49.9")


def test_is_no_matter_of_the_sites_address(site: Warehouse) -> None:
    """Whoever may change a name must not widen a limit by the way."""
    for setting in ("adjustment_limit", "count_tolerance"):
        said = {"code": "S1", "name": "Test site", "settings": {setting: {"quantity": None}}}
        refused = site.ask("locations.save_site", said)
        assert refused.codes == ("locations.decided_elsewhere",)


def test_leaves_other_settings_alone(dear: Warehouse) -> None:
    dear.done("counting.set_tolerance", {"pieces": 1, "percent": 2})

    with snapshot() as session:
        settings = session.get_one(Site, dear.site).settings
    assert settings["adjustment_limit"] == {"quantity": 10, "value": "120.00"}
    assert settings["count_tolerance"] == {"quantity": 1, "percent": 2}
