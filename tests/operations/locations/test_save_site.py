"""A site and the places that exist only in the books."""

from app.kernel.ids import derived
from app.locations.models import VIRTUAL, Location, Site
from tests.operations.records import record
from tests.warehouse import Warehouse


class TestSaveSite:
    def test_comes_with_its_virtual_places(self, site: Warehouse) -> None:
        for code in VIRTUAL:
            place = record(Location, derived(site.site, code))
            assert (place.code, place.kind) == (code, "virtual")

    def test_settings_are_merged(self, site: Warehouse) -> None:
        site.done("locations.save_site", {"code": "S1", "name": "One", "settings": {"a": 1}})
        site.done("locations.save_site", {"code": "S1", "name": "Two", "settings": {"b": 2}})

        known = record(Site, site.site)
        assert (known.name, known.settings) == ("Two", {"a": 1, "b": 2})

    def test_another_code_is_another_site(self, site: Warehouse) -> None:
        decided = site.ask("locations.save_site", {"code": "S2", "name": "Other"})

        assert decided.codes == ("locations.other_site",)

    def test_refuses_a_time_zone_that_does_not_exist(self, site: Warehouse) -> None:
        asked = {"code": "S1", "name": "One", "time_zone": "Mars/Olympus"}

        assert site.ask("locations.save_site", asked).codes == ("locations.unknown_time_zone",)
