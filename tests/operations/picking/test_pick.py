"""Goods leave their place for a tote; a picked fact is never refused."""

import json

import pytest

from app.documents.models import SalesOrder, SalesOrderLine
from tests.operations.records import record
from tests.properties.hands import answers, balances, call_off, lay
from tests.warehouse import GTINS, LAMP, TEA, Warehouse

TOTE = "9a3ce66e-35f7-5f47-9f6e-2a4a8f1f2c11"
OTHER = "9a3ce66e-35f7-5f47-9f6e-2a4a8f1f2c12"


class TestPick:
    def test_goods_are_in_the_tote(self, site: Warehouse) -> None:
        device = site.handheld()
        order = site.order("SO-1", (TEA, 3))
        lay(site, device, TEA, 5, "A-01")
        site.pick(device, site.line(order, 1), TEA, 3, "A-01", TOTE)
        device.push()

        assert site.on_hand(TEA, "A-01") == 2
        assert {k.holder: n for k, n in balances().items() if n == 3} == {TOTE: 3}
        assert record(SalesOrder, order).status == "picked"
        assert answers(device)[2] == ("applied", ())

    def test_too_much_is_shown(self, site: Warehouse) -> None:
        device = site.handheld()
        line = site.line(site.order("SO-1", (TEA, 3)), 1)
        lay(site, device, TEA, 5, "A-01")
        site.pick(device, line, TEA, 4, "A-01", TOTE)
        device.push()

        assert answers(device)[2] == ("flagged", ("over_pick",))
        assert ("over_pick", line) in site.exceptions()

    def test_for_a_cancelled_order_it_is_shown(self, site: Warehouse) -> None:
        device = site.handheld()
        order = site.order("SO-1", (TEA, 3))
        lay(site, device, TEA, 5, "A-01")
        site.pick(device, site.line(order, 1), TEA, 3, "A-01", TOTE)
        site.done("ordering.cancel_order", {"number": "SO-1"})
        device.push()

        assert answers(device)[2] == ("flagged", ("pick_for_cancelled",))
        assert site.on_hand(TEA, "A-01") == 2

    def test_an_empty_shelf_is_nobodys_answer(self, site: Warehouse) -> None:
        device = site.handheld()
        line = site.line(site.order("SO-1", (TEA, 3)), 1)
        site.pick(device, line, TEA, 3, "A-01", TOTE)
        device.push()

        assert answers(device) == {1: ("applied", ())}
        assert site.on_hand(TEA, "A-01") == -3
        subject = f"{site.place('A-01')}|{site.item(TEA)}|"
        assert site.exceptions() == {("negative_stock", subject)}

    def test_undone_the_line_is_open_again(self, site: Warehouse) -> None:
        device = site.handheld()
        line = site.line(site.order("SO-1", (TEA, 3)), 1)
        lay(site, device, TEA, 5, "A-01")
        call_off(device, site.pick(device, line, TEA, 3, "A-01", TOTE))
        device.push()

        assert site.on_hand(TEA, "A-01") == 5
        assert record(SalesOrderLine, line).picked == 0
        assert TOTE not in {key.holder for key in balances()}

    def test_a_line_nobody_knows_is_kept(self, site: Warehouse) -> None:
        device = site.handheld()
        nobody_knows = site.line("d7b4a0d2-8f60-5c0b-8f10-111111111111", 1)
        site.pick(device, nobody_knows, LAMP, 1, "A-01", None)
        device.push()

        assert answers(device) == {1: ("exception", ("unresolved_barcode",))}
        assert site.entries() == 0


class TestTotes:
    """What was picked into each tote is what a closed one is checked against."""

    def test_each_has_its_own_list(self, site: Warehouse) -> None:
        device = site.handheld()
        order = site.order("SO-1", (TEA, 5), (LAMP, 1))
        for sku, quantity, tote in (
            (TEA, 2, TOTE),
            (TEA, 1, TOTE),
            (TEA, 2, OTHER),
            (LAMP, 1, TOTE),
        ):
            n = 1 if sku == TEA else 2
            site.pick(device, site.line(order, n), sku, quantity, "A-01", tote)
        device.push()

        tea, lamp = site.item(TEA), site.item(LAMP)
        assert listed(order) == {TOTE: {(tea, 3), (lamp, 1)}, OTHER: {(tea, 2)}}

    def test_a_pick_that_did_not_happen_is_taken_off(self, site: Warehouse) -> None:
        device = site.handheld()
        order = site.order("SO-1", (TEA, 5))
        site.pick(device, site.line(order, 1), TEA, 2, "A-01", TOTE)
        call_off(device, site.pick(device, site.line(order, 1), TEA, 1, "A-01", TOTE))
        device.push()

        assert listed(order) == {TOTE: {(site.item(TEA), 2)}}

    def test_the_packer_is_told_and_nobody_else(self, site: Warehouse) -> None:
        device = site.handheld()
        order = site.order("SO-1", (TEA, 5))
        site.pick(device, site.line(order, 1), TEA, 2, "A-01", TOTE)
        device.push()
        packer = site.handheld("H2", "B2", roles=("packer",))
        packer.pull()
        counter = site.handheld("H3", "C1", roles=("counter",))
        counter.pull()

        goods = {"item": site.item(TEA), "lot": None, "serial": None, "quantity": 2}
        (row,) = packer.all("order")
        assert row["totes"] == [{"lpn": TOTE, "code": None, "goods": [goods]}]
        assert not counter.all("order")
        assert TOTE not in str(counter.rows)


class TestBesides:
    @pytest.mark.parametrize("data", ["4006381333932", "9" * 512, "A\x07\u202eB", "<b>"])
    def test_a_label_that_cannot_be_read_is_told_raw_and_proves_nothing(
        self, site: Warehouse, data: str
    ) -> None:
        device = site.handheld()
        line = site.line(site.order("SO-1", (TEA, 3)), 1)
        device.record(
            "picking.pick",
            {
                "order_line": line,
                "goods": site.goods(TEA, 1),
                "source": site.place("A-01"),
                "tote": None,
                "scans": [
                    {"data": GTINS[TEA], "symbology": "]E0"},
                    {"data": data, "symbology": "refused"},
                    {"data": GTINS[LAMP], "symbology": "refused"},
                ],
            },
        )
        device.push()

        assert answers(device) == {1: ("flagged", ("unreadable_codes",))}
        assert ("unreadable_codes", site.place("A-01")) in site.exceptions()
        assert "identity_changed" not in site.codes()
        assert data in json.loads(device.queue[0])["payload"]["scans"][1]["data"]


def listed(order: str) -> dict[str, set[tuple[str, int]]]:
    return {
        tote["lpn"]: {(each["item"], each["quantity"]) for each in tote["goods"]}
        for tote in record(SalesOrder, order).totes
    }
