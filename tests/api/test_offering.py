"""Looking up a bin's quantity is remembered until it is counted again."""

import time
from typing import Any

import pytest

from app.counting.offering import known_of, may_count
from app.db import snapshot
from app.proving.handheld import Handheld
from tests.api.callers import Caller, at_desk, employ
from tests.warehouse import PIN, TEA, Warehouse


def offered(site: Warehouse, badge: str, place: str = "A-01") -> bool:
    with snapshot() as session:
        return may_count(site.person(badge), known_of(session, site.site, site.place(place)))


@pytest.fixture
def pat(site: Warehouse) -> Caller:
    """Somebody who may look quantities up."""
    employ(site, "PAT", "supervisor")
    site.stock(TEA, 20, "A-01")
    site.stock(TEA, 5, "A-02")
    return at_desk(site, "PAT", "supervisor")


class TestTheBook:
    @pytest.mark.parametrize(
        "path",
        ["/stock?place={}", "/stock/ledger?holder={}&item={}", "/office/tables/stock?place={}"],
    )
    def test_whoever_saw_it_is_not_offered_the_bin(
        self, site: Warehouse, pat: Caller, path: str
    ) -> None:
        assert offered(site, "PAT")
        asked = path.format(site.place("A-01"), site.item(TEA))
        assert pat.call("GET", f"/api/v1{asked}").status_code == 200

        assert not offered(site, "PAT")
        assert offered(site, "PAT", "A-02")
        assert offered(site, "C1")

    def test_an_empty_bin_was_seen_too(self, site: Warehouse, pat: Caller) -> None:
        pat.call("GET", f"/api/v1/stock?place={site.place('B-03')}")
        assert not offered(site, "PAT", "B-03")

    def test_a_file_shows_every_bin(self, site: Warehouse, pat: Caller) -> None:
        pat.call("GET", "/api/v1/office/tables/stock.csv")
        assert not offered(site, "PAT")
        assert not offered(site, "PAT", "B-03")

    def test_a_later_count_wipes_it_out(self, site: Warehouse, pat: Caller) -> None:
        pat.call("GET", f"/api/v1/stock?place={site.place('A-01')}")
        site.clock.pass_(9 * 60)  # the warehouse's clock begins eight hours ago
        counter = site.handheld("H1", "C1")
        sheet = site.count(counter, "A-01", (TEA, 20))
        counter.push()
        assert not offered(site, "C1")  # a recount is another person's
        site.done("counting.approve", {"sheet": sheet}, actor=site.person("S1"))

        assert offered(site, "C1")
        assert offered(site, "PAT")


def asked(device: Handheld) -> list[dict[str, Any]]:
    device.pull()
    return [row for (entity, _), row in device.rows.items() if entity == "count_task" and row]


class TestWhatIsAskedFor:
    """A count that somebody shall make goes to handhelds with the names of who may not."""

    def test_is_not_for_whoever_saw_the_book_before(self, site: Warehouse, pat: Caller) -> None:
        pat.call("GET", f"/api/v1/stock?place={site.place('A-01')}")
        device = site.handheld("H1", "C1")

        site.done("counting.ask_for", {"place": site.place("A-01")})
        site.done("counting.ask_for", {"place": site.place("A-02")})

        left_out = {row["place"]: row["not_for"] for row in asked(device)}
        assert left_out == {site.place("A-01"): [site.person("PAT")], site.place("A-02"): []}

    @pytest.mark.parametrize(
        "path", ["/stock?place={}", "/stock", "/office/tables/stock?place={}", "/counts"]
    )
    def test_nor_for_whoever_sees_it_meanwhile(
        self, site: Warehouse, pat: Caller, path: str
    ) -> None:
        """The handheld hears it with its next pull."""
        device = site.handheld("H1", "C1")
        site.count(device, "A-01", (TEA, 20))
        device.push()
        site.done("counting.ask_for", {"place": site.place("A-01")})
        assert [row["not_for"] for row in asked(device)] == [[site.person("C1")]]

        assert pat.call("GET", f"/api/v1{path}".format(site.place("A-01"))).status_code == 200

        told = sorted([site.person("C1"), site.person("PAT")])
        assert [row["not_for"] for row in asked(device)] == [told]

    def test_an_exception_tells_of_the_book_too(self, site: Warehouse, pat: Caller) -> None:
        device = site.handheld("H1", "B1")
        site.carry(device, TEA, 30, "A-01", "B-03")
        device.push()
        pat.call("GET", "/api/v1/exceptions?state=settling")

        site.done("counting.ask_for", {"place": site.place("A-01")})

        assert [row["not_for"] for row in asked(device)] == [[site.person("PAT")]]

    def test_a_list_without_the_place_tells_of_it_too(self, site: Warehouse, pat: Caller) -> None:
        """Whether the bin is in the list depends on what lies there: that must not be heard."""
        device = site.handheld("H1", "C1")
        site.done("counting.ask_for", {"place": site.place("B-03")})

        pat.call("GET", f"/api/v1/stock?item={site.item(TEA)}")

        assert [row["not_for"] for row in asked(device)] == [[site.person("PAT")]]

    def test_the_office_hears_whom_it_may_be_offered_to(self, site: Warehouse, pat: Caller) -> None:
        pat.call("GET", "/api/v1/stock")
        site.done("counting.ask_for", {"place": site.place("A-01")}, actor=site.person("S1"))

        (row,) = pat.call("GET", "/api/v1/counts/asked").get_json()["items"]

        assert (row["place_code"], row["asked_by"]) == ("A-01", "Person S1")
        assert row["not_for"] == ["Person PAT"]
        assert row["may"] == 4  # B1, B2, C1 and S1

    def test_a_count_by_whoever_knew_is_marked(self, site: Warehouse, pat: Caller) -> None:
        site.clock.ms = time.time() * 1000
        device = site.handheld("H1", "PAT")
        pat.call("GET", f"/api/v1/stock?place={site.place('A-01')}")
        site.clock.pass_(1)
        site.count(device, "A-01", (TEA, 20))
        device.sign_in("C1", PIN)
        site.count(device, "A-02", (TEA, 20))
        device.push()

        sheets = pat.call("GET", "/api/v1/counts").get_json()["items"]

        assert {row["place_code"]: row["seen"] for row in sheets} == {"A-01": True, "A-02": False}
