"""The rules of the house as the office sees them."""

from typing import Any

import pytest

from tests.api.callers import Caller, at_desk, employ
from tests.warehouse import DRILL, LAMP, MILK, TEA, Warehouse


@pytest.fixture
def sue(site: Warehouse) -> Caller:
    """A supervisor at her desk."""
    employ(site, "SUE", "supervisor")
    return at_desk(site, "SUE", "supervisor")


def rules(caller: Caller) -> dict[str, Any]:
    answer = caller.call("GET", "/api/v1/office/rules")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.get_json()
    return found


def test_nobody_decided_the_defaults(site: Warehouse, sue: Caller) -> None:
    told = rules(sue)

    assert told["limit"] == {"pieces": 20, "value": None, "changed": None}
    assert told["tolerance"] == {"pieces": 0, "percent": 0, "changed": None}
    assert [(rule["rotation"], rule["count"], rule["first"]) for rule in told["items"]] == [
        ("fifo", 3, DRILL),
        ("fefo", 1, MILK),
    ]
    assert told["places"] == []


def test_a_limit_names_who_set_it_last(site: Warehouse, sue: Caller) -> None:
    site.done("stock.set_limit", {"pieces": 5, "value": "80"}, actor=site.person("S1"))
    site.ask("stock.set_limit", {"pieces": 5, "value": "lots"}, actor=site.person("B1"))
    site.done("counting.set_tolerance", {"pieces": 1, "percent": 2}, actor=site.person("SUE"))

    told = rules(sue)

    assert (told["limit"]["pieces"], told["limit"]["value"]) == (5, "80.00")
    assert told["limit"]["changed"]["by"] == "Person S1"
    assert told["tolerance"]["changed"]["by"] == "Person SUE"


def test_items_and_places_that_have_rules(site: Warehouse, sue: Caller) -> None:
    save = {"code": "A-02", "kind": "bin", "no_mix_lot": True, "max_units": 40}
    site.done("locations.save_location", save, actor=site.person("S1"))
    lamp = {"sku": LAMP, "name": "Desk lamp", "over_receipt_percent": 10}
    site.done("items.save_item", lamp, actor=site.person("S1"))

    told = rules(sue)

    over = next(rule for rule in told["items"] if rule["over_receipt_percent"] == 10)
    assert (over["count"], over["first"], over["changed"]["by"]) == (1, LAMP, "Person S1")
    (place,) = told["places"]
    assert (place["first"], place["no_mix_lot"], place["max_units"]) == ("A-02", True, 40)
    assert place["changed"]["by"] == "Person S1"


def test_the_same_rule_in_many_places_is_one_line(site: Warehouse, sue: Caller) -> None:
    for code, badge in (("A-01", "S1"), ("A-02", "SUE"), ("A-03", "S1"), ("A-02", "SUE")):
        save = {"code": code, "kind": "bin", "no_mix_item": True}
        site.done("locations.save_location", save, actor=site.person(badge))

    (rule,) = rules(sue)["places"]

    assert (rule["count"], rule["first"], rule["last"]) == (3, "A-01", "A-03")
    assert rule["changed"]["by"] == "Person SUE"  # the last of them


def test_counts_within_the_tolerance_are_marked(site: Warehouse, sue: Caller) -> None:
    site.stock(TEA, 100, "A-01")
    site.stock(TEA, 100, "A-02")
    site.clock.pass_(9 * 60)  # the warehouse's clock begins eight hours ago
    counter = site.handheld("H1", "C1")
    for place, seen in (("A-01", 98), ("A-02", 97)):
        site.count(counter, place, (TEA, seen))
    counter.push()

    def close() -> dict[str, bool]:
        sheets = sue.call("GET", "/api/v1/counts").get_json()["items"]
        return {sheet["place_code"]: sheet["within"] for sheet in sheets}

    assert close() == {"A-01": False, "A-02": False}
    site.done("counting.set_tolerance", {"pieces": 0, "percent": 2})
    assert close() == {"A-01": True, "A-02": False}


def test_what_an_item_costs_is_told_to_deciders(site: Warehouse, sue: Caller) -> None:
    site.done("items.save_item", {"sku": TEA, "name": "Green tea", "cost": "2.5"})
    employ(site, "REQ", "requester")
    path = "/api/v1/office/tables/items?q=TEA"

    for caller, cost in ((sue, "2.50"), (at_desk(site, "REQ", "requester"), None)):
        (row,) = caller.call("GET", path).get_json()["rows"]
        assert row["cost"] == cost
