"""Handhelds that nobody waits for any more."""

from app.kernel.ids import uuid7
from app.people.models import Exclusion
from tests.operations.records import record
from tests.warehouse import Warehouse


class TestExclude:
    """Kinds: "devices.exclude", "devices.include"."""

    def test_says_who_decided_and_why(self, site: Warehouse) -> None:
        device = site.handheld()
        asked = {"device": device.id, "reason": "fell into the canal"}
        site.done("devices.exclude", asked, actor=site.person("S1"))

        row = record(Exclusion, device.id)
        assert (row.active, row.reason) == (True, "fell into the canal")
        assert row.decided_by == site.person("S1")
        assert site.ask("devices.exclude", asked).codes == ("devices.already_excluded",)

    def test_is_taken_back(self, site: Warehouse) -> None:
        device = site.handheld()
        asked = {"device": device.id}
        assert site.ask("devices.include", asked).codes == ("devices.not_excluded",)
        site.done("devices.exclude", {**asked, "reason": "lost"})
        site.done("devices.include", asked)
        assert not record(Exclusion, device.id).active
        site.done("devices.exclude", {**asked, "reason": "lost again"})

        assert record(Exclusion, device.id).reason == "lost again"

    def test_which_handhelds_exist_is_no_part_of_the_log(self, site: Warehouse) -> None:
        site.done("devices.exclude", {"device": uuid7(), "reason": "not enrolled any more"})
