"""Sheets: lines, their end, and who decides."""

from app.documents.models import CountLine, CountSheet
from app.kernel.ids import derived, uuid7
from app.ledger.models import Entry
from tests.operations.records import all_of, record
from tests.properties.hands import (
    answers,
    approve,
    call_off,
    lay,
    see,
)
from tests.warehouse import TEA, Warehouse


class TestSheets:
    def test_lines_and_their_end(self, site: Warehouse) -> None:
        device = site.handheld()
        sheet = see(site, device, "A-01", goods=[site.goods(TEA, 3), site.goods(TEA, 2)])
        device.push()

        assert set(answers(device).values()) == {("applied", ())}
        assert record(CountSheet, sheet).state == "finished"
        assert sorted(line.quantity for line in all_of(CountLine)) == [2, 3]
        assert all_of(Entry) == []  # nothing is posted before somebody decides
        approve(site, sheet)
        assert site.on_hand(TEA, "A-01") == 5

    def test_nobody_decides_his_own_count_nor_twice(self, site: Warehouse) -> None:
        device = site.handheld(badge="S1")
        own = see(site, device, "A-01")
        device.push()
        asked = {"sheet": own, "note": None}
        mine = site.ask("counting.approve", asked, actor=site.person("S1"))
        assert mine.codes == ("counting.own_count",)

        site.done("counting.reject", asked, actor=site.person("B1"))
        again = site.ask("counting.approve", asked, actor=site.person("B2"))
        assert again.codes == ("counting.not_open",)
        nowhere = {"sheet": site.place("A-01"), "note": None}
        assert site.ask("counting.reject", nowhere).codes == ("counting.unknown_sheet",)

    def test_rejected_the_book_stands(self, site: Warehouse) -> None:
        device = site.handheld()
        lay(site, device, TEA, 9, "A-01")
        sheet = see(site, device, "A-01")
        device.push()
        site.done("counting.reject", {"sheet": sheet, "note": None}, actor=site.person("S1"))

        assert site.on_hand(TEA, "A-01") == 9

    def test_a_sheet_is_one_place(self, site: Warehouse) -> None:
        device = site.handheld()
        first = uuid7()
        sheet = derived(first, 1)
        for n, place in enumerate(("A-01", "A-02")):
            device.record(
                "counting.count_line",
                {"sheet": sheet, "place": site.place(place), "goods": site.goods(TEA, 1 + n),
                 "lpn": None, "scans": []},
                operation=first if n == 0 else None,
            )  # fmt: skip
        device.record(
            "counting.finish_bin",
            {"sheet": sheet, "place": site.place("A-01"), "empty": False, "scans": []},
        )
        device.push()
        approve(site, sheet)

        assert site.on_hand(TEA, "A-01") == 1
        assert site.at(site.place("A-02")) is None
        assert site.on_hand(TEA, "A-02") == 0

    def test_nothing_counted_is_kept(self, site: Warehouse) -> None:
        device = site.handheld()
        device.record(
            "counting.count_line",
            {"sheet": derived(uuid7(), 1), "place": site.place("A-01"), "goods": None,
             "lpn": None, "scans": []},
        )  # fmt: skip
        device.push()

        assert answers(device) == {1: ("exception", ("counting.nothing",))}

    def test_a_void_takes_a_line_back(self, site: Warehouse) -> None:
        device = site.handheld()
        sheet = see(site, device, "A-01", goods=[site.goods(TEA, 3)])
        device.push()
        call_off(device, device.results[1]["id"])
        device.push()
        approve(site, sheet)

        assert site.on_hand(TEA, "A-01") == 0
