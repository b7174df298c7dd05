"""Looking up a bin's quantity is remembered until it is counted again."""

import pytest

from app.counting.offering import known_of, may_count
from app.db import snapshot
from tests.api.callers import Caller, at_desk, employ
from tests.warehouse import TEA, Warehouse


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
