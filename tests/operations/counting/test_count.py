"""Blind counts: what was seen holds at the moment of counting, whatever syncs when."""

from typing import Any

import pytest

from app.db import db
from app.proving.rebuild import verify
from app.rows import prepared
from tests.operations.counting_book import booked_until_the_count, kinds
from tests.properties.hands import (
    approve,
    balances,
    carry_unit,
    lay,
    see,
)
from tests.warehouse import DRILL, LAMP, TEA, Warehouse

DRILL_7 = "0c6f2a57-2a44-5a41-9d2f-6a3f3d5b2f07"


class TestTheWorkedCase:
    def test_a_pick_that_syncs_before_the_decision_leaves_no_variance(
        self, site: Warehouse
    ) -> None:
        sheet = self._pick_five_then_count_fifteen(site)
        self.picker.push()
        approve(site, sheet)

        assert site.on_hand(TEA, "A-01") == 15
        assert kinds(site, "A-01") == []

    def test_a_pick_that_syncs_after_the_decision_is_restated(self, site: Warehouse) -> None:
        sheet = self._pick_five_then_count_fifteen(site)
        approve(site, sheet)
        assert kinds(site, "A-01") == [("adjust", -5)]
        self.picker.push()

        assert site.on_hand(TEA, "A-01") == 15
        assert kinds(site, "A-01") == [("adjust", -5), ("restate", 5)]
        assert booked_until_the_count(site, sheet, site.place("A-01"), TEA) == 15
        assert site.on_hand(TEA, "@variance") == 0

    def test_its_mirror_a_late_put_away_was_no_gain(self, site: Warehouse) -> None:
        driver, counter = site.handheld("H1", "B1"), site.handheld("H2", "B2")
        lay(site, driver, TEA, 20, "A-01")
        driver.push()
        site.clock.pass_(1)
        lay(site, driver, TEA, 7, "A-01")
        site.clock.pass_(1)
        sheet = see(site, counter, "A-01", goods=[site.goods(TEA, 27)])
        counter.push()
        approve(site, sheet)
        assert site.on_hand(TEA, "@variance") == -7
        driver.push()

        assert site.on_hand(TEA, "A-01") == 27
        assert site.on_hand(TEA, "@variance") == 0

    def _pick_five_then_count_fifteen(self, site: Warehouse) -> str:
        self.picker, counter = site.handheld("H1", "B1"), site.handheld("H2", "B2")
        line = site.line(site.order("SO-1", (TEA, 5)), 1)
        lay(site, self.picker, TEA, 20, "A-01")
        self.picker.push()
        site.clock.pass_(5)
        site.pick(self.picker, line, TEA, 5, "A-01", None)
        site.clock.pass_(5)
        sheet = see(site, counter, "A-01", goods=[site.goods(TEA, 15)])
        counter.push()
        return sheet


class TestAnchors:
    def test_what_happens_after_the_count_is_not_corrected(self, site: Warehouse) -> None:
        device = site.handheld()
        lay(site, device, TEA, 20, "A-01")
        sheet = see(site, device, "A-01", goods=[site.goods(TEA, 18)])
        site.clock.pass_(1)
        lay(site, device, TEA, 5, "A-01")
        device.push()
        approve(site, sheet)

        assert site.on_hand(TEA, "A-01") == 23

    def test_what_was_not_listed_was_not_there_even_what_syncs_later(self, site: Warehouse) -> None:
        early, counter = site.handheld("H1", "B1"), site.handheld("H2", "B2")
        lay(site, early, TEA, 4, "A-01")
        lay(site, early, LAMP, 2, "A-01")
        site.clock.pass_(1)
        sheet = see(site, counter, "A-01")
        counter.push()
        approve(site, sheet)
        early.push()

        assert site.on_hand(TEA, "A-01") == 0
        assert site.on_hand(LAMP, "A-01") == 0

    def test_a_negative_book_is_made_whole(self, site: Warehouse) -> None:
        device = site.handheld()
        line = site.line(site.order("SO-1", (TEA, 5)), 1)
        site.pick(device, line, TEA, 5, "A-01", None)
        site.clock.pass_(1)
        sheet = see(site, device, "A-01", goods=[site.goods(TEA, 2)])
        device.push()
        assert "negative_stock" in site.codes()
        approve(site, sheet)

        assert site.on_hand(TEA, "A-01") == 2
        assert "negative_stock" not in site.codes()

    def test_several_counts_each_hold_at_their_moment(self, site: Warehouse) -> None:
        late, counter = site.handheld("H1", "B1"), site.handheld("H2", "B2")
        lay(site, late, TEA, 3, "A-01")
        site.clock.pass_(1)
        first = see(site, counter, "A-01", goods=[site.goods(TEA, 10)])
        site.clock.pass_(1)
        second = see(site, counter, "A-01", goods=[site.goods(TEA, 12)])
        counter.push()
        approve(site, first)
        approve(site, second)
        late.push()

        here = site.place("A-01")
        assert booked_until_the_count(site, first, here, TEA) == 10
        assert booked_until_the_count(site, second, here, TEA) == 12
        assert site.on_hand(TEA, "A-01") == 12

    def test_the_earlier_count_may_be_approved_after_the_later(self, site: Warehouse) -> None:
        counter = site.handheld()
        first = see(site, counter, "A-01", goods=[site.goods(TEA, 10)])
        site.clock.pass_(1)
        second = see(site, counter, "A-01", goods=[site.goods(TEA, 12)])
        counter.push()
        approve(site, second)
        approve(site, first)

        here = site.place("A-01")
        assert booked_until_the_count(site, first, here, TEA) == 10
        assert booked_until_the_count(site, second, here, TEA) == 12

    def test_a_chunk_of_late_facts_reaches_every_anchor(self, site: Warehouse) -> None:
        """The earliest moment of a holder counts, whichever of its goods it belongs to."""
        late, counter = site.handheld("H1", "B1"), site.handheld("H2", "B2")
        skus = sorted((TEA, LAMP), key=site.item)
        lay(site, late, skus[1], 5, "A-01")
        site.clock.pass_(1)
        sheet = see(site, counter, "A-01")
        site.clock.pass_(1)
        lay(site, late, skus[0], 5, "A-01")
        counter.push()
        approve(site, sheet)
        late.push()

        assert site.on_hand(skus[1], "A-01") == 0
        assert site.on_hand(skus[0], "A-01") == 5

    def test_a_shortage_is_taken_from_what_can_be_sold_and_split_anew(
        self, site: Warehouse
    ) -> None:
        late, counter = site.handheld("H1", "B1"), site.handheld("H2", "B2")
        lay(site, counter, TEA, 4, "A-01")
        lay(site, counter, TEA, 3, "A-01", status="damaged")
        counter.push()
        site.clock.pass_(1)
        lay(site, late, TEA, 2, "A-01", status="damaged")
        site.clock.pass_(1)
        sheet = see(site, counter, "A-01", goods=[site.goods(TEA, 5)])
        counter.push()
        approve(site, sheet)
        assert site.on_hand(TEA, "A-01", "available") == 2
        assert site.on_hand(TEA, "A-01", "damaged") == 3
        late.push()

        assert site.on_hand(TEA, "A-01", "available") == 0
        assert site.on_hand(TEA, "A-01", "damaged") == 5
        assert booked_until_the_count(site, sheet, site.place("A-01"), TEA) == 5


class TestManyCountsOfOneBin:
    """The latest is approved first, so that every other has the approved ones after it."""

    def counted(self, site: Warehouse, times: int) -> list[tuple[str, int]]:
        self.picker, counter = site.handheld("H1", "B1"), site.handheld("H2", "B2")
        lay(site, self.picker, TEA, 20, "A-01")
        lay(site, self.picker, LAMP, 9, "A-01", status="damaged")
        self.picker.push()
        site.carry(self.picker, TEA, 4, "A-01", "A-02")  # told when all is decided
        found = []
        for n in range(times):
            site.clock.pass_(1)
            seen = [site.goods(TEA, 20 - n % 3), site.goods(LAMP, 9 + n % 2)]
            found.append((see(site, counter, "A-01", goods=seen), 20 - n % 3))
        counter.push()
        return found

    def test_each_holds_at_its_moment_whatever_comes_late(self, site: Warehouse) -> None:
        sheets = self.counted(site, 7)
        for sheet, _ in reversed(sheets):
            approve(site, sheet)
        self.picker.push()

        for sheet, quantity in sheets:
            assert booked_until_the_count(site, sheet, site.place("A-01"), TEA) == quantity
        assert site.on_hand(TEA, "A-01") == sheets[-1][1]
        assert verify(site.playbook, db.engine).differences == ()

    def test_the_last_asks_no_more_of_the_database_than_the_third(
        self, site: Warehouse, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        sheets = self.counted(site, 15)
        asked: list[str] = []
        driven = prepared._driven  # noqa: SLF001 - where every prepared statement passes

        def heard(driver: Any, dialect: Any, statement: str, *more: Any) -> Any:
            asked.append(statement)
            return driven(driver, dialect, statement, *more)

        monkeypatch.setattr(prepared, "_driven", heard)
        counts = []
        for sheet, _ in reversed(sheets):
            asked.clear()
            approve(site, sheet)
            counts.append(len(asked))

        assert max(counts[3:]) <= max(counts[:3])


class TestUnits:
    def test_seen_unopened_only_its_place_is_anchored(self, site: Warehouse) -> None:
        device = site.handheld()
        pallet = site.lpn("P-1")
        lay(site, device, TEA, 9, "B-01", lpn=pallet)
        site.clock.pass_(1)
        sheet = see(site, device, "A-01", pallet)
        device.push()
        approve(site, sheet)

        assert site.at(pallet) == site.place("A-01")
        assert site.on_hand(TEA, "A-01") == 9

    def test_not_seen_it_is_missing_until_somebody_sees_it(self, site: Warehouse) -> None:
        device = site.handheld()
        pallet = site.lpn("P-1")
        lay(site, device, TEA, 9, "A-01", lpn=pallet)
        lay(site, device, DRILL, 1, "A-01", serial=DRILL_7)
        site.clock.pass_(1)
        sheet = see(site, device, "A-01")
        device.push()
        approve(site, sheet)
        assert site.at(pallet) == site.at(DRILL_7) == site.place("@variance")
        assert site.on_hand(TEA) == 0

        site.clock.pass_(1)
        carry_unit(site, device, pallet, None, "B-01")
        device.push()
        assert site.on_hand(TEA, "B-01") == 9

    def test_opened_it_is_a_holder_of_its_own(self, site: Warehouse) -> None:
        device = site.handheld()
        pallet = site.lpn("P-1")
        lay(site, device, TEA, 9, "A-01", lpn=pallet)
        lay(site, device, LAMP, 2, "A-01", lpn=pallet)
        site.clock.pass_(1)
        sheet = see(site, device, "A-01", goods=[site.goods(TEA, 8, lpn=pallet)])
        device.push()
        approve(site, sheet)

        assert {(k.holder, k.item): n for k, n in balances().items() if k.holder == pallet} == {
            (pallet, site.item(TEA)): 8
        }
        assert site.at(pallet) == site.place("A-01")

    def test_taken_away_later_from_where_it_was_not_seen_leaves_a_gap_in_any_order(
        self, site: Warehouse
    ) -> None:
        driver, counter = site.handheld("H1", "B1"), site.handheld("H2", "B2")
        before, after = site.lpn("P-1"), site.lpn("P-2")
        for pallet in (before, after):
            lay(site, driver, TEA, 1, "A-01", lpn=pallet)
        driver.push()
        site.clock.pass_(1)
        sheet = see(site, counter, "A-01")
        counter.push()
        site.clock.pass_(1)
        carry_unit(site, driver, before, "A-01", "B-01")
        driver.push()
        approve(site, sheet)
        carry_unit(site, driver, after, "A-01", "B-01")
        driver.push()

        assert {("chain_gap", before), ("chain_gap", after)} <= site.exceptions()
