"""Books are closed through a day: what was done then and is told later is posted to the next.

Kinds: "periods.close_period".
"""

from datetime import UTC, datetime, timedelta

import pytest

from app.db import db
from app.kernel.clock import now
from app.ledger.models import Entry
from app.locations.models import Site
from app.pipeline.models import StoredOperation, Stream
from app.proving.handheld import Handheld
from app.proving.rebuild import verify
from tests.operations.records import all_of, record
from tests.properties.hands import approve, call_off, lay, see
from tests.warehouse import TEA, Warehouse

DAY = timedelta(days=1)


def day(back: int) -> str:
    """So many days ago, in UTC."""
    return (now() - back * DAY).date().isoformat()


def close(site: Warehouse, through: str) -> tuple[str, ...]:
    """Close the books; returns why not."""
    answer = site.ask("periods.close_period", {"through": through}, actor=site.person("S1"))
    return answer.codes


def postings(site: Warehouse, place: str) -> list[tuple[str, int, str | None]]:
    """What was posted to a place, in the order in which it became known: kind, pieces, day."""
    return [
        (row.kind, row.quantity, row.posting_date)
        for row in sorted(all_of(Entry), key=lambda row: (row.commit_seq, row.n))
        if row.holder == site.place(place)
    ]


def of_a_day(site: Warehouse, through: str) -> list[tuple[object, ...]]:
    """Every entry that the books have through a day; days are UTC here."""
    return sorted(
        (row.holder, row.item, row.lot, row.quantity, row.commit_seq, row.n)
        for row in all_of(Entry)
        if row.site == site.site
        and (row.posting_date or row.eff_at.astimezone(UTC).date().isoformat()) <= through
    )


@pytest.fixture
def picker(site: Warehouse) -> Handheld:
    """Worked at noon two days ago, and has told of nothing yet."""
    noon = datetime.fromisoformat(f"{day(2)}T12:00Z")
    site.clock.ms = noon.timestamp() * 1000
    return site.handheld("H1", "B1")


class TestALateFact:
    def test_keeps_its_moment_and_is_posted_to_the_first_open_day(
        self, site: Warehouse, picker: Handheld
    ) -> None:
        lay(site, picker, TEA, 20, "A-01")
        picker.push()
        lay(site, picker, TEA, 5, "A-01")
        assert close(site, day(1)) == ()
        before = of_a_day(site, day(1))
        picker.push()

        assert postings(site, "A-01") == [("fact", 20, None), ("fact", 5, day(0))]
        late = next(row for row in all_of(Entry) if row.quantity == 5)
        assert late.eff_at.date().isoformat() < day(0)
        assert site.on_hand(TEA) == 25
        assert of_a_day(site, day(1)) == before  # what was closed never changes

    def test_what_happens_from_then_on_is_posted_to_its_own_day(
        self, site: Warehouse, picker: Handheld
    ) -> None:
        close(site, day(3))
        lay(site, picker, TEA, 5, "A-01")
        picker.push()

        assert postings(site, "A-01") == [("fact", 5, None)]

    def test_restates_an_approved_count_in_the_open_period(
        self, site: Warehouse, picker: Handheld
    ) -> None:
        """The worked case of the counts, with the books closed between."""
        counter = site.handheld("H2", "B2")
        lay(site, picker, TEA, 20, "A-01")
        picker.push()
        line = site.line(site.order("SO-1", (TEA, 5)), 1)
        site.clock.pass_(10)
        site.pick(picker, line, TEA, 5, "A-01", None)
        site.clock.pass_(5)
        sheet = see(site, counter, "A-01", goods=[site.goods(TEA, 15)])
        counter.push()
        approve(site, sheet)
        close(site, day(1))
        before = of_a_day(site, day(1))
        picker.push()

        assert postings(site, "A-01") == [
            *(("fact", 20, None), ("adjust", -5, None)),
            *(("fact", -5, day(0)), ("restate", 5, day(0))),
        ]
        assert of_a_day(site, day(1)) == before

    def test_is_called_off_in_the_open_period(self, site: Warehouse, picker: Handheld) -> None:
        done = lay(site, picker, TEA, 5, "A-01")
        picker.push()
        close(site, day(1))
        call_off(picker, done)
        picker.push()

        assert postings(site, "A-01") == [("fact", 5, None), ("void", -5, day(0))]

    def test_the_log_alone_brings_it_back(self, site: Warehouse, picker: Handheld) -> None:
        close(site, day(3))
        lay(site, picker, TEA, 20, "A-01")
        picker.push()
        lay(site, picker, TEA, 5, "A-01")
        close(site, day(1))
        picker.push()

        assert verify(site.playbook, db.engine).ok


class TestClosing:
    def test_a_day_that_is_not_over_stays_open(self, site: Warehouse) -> None:
        assert close(site, day(0)) == ("periods.not_over",)
        assert record(Stream, site.site).books is None

    def test_a_day_ends_by_the_clocks_of_the_site(self, site: Warehouse) -> None:
        """Where it is never the same day as in the house on the other side of the world."""
        far = {"code": record(Site, site.site).code, "name": "X", "time_zone": "Etc/GMT+12"}
        site.done("locations.save_site", far)
        west = (now() - timedelta(hours=12)).date()
        assert close(site, west.isoformat()) == ("periods.not_over",)
        assert close(site, (west - DAY).isoformat()) == ()

        books = record(Stream, site.site).books
        assert books is not None
        assert books.first_day == west.isoformat()
        midnight = datetime.combine(west, datetime.min.time(), tzinfo=UTC)
        assert books.opens_at == midnight + timedelta(hours=12)

    @pytest.mark.parametrize("again", [2, 3])
    def test_what_is_closed_stays_closed(self, site: Warehouse, again: int) -> None:
        assert close(site, day(2)) == ()
        assert close(site, day(again)) == ("periods.already_closed",)
        assert close(site, day(1)) == ()

    @pytest.mark.parametrize("text", ["2026-02-30", "30.10.2026", "2026-W01-1", "9999-12-31"])
    def test_is_a_day_of_the_calendar(self, site: Warehouse, text: str) -> None:
        assert close(site, text[:10]) == ("periods.not_a_day",)

    def test_is_written_down_with_who_did_it(self, site: Warehouse) -> None:
        close(site, day(1))

        (closing,) = (row for row in all_of(StoredOperation) if row.subject == "period")
        assert (closing.kind, closing.actor) == ("periods.close_period", site.person("S1"))
