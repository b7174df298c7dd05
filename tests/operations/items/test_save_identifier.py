"""Barcodes stand for items and packagings."""

import pytest

from app.items.models import Identifier
from app.items.naming import identifier_id, packaging_id
from tests.operations.records import record
from tests.warehouse import LAMP, TEA, Warehouse


def identify(site: Warehouse, code: str, sku: str, packaging: str | None = None) -> tuple[str, ...]:
    asked = {"code": code, "item": site.item(sku), "packaging": packaging}
    return site.ask("items.save_identifier", asked).codes


class TestSaveIdentifier:
    @pytest.mark.parametrize("spelled", ["96385074", "00000096385074"])
    def test_a_gtin_is_kept_with_fourteen_digits(self, site: Warehouse, spelled: str) -> None:
        assert identify(site, spelled, TEA) == ()

        kept = record(Identifier, identifier_id(site.org, "00000096385074"))
        assert (kept.code, kept.item) == ("00000096385074", site.item(TEA))

    def test_other_codes_are_kept_as_they_are(self, site: Warehouse) -> None:
        identify(site, "Shelf-7a", TEA)

        assert record(Identifier, identifier_id(site.org, "Shelf-7a")).code == "Shelf-7a"

    def test_a_code_can_be_mapped_to_something_else(self, site: Warehouse) -> None:
        identify(site, "HOUSE-1", TEA)
        identify(site, "HOUSE-1", LAMP)

        assert record(Identifier, identifier_id(site.org, "HOUSE-1")).item == site.item(LAMP)

    def test_a_packaging_of_the_item_is_taken(self, site: Warehouse) -> None:
        case = {"name": "case", "quantity": 12}
        site.done("items.save_item", {"sku": TEA, "name": "Tea", "packagings": [case]})

        assert identify(site, "CASE-1", TEA, packaging_id(site.item(TEA), "case")) == ()

    def test_refuses_a_packaging_of_another_item(self, site: Warehouse) -> None:
        other = packaging_id(site.item(LAMP), "case")

        assert identify(site, "CASE-2", TEA, other) == ("items.packaging_unknown",)

    def test_refuses_an_unknown_item(self, site: Warehouse) -> None:
        assert identify(site, "X-1", "NOBODY") == ("items.unknown_item",)

    def test_refuses_a_mistyped_gtin(self, site: Warehouse) -> None:
        assert identify(site, "9521234543214", TEA) == ("items.check_digit",)
