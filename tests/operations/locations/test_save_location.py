"""Places and what they allow."""

import pytest

from app.locations.models import Location
from app.locations.naming import zone_id
from app.pipeline.office import BadPayload
from tests.operations.records import copy_of, record
from tests.warehouse import Warehouse


class TestSaveLocation:
    def test_stands_in_its_zone(self, site: Warehouse) -> None:
        site.done("locations.save_zone", {"code": "Z", "name": "Zone"})
        zone = zone_id(site.site, "Z")

        site.done("locations.save_location", {"code": "C-01", "kind": "bin", "zone": zone, "x": 50})

        place = record(Location, site.place("C-01"))
        assert (place.zone, place.x, place.blocked) == (zone, 50, False)

    def test_leaves_alone_what_is_not_said(self, site: Warehouse) -> None:
        site.done("locations.save_location", {"code": "A-01", "kind": "bin", "max_units": 9})
        site.done("locations.save_location", {"code": "A-01", "kind": "reserve", "blocked": True})

        place = record(Location, site.place("A-01"))
        assert (place.kind, place.max_units, place.blocked) == ("reserve", 9, True)

    def test_reaches_handhelds(self, site: Warehouse) -> None:
        site.done("locations.save_location", {"code": "A-01", "kind": "bin", "only_empty": True})

        copy = copy_of("site", "location", site.place("A-01"))
        assert copy is not None
        assert copy["rules"] == {"only_empty": True, "no_mix_item": False, "no_mix_lot": False}

    def test_refuses_an_unknown_zone(self, site: Warehouse) -> None:
        asked = {"code": "C-02", "kind": "bin", "zone": zone_id(site.site, "NOWHERE")}

        assert site.ask("locations.save_location", asked).codes == ("locations.unknown_zone",)

    def test_refuses_to_touch_virtual_places(self, site: Warehouse) -> None:
        asked = {"code": "@supplier", "kind": "bin"}

        assert site.ask("locations.save_location", asked).codes == ("locations.reserved_code",)

    def test_nobody_makes_virtual_places(self, site: Warehouse) -> None:
        with pytest.raises(BadPayload):
            site.ask("locations.save_location", {"code": "C-03", "kind": "virtual"})
