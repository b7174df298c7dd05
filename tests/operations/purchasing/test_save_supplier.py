"""Who delivers."""

from app.documents.models import Supplier
from app.documents.naming import supplier_id
from tests.operations.records import record
from tests.warehouse import Warehouse


class TestSaveSupplier:
    def test_is_known_by_code(self, site: Warehouse) -> None:
        site.done("purchasing.save_supplier", {"code": "ACME", "name": "Acme"})
        site.done("purchasing.save_supplier", {"code": "ACME", "name": "Acme Ltd"})

        assert record(Supplier, supplier_id(site.org, "ACME")).name == "Acme Ltd"
