"""Items come in and change."""

import pytest

from app.items.models import Item
from app.pipeline.office import RoleMissing
from tests.operations.records import copy_of, record
from tests.warehouse import TEA, Warehouse

CASE = {"name": "case", "quantity": 12}


class TestSaveItem:
    def test_creates_an_item_with_packagings(self, site: Warehouse) -> None:
        site.done("items.save_item", {"sku": "CUP", "name": "Cup", "packagings": [CASE]})

        cup = record(Item, site.item("CUP"))
        assert (cup.sku, cup.name, cup.unit, cup.tracking) == ("CUP", "Cup", "pcs", "none")
        assert [(each["name"], each["quantity"]) for each in cup.packagings] == [("case", 12)]

    def test_leaves_alone_what_is_not_said(self, site: Warehouse) -> None:
        site.done("items.save_item", {"sku": "EGG", "name": "Egg", "tracking": "lot"})

        site.done("items.save_item", {"sku": "EGG", "name": "Free-range egg"})

        egg = record(Item, site.item("EGG"))
        assert (egg.name, egg.tracking) == ("Free-range egg", "lot")

    def test_sku_is_case_sensitive(self, site: Warehouse) -> None:
        site.done("items.save_item", {"sku": "85123a", "name": "Small a"})
        site.done("items.save_item", {"sku": "85123A", "name": "Large A"})

        assert record(Item, site.item("85123a")).name == "Small a"

    def test_reaches_handhelds(self, site: Warehouse) -> None:
        site.done("items.save_item", {"sku": TEA, "name": "Black tea"})

        copy = copy_of("org", "item", site.item(TEA))
        assert copy is not None
        assert copy["name"] == "Black tea"

    def test_refuses_two_packagings_of_one_name(self, site: Warehouse) -> None:
        decided = site.ask("items.save_item", {"sku": "X", "name": "X", "packagings": [CASE, CASE]})

        assert (decided.outcome, decided.codes) == ("refused", ("items.packaging_twice",))

    def test_is_not_for_the_floor(self, site: Warehouse) -> None:
        with pytest.raises(RoleMissing):
            site.ask("items.save_item", {"sku": "X", "name": "X"}, roles=frozenset({"picker"}))
