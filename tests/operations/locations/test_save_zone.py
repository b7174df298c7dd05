"""Parts of a site."""

from app.locations.models import Zone
from app.locations.naming import zone_id
from tests.operations.records import copy_of, record
from tests.warehouse import Warehouse


class TestSaveZone:
    def test_is_named_and_renamed(self, site: Warehouse) -> None:
        site.done("locations.save_zone", {"code": "COLD", "name": "Cold store"})
        site.done("locations.save_zone", {"code": "COLD", "name": "Chilled"})

        assert record(Zone, zone_id(site.site, "COLD")).name == "Chilled"
        assert copy_of("site", "zone", zone_id(site.site, "COLD")) is not None
