"""How sure the office is of what it sees: watermarks, silent handhelds, counts that wait."""

import time
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from app.db import writing
from app.kernel.clock import now
from app.kernel.ids import derived
from app.pipeline.models import Epoch
from tests.api.at_desk import AtDesk, at_desk
from tests.operations.settling import Counting, beat, exclude, look
from tests.properties.hands import approve, lay, see
from tests.warehouse import TEA, Warehouse

MINUTE = 60_000


@pytest.fixture
def desk(site: Warehouse) -> AtDesk:
    site.clock.ms = time.time() * 1000 - 90 * MINUTE
    return at_desk(site, "s1")


def sheet_of(desk: AtDesk, sheet: str, state: str = "finished") -> dict[str, Any]:
    rows: list[dict[str, Any]] = desk.read(f"/counts?state={state}")["items"]
    return next(row for row in rows if row["sheet"] == sheet)


class TestComplete:
    def test_zones_are_complete_as_far_as_whoever_works_there(
        self, site: Warehouse, desk: AtDesk
    ) -> None:
        site.done("locations.save_zone", {"code": "COLD", "name": "Cold"})
        assert [zone["code"] for zone in desk.read("/counts/complete")["zones"]] == ["COLD", None]
        device = site.handheld()
        beat(device)

        body = desk.read("/counts/complete")

        cut = round(site.clock.ms)
        assert [zone["through"] for zone in body["zones"]] == [cut - 270, cut - 270]
        assert body["zones"][0]["zone"] == derived(site.site, "zone:COLD")

    def test_a_silent_handheld_is_named_with_what_it_holds_up(
        self, site: Warehouse, desk: AtDesk
    ) -> None:
        silent, counter = site.handheld("H1", "B1"), site.handheld("H2", "B2")
        beat(silent)
        site.clock.pass_(10)
        see(site, counter, "A-01", goods=[site.goods(TEA, 3)])
        site.clock.pass_(10)
        counter.push()
        look(site)
        self.last_heard(silent.id, minutes=31)

        (row,) = desk.read("/counts/complete")["silent"]
        assert (row["label"], row["counts"]) == ("H1", ["A-01"])

        exclude(site, silent)
        assert desk.read("/counts/complete")["silent"] == []

    def last_heard(self, device: str, minutes: int) -> None:
        """The server's clock cannot be turned: its memory of the last contact is."""
        with writing() as session:
            then = now() - timedelta(minutes=minutes)
            session.execute(update(Epoch).where(Epoch.device == device).values(last_contact=then))


class TestSheets:
    def test_provisional_then_settled_with_their_span(self, site: Warehouse, desk: AtDesk) -> None:
        device = site.handheld()
        counted = Counting(site, device, "A-01").see(TEA, 3)
        began = round(site.clock.ms)
        site.clock.pass_(2)
        counted.finish()
        site.clock.pass_(1)
        device.push()

        row = sheet_of(desk, counted.sheet)
        assert (row["provisional"], row["settled"], row["contested"]) == (True, False, False)
        assert (row["began_at"], row["counted_at"]) == (began, began + 2 * MINUTE)
        assert 270 <= row["error_ms"] < 300

        look(site)
        row = sheet_of(desk, counted.sheet)
        assert (row["provisional"], row["settled"]) == (False, True)
        assert row["settled_through"] == round(site.clock.ms) - 270

    def test_contested_uncertain_and_restated_by_name(self, site: Warehouse, desk: AtDesk) -> None:
        one, other = site.handheld("H1", "B1"), site.handheld("H2", "B2")
        first = Counting(site, one, "A-01").see(TEA, 3)
        site.clock.pass_(1)
        late = lay(site, other, TEA, 1, "A-01")
        site.clock.pass_(1)
        first.finish()
        one.push()
        approve(site, first.sheet)
        assert not sheet_of(desk, first.sheet, "approved")["contested"]
        other.push()
        (line,) = sheet_of(desk, first.sheet, "approved")["lines"]
        assert line["restated"] == [{"operation": late, "quantity": -1}]

        site.clock.pass_(10)
        second = Counting(site, one, "A-01").see(TEA, 3)
        lay(site, other, TEA, 1, "A-01")
        second.finish()
        other.push()
        one.push()
        assert sheet_of(desk, second.sheet)["contested"]
        approve(site, second.sheet)
        site.clock.pass_(10)
        third = see(site, one, "A-01", goods=[site.goods(TEA, 3)])
        one.push()
        row = sheet_of(desk, third)
        assert (row["contested"], row["uncertain"]) == (False, True)


class TestHandhelds:
    def standing(self, desk: AtDesk) -> dict[str, dict[str, Any]]:
        rows = desk.read("/office/tables/devices")["rows"]
        return {row["label"]: row for row in rows}

    def test_clock_queue_and_standing(self, site: Warehouse, desk: AtDesk) -> None:
        waited, parked, lost = (site.handheld(label, "B1") for label in ("H1", "H2", "H3"))
        cut = round(site.clock.ms)
        beat(waited)
        lay(site, waited, TEA, 1, "A-01")
        beat(waited)
        beat(parked, parked=True)
        exclude(site, lost)

        rows = self.standing(desk)

        assert {label: row["standing"] for label, row in rows.items()} == {
            "H1": "holding", "H2": "parked", "H3": "excluded",
        }  # fmt: skip
        assert rows["H1"]["clock_error_ms"] == 270
        assert rows["H1"]["complete_through"] == cut - 270
        assert (rows["H1"]["unsent"], rows["H1"]["unsent_since"]) == (1, cut)
        assert (rows["H2"]["unsent"], rows["H2"]["unsent_since"]) == (0, None)
        assert rows["H3"]["excluded_reason"] == "lost"
