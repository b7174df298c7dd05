"""Goods that a sled read: each serial once, and what means nothing here told to the office."""

import pytest
from sqlalchemy import func, select

from app.db import snapshot
from app.identification import encode_epc
from app.kernel.ids import derived, uuid7
from app.ledger.models import UnitPosition
from app.proving.handheld import Handheld
from tests.properties.hands import approve, lay
from tests.warehouse import DOCK, DRILL, STAGE, Warehouse

GTIN = "09521000000032"
STRANGE = "00012345600012"
BLANK = "E28011606000020000000B17"


def tag(gtin: str, serial: int) -> str:
    """What is written on the tag of one piece."""
    prefix, reference = gtin[1:8], gtin[0] + gtin[8:13]
    return encode_epc(f"urn:epc:id:sgtin:{prefix}.{reference}.{serial}", "sgtin-96", 1)


def scans(*tags: str) -> list[dict[str, str | None]]:
    return [{"data": data, "symbology": None} for data in tags]


def drill(site: Warehouse, serial: int) -> str:
    return derived(site.item(DRILL), str(serial))


def standing(site: Warehouse, place: str) -> int:
    """How many single pieces stand loose in a place."""
    with snapshot() as session:
        here = (UnitPosition.place == site.place(place), UnitPosition.kind == "serial")
        return int(session.scalar(select(func.count()).where(*here)) or 0)


def tagged(site: Warehouse) -> Handheld:
    site.done("items.save_identifier", {"code": GTIN, "item": site.item(DRILL)})
    return site.handheld()


def received(site: Warehouse, device: Handheld, *serials: int, beside: tuple[str, ...] = ()) -> str:
    """One receipt a serial, as the handheld writes them; the first carries what is unknown."""
    line = site.line(site.purchase_order("PO-1", (DRILL, 10)), 1)
    for n, serial in enumerate(serials):
        more = beside if n == 0 else ()
        site.receive(
            device,
            DRILL,
            1,
            serial=drill(site, serial),
            po_line=line,
            scans=scans(tag(GTIN, serial), *more),
        )
    return line


class TestReceiving:
    def test_each_serial_stands_at_the_dock_under_its_own_number(self, site: Warehouse) -> None:
        device = tagged(site)
        received(site, device, 1, 2, 3)
        device.push()

        assert [site.at(drill(site, n)) for n in (1, 2, 3)] == [site.place(DOCK)] * 3
        assert standing(site, DOCK) == 3
        assert site.codes() == set()

    def test_unknown_tags_are_told_at_the_dock_and_are_goods_of_nobody(
        self, site: Warehouse
    ) -> None:
        device = tagged(site)
        received(site, device, 1, beside=(tag(STRANGE, 7), BLANK))
        device.push()

        assert site.exceptions() == {("unknown_tags", site.place(DOCK))}
        assert standing(site, DOCK) == 1

    def test_a_tag_that_the_site_has_mapped_is_not_unknown(self, site: Warehouse) -> None:
        device = tagged(site)
        site.done(
            "identification.map_barcode",
            {
                "code": BLANK,
                "target_kind": "place",
                "target": site.place(DOCK),
                "packaging": None,
                "scans": [],
            },
        )
        received(site, device, 1, beside=(BLANK,))
        device.push()

        assert site.codes() == set()


class TestPicking:
    def test_pieces_with_serials_are_given_out_as_work_from_where_they_stand(
        self, site: Warehouse
    ) -> None:
        device = tagged(site)
        for n, place in ((1, "A-01"), (2, "A-01"), (3, "B-01"), (4, DOCK)):
            lay(site, device, DRILL, 1, place, serial=drill(site, n))
        device.push()
        site.order("SO-1", (DRILL, 3))
        device.record("picking.take_work", {"orders": 1, "scans": []})
        device.push()
        device.pull()

        stops = {(row["source_code"], row["quantity"]) for row in device.all("pick_line")}
        assert stops == {("A-01", 2), ("B-01", 1)}

    @pytest.mark.parametrize("order", [("damaged", "available"), ("available", "damaged")])
    def test_a_damaged_piece_is_not_given_out(
        self, site: Warehouse, order: tuple[str, str]
    ) -> None:
        """Nor one that was judged damaged first and arrived last."""
        device, other = tagged(site), site.handheld()
        lay(site, device, DRILL, 1, "A-01", serial=drill(site, 1))
        first = {"serial": drill(site, 2), "status": order[0], "target": site.place("A-01")}
        site.receive(device, DRILL, 1, **first)
        site.clock.pass_(60)
        site.receive(other, DRILL, 1, **{**first, "status": order[1]})
        other.push()
        device.push()
        site.order("SO-1", (DRILL, 2))
        device.record("picking.take_work", {"orders": 1, "scans": []})
        device.push()
        device.pull()

        given = sum(row["quantity"] for row in device.all("pick_line"))
        assert given == (2 if order[1] == "available" else 1)

    def test_the_serials_that_were_read_are_in_the_tote(self, site: Warehouse) -> None:
        device = tagged(site)
        for n in (1, 2, 3):
            lay(site, device, DRILL, 1, "A-01", serial=drill(site, n))
        order = site.order("SO-1", (DRILL, 2))
        tote = derived(site.lpn("T-07"), order)
        for n in (1, 3):
            device.record(
                "picking.pick",
                {
                    "order_line": site.line(order, 1),
                    "goods": site.goods(DRILL, 1, serial=drill(site, n)),
                    "source": site.place("A-01"),
                    "tote": tote,
                    "scans": scans("A-01", tag(GTIN, n), "TMT:T-07"),
                },
            )
        device.push()

        assert [site.at(drill(site, n)) for n in (1, 2, 3)] == [tote, site.place("A-01"), tote]
        assert standing(site, "A-01") == 1
        assert site.codes() <= {"not_ordered"}  # how the test laid them there

    def test_a_tag_among_those_of_a_shipment_that_nobody_knows_is_told_at_the_stage(
        self, site: Warehouse
    ) -> None:
        device = tagged(site)
        order = site.order("SO-1", (DRILL, 1))
        device.record(
            "shipping.ship",
            {
                "order": order,
                "units": [],
                "goods": [],
                "stage": site.place(STAGE),
                "scans": scans(tag(STRANGE, 1)),
            },
        )
        device.push()

        assert ("unknown_tags", site.place(STAGE)) in site.exceptions()


class TestAtWork:
    """Unknown tags beside what was picked, missing or put away: told, and goods of nobody."""

    def test_beside_a_pick_and_where_goods_were_missing(self, site: Warehouse) -> None:
        device = tagged(site)
        order = site.order("SO-1", (DRILL, 2))
        lay(site, device, DRILL, 1, "A-01", serial=drill(site, 1))
        device.record(
            "picking.pick",
            {
                "order_line": site.line(order, 1),
                "goods": site.goods(DRILL, 1, serial=drill(site, 1)),
                "source": site.place("A-01"),
                "tote": None,
                "scans": scans("A-01", tag(GTIN, 1), tag(STRANGE, 7)),
            },
        )
        device.record(
            "picking.report_short",
            {
                "order_line": site.line(order, 1),
                "source": site.place("A-02"),
                "missing": 1,
                "reason": None,
                "scans": scans("A-02", BLANK),
            },
        )
        device.push()

        told = {subject for code, subject in site.exceptions() if code == "unknown_tags"}
        assert told == {site.place("A-01"), site.place("A-02")}

    @pytest.mark.parametrize("loose", [True, False], ids=["loose", "pallet"])
    def test_beside_a_load(self, site: Warehouse, *, loose: bool) -> None:
        device = tagged(site)
        device.record(
            "putaway.put_away",
            {
                "goods": site.goods(DRILL, 1, serial=drill(site, 1)) if loose else None,
                "lpn": None if loose else site.lpn("340123450000000017"),
                "source": site.place(DOCK),
                "target": site.place("A-01"),
                "reason": None,
                "scans": scans(tag(GTIN, 1), tag(STRANGE, 7)),
            },
        )
        device.push()

        assert ("unknown_tags", site.place(DOCK)) in site.exceptions()

    def test_a_code_that_was_named_here_is_not_strange(self, site: Warehouse) -> None:
        device = tagged(site)
        named = {"code": STRANGE, "target_kind": "item", "target": site.item(DRILL)}
        site.done("identification.map_barcode", named)
        received(site, device, 1, beside=(tag(STRANGE, 7),))
        device.push()

        assert "unknown_tags" not in site.codes()


class TestCounting:
    def test_serials_that_were_read_hold_and_those_that_were_not_are_gone(
        self, site: Warehouse
    ) -> None:
        device = tagged(site)
        for n in (1, 2, 3):
            lay(site, device, DRILL, 1, "A-01", serial=drill(site, n))
        site.clock.pass_(1)
        sheet = self._swept(site, device, 1, 3, 9)
        device.push()
        approve(site, sheet)

        assert ("unknown_tags", site.place("A-01")) in site.exceptions()
        assert [site.at(drill(site, n)) for n in (1, 3, 9)] == [site.place("A-01")] * 3
        assert site.at(drill(site, 2)) != site.place("A-01")
        assert standing(site, "A-01") == 3

    def _swept(self, site: Warehouse, device: Handheld, *serials: int) -> str:
        first = uuid7()
        sheet = derived(first, "1")
        for n, serial in enumerate(serials):
            device.record(
                "counting.count_line",
                {
                    "sheet": sheet,
                    "place": site.place("A-01"),
                    "goods": site.goods(DRILL, 1, serial=drill(site, serial)),
                    "lpn": None,
                    "scans": scans("A-01", tag(GTIN, serial)),
                },
                operation=first if n == 0 else None,
            )
        device.record(
            "counting.finish_bin",
            {
                "sheet": sheet,
                "place": site.place("A-01"),
                "empty": False,
                "scans": scans("A-01", tag(STRANGE, 1), BLANK),
            },
        )
        return sheet
