"""Codes that mean something only here."""

from app.locations.models import Alias
from app.locations.naming import alias_id
from tests.operations.records import record
from tests.warehouse import Warehouse


class TestSaveAlias:
    def test_names_a_place_and_later_another(self, site: Warehouse) -> None:
        for code in ("A-01", "A-02"):
            asked = {"code": "OLD-1", "target_kind": "place", "target": site.place(code)}
            site.done("locations.save_alias", asked)

        assert record(Alias, alias_id(site.site, "OLD-1")).target == site.place("A-02")

    def test_refuses_an_unknown_place(self, site: Warehouse) -> None:
        asked = {"code": "OLD-2", "target_kind": "place", "target": site.place("NOWHERE")}

        assert site.ask("locations.save_alias", asked).codes == ("locations.unknown_place",)
