"""Goods counted or moved under a code that nobody knows: kept, and named later."""

import json

from app.db import db, snapshot
from app.documents.models import CountSheet
from app.kernel.ids import derived, uuid7
from app.locations.naming import alias_id
from app.office.counts import variances
from app.proving.handheld import JSON, Handheld, goods
from app.proving.rebuild import verify
from tests.operations.records import record
from tests.properties.hands import answers, call_off, lay
from tests.warehouse import LAMP, TEA, Warehouse

STRANGE, OTHER = "HOUSE-77", "HOUSE-78"


def counted(site: Warehouse, device: Handheld, place: str, *codes: tuple[str, int]) -> str:
    """A sheet of strange codes, and some tea that everybody knows."""
    first = uuid7()
    sheet = derived(first, 1)
    lines = [(alias_id(site.site, code), code, n) for code, n in codes]
    for n, (item, code, quantity) in enumerate([(site.item(TEA), TEA, 2), *lines]):
        device.record(
            "counting.count_line",
            {
                "sheet": sheet,
                "place": site.place(place),
                "goods": goods(item, quantity),
                "lpn": None,
                "scans": [{"data": code, "symbology": "]C0"}],
            },
            operation=first if n == 0 else None,
        )
    done = {"sheet": sheet, "place": site.place(place), "empty": False, "scans": []}
    device.record("counting.finish_bin", done)
    return sheet


def mapping(site: Warehouse, code: str, sku: str) -> JSON:
    return {"code": code, "target_kind": "item", "target": site.item(sku)}


class TestCounting:
    def test_the_counter_goes_on_and_the_supervisor_is_told(self, site: Warehouse) -> None:
        device = site.handheld("H1", "C1", roles=("counter",))
        counted(site, device, "A-01", (STRANGE, 3))
        device.push()

        assert [outcome for outcome, _ in answers(device).values()] == [
            "applied",
            "exception",
            "applied",
        ]
        assert ("unresolved_barcode", alias_id(site.site, STRANGE)) in site.exceptions()

    def test_nobody_approves_half_a_count(self, site: Warehouse) -> None:
        device = site.handheld("H1", "C1", roles=("counter",))
        sheet = counted(site, device, "A-01", (STRANGE, 3), (OTHER, 1))
        device.push()
        half = site.ask("counting.approve", {"sheet": sheet}, actor=site.person("S1"))
        assert half.codes == ("counting.incomplete",)
        assert half.detail == {"scanned": [STRANGE, OTHER]}

        site.done("identification.map_barcode", mapping(site, STRANGE, LAMP))
        half = site.ask("counting.approve", {"sheet": sheet}, actor=site.person("S1"))
        assert half.detail == {"scanned": [OTHER]}
        site.done("identification.map_barcode", mapping(site, OTHER, LAMP))
        site.done("counting.approve", {"sheet": sheet}, actor=site.person("S1"))

        assert (site.on_hand(TEA, "A-01"), site.on_hand(LAMP, "A-01")) == (2, 4)
        assert verify(site.playbook, db.engine).differences == ()

    def test_named_before_it_arrives_it_is_an_ordinary_line(self, site: Warehouse) -> None:
        device = site.handheld("H1", "C1", roles=("counter",))
        sheet = counted(site, device, "A-01", (STRANGE, 3))
        site.done("identification.map_barcode", mapping(site, STRANGE, LAMP))
        device.push()

        with snapshot() as session:
            lines = variances(session, record(CountSheet, sheet))
        assert {line["sku"]: line["counted"] for line in lines} == {TEA: 2, LAMP: 3}

    def test_accepted_as_it_is_it_is_waited_for_no_more(self, site: Warehouse) -> None:
        device = site.handheld("H1", "C1", roles=("counter",))
        sheet = counted(site, device, "A-01", (STRANGE, 3))
        device.push()
        unknown = derived(site.site, f"unresolved_barcode|{alias_id(site.site, STRANGE)}")
        site.done("exceptions.resolve", {"exception": unknown, "resolution": "accept"})

        site.done("counting.approve", {"sheet": sheet}, actor=site.person("S1"))
        assert site.on_hand(TEA, "A-01") == 2

    def test_taken_back_by_the_counter_it_is_no_part_of_it(self, site: Warehouse) -> None:
        device = site.handheld("H1", "C1", roles=("counter",))
        sheet = counted(site, device, "A-01", (STRANGE, 3))
        (line,) = (text for text in device.queue if STRANGE in text)
        call_off(device, json.loads(line)["id"])
        device.push()

        site.done("counting.approve", {"sheet": sheet}, actor=site.person("S1"))
        assert site.on_hand(TEA, "A-01") == 2


class TestMoving:
    def test_what_nobody_knew_was_moved_all_the_same(self, site: Warehouse) -> None:
        device = site.handheld()
        lay(site, device, LAMP, 5, "A-01")
        site.carry(device, LAMP, 3, "A-01", "A-02", kind="moving.move")
        device.record(
            "moving.move",
            {
                "goods": goods(alias_id(site.site, STRANGE), 2),
                "lpn": None,
                "source": site.place("A-01"),
                "target": site.place("A-02"),
                "reason": None,
                "scans": [{"data": STRANGE, "symbology": "]C0"}],
            },
        )
        device.push()
        assert site.on_hand(LAMP, "A-02") == 3

        site.done("identification.map_barcode", mapping(site, STRANGE, LAMP))
        assert (site.on_hand(LAMP, "A-01"), site.on_hand(LAMP, "A-02")) == (0, 5)
