"""Who orders."""

from app.documents.models import Customer
from app.documents.naming import customer_id
from tests.operations.records import record
from tests.warehouse import Warehouse


class TestSaveCustomer:
    def test_is_known_by_code(self, site: Warehouse) -> None:
        site.done("ordering.save_customer", {"code": "17850", "name": "Shop"})
        site.done("ordering.save_customer", {"code": "17850", "name": "Corner shop"})

        assert record(Customer, customer_id(site.org, "17850")).name == "Corner shop"
