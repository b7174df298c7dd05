"""Work is handed out, given back, run short and found elsewhere."""

from app.documents.models import SalesOrder, SalesOrderLine
from app.kernel.ids import uuid7
from app.people.sessions import issue_token
from app.proving.handheld import Handheld
from app.work.models import PickTask
from tests.operations.records import all_of, record
from tests.properties.hands import answers, lay
from tests.warehouse import LAMP, TEA, Warehouse


def ask_for_work(device: Handheld, orders: int = 1) -> None:
    device.record("picking.take_work", {"orders": orders, "scans": []})


class TestTakeWork:
    def test_brings_stops_in_walking_order(self, site: Warehouse) -> None:
        device = site.handheld()
        lay(site, device, TEA, 5, "A-02")
        lay(site, device, LAMP, 5, "A-01")
        order = site.order("SO-1", (TEA, 3), (LAMP, 2))
        ask_for_work(device)
        device.push()
        device.pull()

        assert answers(device)[3] == ("applied", ())
        (task,) = device.all("pick_task")
        stops = sorted(device.all("pick_line"), key=lambda stop: stop["sequence"])
        assert task["order"] == order
        assert [(s["source_code"], s["quantity"]) for s in stops] == [("A-01", 2), ("A-02", 3)]

    def test_what_one_has_reserved_another_is_not_sent_for(self, site: Warehouse) -> None:
        one, two = site.handheld("H1", "B1"), site.handheld("H2", "B2")
        lay(site, one, TEA, 5, "A-01")
        site.order("SO-1", (TEA, 5))
        site.order("SO-2", (TEA, 5))
        ask_for_work(one)
        one.push()
        ask_for_work(two)
        two.push()

        assert answers(two) == {1: ("refused", ("picking.no_work",))}

    def test_an_integration_has_no_hands_to_walk_with(self, site: Warehouse) -> None:
        lay(site, site.handheld(), TEA, 5, "A-01")
        site.order("SO-1", (TEA, 5))
        token = issue_token("host", "supervisor", site.site)

        status, answer = site.wire(
            "POST",
            "/api/v1/operations",
            {"id": uuid7(), "kind": "picking.take_work", "kind_v": 1,
             "payload": {"orders": 1, "scans": []}, "cause": None},
            {"Authorization": f"Bearer {token}"},
        )  # fmt: skip

        assert (status, answer["code"]) == (422, "picking.no_handheld")

    def test_a_facts_before_and_after_a_refusal_stand(self, site: Warehouse) -> None:
        device = site.handheld()
        lay(site, device, TEA, 5, "A-01")
        ask_for_work(device)
        lay(site, device, TEA, 2, "A-01")
        device.push()

        assert answers(device)[2] == ("refused", ("picking.no_work",))
        assert site.on_hand(TEA, "A-01") == 7

    def test_is_refused_to_whom_it_is_not_given(self, site: Warehouse) -> None:
        device = site.handheld(badge="C1")  # counts, does not pick
        lay(site, device, TEA, 5, "A-01")
        site.order("SO-1", (TEA, 5))
        ask_for_work(device)
        device.push()

        assert answers(device)[2] == ("refused", ("sync.role_missing",))
        assert all_of(PickTask) == []


class TestReturnWork:
    def test_frees_what_was_reserved(self, site: Warehouse) -> None:
        one, two = site.handheld("H1", "B1"), site.handheld("H2", "B2")
        lay(site, one, TEA, 5, "A-01")
        order = site.order("SO-1", (TEA, 5))
        ask_for_work(one)
        one.push()
        one.pull()
        (task,) = one.all("pick_task")

        two.record("picking.return_work", {"task": task["id"], "scans": []})
        two.push()
        assert answers(two) == {1: ("refused", ("picking.not_yours",))}

        one.record("picking.return_work", {"task": task["id"], "scans": []})
        one.push()
        assert record(SalesOrder, order).status == "open"
        ask_for_work(two)
        two.push()
        assert answers(two)[2] == ("applied", ())


class TestReportShort:
    def test_the_rest_is_looked_for_elsewhere(self, site: Warehouse) -> None:
        device = site.handheld()
        lay(site, device, TEA, 5, "A-01")
        lay(site, device, TEA, 5, "B-01")
        line = site.line(site.order("SO-1", (TEA, 5)), 1)
        ask_for_work(device)
        device.push()
        device.pull()
        (stop,) = device.all("pick_line")

        device.record(
            "picking.report_short",
            {"order_line": line, "source": stop["source"], "missing": 5, "reason": None,
             "scans": []},
        )  # fmt: skip
        device.push()
        device.pull()

        (other,) = device.all("pick_line")
        assert {stop["source_code"], other["source_code"]} == {"A-01", "B-01"}
        assert record(SalesOrderLine, line).refound == 5

    def test_found_nowhere_the_order_is_short(self, site: Warehouse) -> None:
        device = site.handheld()
        order = site.order("SO-1", (TEA, 5))
        device.record(
            "picking.report_short",
            {"order_line": site.line(order, 1), "source": site.place("A-01"), "missing": 5,
             "reason": None, "scans": []},
        )  # fmt: skip
        device.push()

        assert answers(device) == {1: ("applied", ())}
        assert record(SalesOrder, order).status == "short"


class TestOrderIsCancelledMeanwhile:
    def test_nobody_walks_for_it_and_its_goods_are_free(self, site: Warehouse) -> None:
        site.stock(TEA, 10, "A-01")
        site.order("SO-1", (TEA, 4))
        device = site.handheld()
        device.record("picking.take_work", {"orders": 1, "scans": []})
        device.sync()
        assert len(device.all("pick_line")) == 1

        site.done("ordering.cancel_order", {"number": "SO-1"})
        device.pull()

        assert device.all("pick_task") == []
        assert device.all("pick_line") == []
        site.order("SO-2", (TEA, 10))
        device.record("picking.take_work", {"orders": 1, "scans": []})
        device.sync()
        assert [line["quantity"] for line in device.all("pick_line")] == [10]
