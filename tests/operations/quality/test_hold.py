"""Held goods: nobody is sent for them, every handheld knows them, what goes out is shown."""

from itertools import permutations
from time import time

import pytest

from app.db import db
from app.documents.naming import asn_id
from app.kernel.ids import derived, uuid7
from app.pipeline.office import RoleMissing
from app.proving.handheld import JSON, Handheld
from app.proving.rebuild import verify
from app.stock.models import Hold
from tests.operations.records import all_of
from tests.properties.hands import answers, call_off
from tests.warehouse import DOCK, DRILL, MILK, QUARANTINE, STAGE, TEA, Warehouse

EXPIRY = "2027-12-31"


def lot(site: Warehouse, code: str) -> str:
    return derived(site.item(MILK), code)


def milk(
    site: Warehouse, device: Handheld, code: str, quantity: int, place: str, **over: str
) -> None:
    """Milk of a lot comes in and is put on a shelf."""
    scans = [{"data": f"(10){code}", "symbology": "keyed"}]
    named = {"lot": lot(site, code), "expiry": EXPIRY}
    site.receive(device, MILK, quantity, **named, scans=scans, **over)
    goods = site.goods(MILK, quantity, **named)
    device.record(
        "moving.move",
        {
            "goods": goods, "lpn": None, "source": site.place(DOCK), "target": site.place(place),
            "reason": None, "scans": scans,
        },
    )  # fmt: skip


def take(site: Warehouse, device: Handheld, line: str, goods: JSON, tote: str | None) -> str:
    return device.record(
        "picking.pick",
        {
            "order_line": line,
            "goods": goods,
            "source": site.place("A-01"),
            "tote": tote,
            "scans": [],
        },
    )


def hold(site: Warehouse, kind: str, subject: str, why: str = "hold") -> str:
    asked = {"subject_kind": kind, "subject": subject, "why": why, "note": None}
    decided = site.done("quality.hold", asked)
    return derived(decided.id, "hold")


def release(site: Warehouse, held: str) -> None:
    site.done("quality.release", {"hold": held, "note": None})


def known(device: Handheld) -> list[tuple[str, str, list[str]]]:
    device.pull()
    device.base = None  # the test's clock is eight hours behind: no stamp may lean on this pull
    return [(row["why"], row["label"], row["covers"]) for row in device.all("hold")]


def contradictions(site: Warehouse) -> set[tuple[str, str]]:
    """All but that nobody had ordered what came in, and that nobody saw the tote on the stage."""
    return {each for each in site.exceptions() if each[0] not in {"not_ordered", "chain_gap"}}


def carry(site: Warehouse, device: Handheld, goods: JSON, target: str) -> None:
    device.record(
        "moving.move",
        {
            "goods": goods, "lpn": None, "source": None, "target": site.place(target),
            "reason": None, "scans": [],
        },
    )  # fmt: skip


def announce(site: Warehouse, order: str, units: dict[str, tuple[str, ...]]) -> None:
    contents: dict[str, list[JSON]] = {
        code: [
            {
                "item": site.item(sku), "packaging": None, "lot": None, "expiry": None,
                "quantity": 5 if sku == TEA else 1,
            }
            for sku in skus
        ]
        for code, skus in units.items()
    }  # fmt: skip
    site.done("purchasing.save_asn", {
        "number": "ASN-1", "supplier": None, "purchase_order": order, "lines": [],
        "units": [{"code": code, "contents": goods} for code, goods in contents.items()],
    })  # fmt: skip


def receive_unit(site: Warehouse, device: Handheld, code: str, contents: list[JSON]) -> str:
    return device.record("receiving.receive_unit", {
        "asn": asn_id(site.site, "ASN-1"), "lpn": site.lpn(code), "contents": contents,
        "target": site.place(DOCK), "condition": "good", "reason": None, "photos": [],
        "scans": [],
    })  # fmt: skip


class TestWhoKnows:
    def test_every_handheld_knows_what_is_held_until_it_is_released(self, site: Warehouse) -> None:
        one, counter = site.handheld(), site.handheld("H2", "C1", roles=("counter",))
        milk(site, one, "L7", 6, "A-01")
        one.push()
        assert known(counter) == []

        held = hold(site, "lot", lot(site, "L7"), "recall")
        assert known(counter) == known(one) == [("recall", "L7", [lot(site, "L7")])]
        assert "quantity" not in str(counter.all("hold"))

        release(site, held)
        assert known(counter) == known(one) == []

    def test_what_comes_on_a_held_receipt_line_is_held_before_and_after(
        self, site: Warehouse
    ) -> None:
        one = site.handheld()
        line = site.line(site.purchase_order("PO-1", (MILK, 20)), 1)
        milk(site, one, "L7", 6, "A-01", po_line=line)
        one.push()
        hold(site, "receipt", line)
        milk(site, one, "L8", 6, "A-02", po_line=line)
        milk(site, one, "L9", 6, "A-03")

        one.push()

        assert known(one) == [("hold", "PO-1", sorted([lot(site, "L7"), lot(site, "L8")]))]

    def test_pallets_that_came_on_a_held_receipt_line_are_held(self, site: Warehouse) -> None:
        """Pieces by their serials, a pallet of nothing else whole; other goods stay free."""
        one = site.handheld()
        order = site.purchase_order("PO-1", (DRILL, 4), (TEA, 20))
        drills, tea = site.line(order, 1), site.line(order, 2)
        announce(site, order, {"P-1": (DRILL, TEA), "P-2": (DRILL,), "P-3": (TEA,), "P-4": (TEA,)})
        first, second = (derived(site.item(DRILL), code) for code in ("D1", "D2"))
        mixed = [site.goods(DRILL, 1, serial=first), site.goods(TEA, 5)]
        receive_unit(site, one, "P-1", mixed)
        one.push()

        hold(site, "receipt", drills)
        assert known(one) == [("hold", "PO-1", [first])]
        receive_unit(site, one, "P-2", [site.goods(DRILL, 1, serial=second)])
        called_off = receive_unit(site, one, "P-3", [site.goods(TEA, 5)])
        call_off(one, called_off)
        one.push()
        assert known(one) == [("hold", "PO-1", sorted([first, second, site.lpn("P-2")]))]

        hold(site, "receipt", tea)  # what shows nothing is stopped with all of its pallet
        receive_unit(site, one, "P-4", [site.goods(TEA, 5)])
        one.push()
        covers = {tuple(covered) for _, _, covered in known(one)}
        assert tuple(sorted([site.lpn("P-1"), site.lpn("P-4")])) in covers
        assert verify(site.playbook, db.engine).differences == ()

    def test_refuses_what_makes_no_sense(self, site: Warehouse) -> None:
        one = site.handheld()
        milk(site, one, "L7", 6, "A-01")
        one.push()
        asked = {"subject_kind": "lot", "subject": uuid7(), "why": "hold", "note": None}
        assert site.ask("quality.hold", asked).codes == ("quality.unknown_goods",)
        held = hold(site, "lot", lot(site, "L7"))
        again = {**asked, "subject": lot(site, "L7")}
        assert site.ask("quality.hold", again).codes == ("quality.already_held",)
        release(site, held)
        twice = site.ask("quality.release", {"hold": held, "note": None})
        assert twice.codes == ("quality.not_held",)
        hold(site, "lot", lot(site, "L7"))
        with pytest.raises(RoleMissing):
            site.ask("quality.hold", again, roles=frozenset({"picker"}))
        assert len(all_of(Hold)) == 2


def test_the_office_shows_the_decision_beside_the_pick(site: Warehouse) -> None:
    one = site.handheld()
    milk(site, one, "L7", 6, "A-01")
    one.push()
    hold(site, "lot", lot(site, "L7"))
    line = site.line(site.order("SO-1", (MILK, 3)), 1)
    take(site, one, line, site.goods(MILK, 3, lot=lot(site, "L7")), site.lpn("T-01"))
    one.push()
    db.session.remove()
    desk = site.app.test_client()
    desk.post("/api/v1/session", json={"username": "s1", "password": "p" * 12})

    found = desk.get("/api/v1/exceptions?code=held_stock_picked").get_json()["items"]

    assert [[story["kind"] for story in row["stories"]] for row in found] == [
        ["picking.pick", "quality.hold"]
    ]


class TestPicking:
    def test_nobody_is_sent_for_held_goods(self, site: Warehouse) -> None:
        one = site.handheld()
        milk(site, one, "L7", 6, "A-01")
        milk(site, one, "L8", 2, "A-02")
        site.order("SO-1", (MILK, 4))
        one.record("picking.take_work", {"orders": 1, "scans": []})
        one.sync()
        one.base = None
        assert [stop["lot_code"] for stop in one.all("pick_line")] == ["L7"]

        held = hold(site, "lot", lot(site, "L7"))
        one.record("picking.take_work", {"orders": 1, "scans": []})
        one.sync()
        one.base = None
        assert [(s["lot_code"], s["quantity"]) for s in one.all("pick_line")] == [("L8", 2)]

        release(site, held)
        site.done("picking.reassign", {"task": one.all("pick_task")[0]["id"], "device": None})
        one.record("picking.take_work", {"orders": 1, "scans": []})
        one.sync()
        assert sum(stop["quantity"] for stop in one.all("pick_line")) == 4

    @pytest.mark.parametrize("by", ["lot", "lpn", "serial"])
    def test_what_is_picked_all_the_same_is_a_fact_and_stops_the_order(
        self, site: Warehouse, by: str
    ) -> None:
        one = site.handheld()
        pallet, drill = site.lpn("U-1"), derived(site.item(DRILL), "D1")
        milk(site, one, "L7", 6, "A-01")
        site.receive(one, TEA, 5, lpn=pallet, target=site.place("A-01"))
        site.receive(one, DRILL, 1, serial=drill, target=site.place("A-01"))
        one.push()
        subject, goods, sku = {
            "lot": (lot(site, "L7"), site.goods(MILK, 2, lot=lot(site, "L7")), MILK),
            "lpn": (pallet, site.goods(TEA, 2, lpn=pallet), TEA),
            "serial": (drill, site.goods(DRILL, 1, serial=drill), DRILL),
        }[by]
        order = site.order("SO-1", (sku, goods["quantity"]))
        hold(site, by, subject)
        line, tote = site.line(order, 1), site.lpn("T-01")

        take(site, one, line, goods, tote)
        one.push()

        last = answers(one)[max(answers(one))]
        assert last == ("flagged", ("held_stock_picked",))
        assert contradictions(site) == {("held_stock_picked", line)}
        carry(site, one, {**goods, "lpn": tote}, QUARANTINE)
        one.push()
        assert contradictions(site) == set()

    def test_shipped_all_the_same_it_says_so_for_ever(self, site: Warehouse) -> None:
        one = site.handheld()
        milk(site, one, "L7", 6, "A-01")
        one.push()
        order = site.order("SO-1", (MILK, 2))
        line, tote = site.line(order, 1), site.lpn("T-01")
        held = hold(site, "lot", lot(site, "L7"))
        site.clock.ms = time() * 1000  # the hold is of now, not of eight hours ago
        take(site, one, line, site.goods(MILK, 2, lot=lot(site, "L7")), tote)
        one.record(
            "shipping.ship",
            {"order": order, "units": [tote], "goods": [], "stage": site.place(STAGE), "scans": []},
        )
        one.push()

        assert contradictions(site) == {("held_stock_shipped", line)}
        release(site, held)
        assert contradictions(site) == {("held_stock_shipped", line)}

    @pytest.mark.parametrize("news", list(permutations(("hold", "pick", "back"))))
    def test_whatever_comes_first_the_end_is_the_same(
        self, site: Warehouse, news: tuple[str, ...]
    ) -> None:
        one, two = site.handheld("H1", "B1"), site.handheld("H2", "B2")
        milk(site, one, "L7", 6, "A-01")
        one.push()
        line, tote = site.line(site.order("SO-1", (MILK, 3)), 1), site.lpn("T-01")
        take(site, one, line, site.goods(MILK, 3, lot=lot(site, "L7")), tote)
        site.clock.pass_(5)
        carry(site, two, site.goods(MILK, 1, lot=lot(site, "L7"), lpn=tote), QUARANTINE)
        for each in news:
            if each == "hold":
                hold(site, "lot", lot(site, "L7"))
            else:
                (one if each == "pick" else two).push()

        assert contradictions(site) == {("held_stock_picked", line)}
        carry(site, two, site.goods(MILK, 2, lot=lot(site, "L7"), lpn=tote), QUARANTINE)
        two.push()
        assert contradictions(site) == set()
