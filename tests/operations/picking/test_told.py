"""Whoever had a walk is told what became of it; a right is checked where something is decided."""

import pytest

from app.documents.models import SalesOrderLine
from app.kernel.clock import now
from app.picking.leases import expire_walks
from app.picking.rules import GRACE, LEASE
from app.proving.handheld import Handheld
from app.work.models import PickTask, PutawayPlan
from tests.operations.records import record
from tests.properties.hands import answers
from tests.warehouse import DOCK, TEA, Warehouse


@pytest.fixture
def hands(site: Warehouse) -> tuple[Handheld, Handheld, str]:
    """H1 walks for three of tea, H2 stands by."""
    site.stock(TEA, 10, "A-01")
    site.order("SO-1", (TEA, 3))
    one, two = site.handheld("H1", "B1"), site.handheld("H2", "B2")
    take(one)
    (task,) = one.all("pick_task")
    return one, two, task["id"]


def take(device: Handheld) -> None:
    device.record("picking.take_work", {"orders": 1, "scans": []})
    device.sync()
    device.base = None  # the test's clock is eight hours behind: no stamp may lean on this pull


def give(site: Warehouse, task: str, device: str | None) -> None:
    site.done("picking.reassign", {"task": task, "device": device, "note": None})


def told(device: Handheld) -> list[tuple[str, str]]:
    device.pull()
    device.base = None
    return [(row["code"], row["subject"]) for row in device.all("todo")]


def pick(site: Warehouse, device: Handheld, task: str, lease: int, quantity: int = 3) -> None:
    """A pick as the app records it: with the walk and the right it was held by."""
    device.record(
        "picking.pick",
        {
            "order_line": site.line(record(PickTask, task).order, 1),
            "goods": site.goods(TEA, quantity), "source": site.place("A-01"),
            "tote": site.lpn("T-01"), "scans": [],
        },
        task=task, lease=lease,
    )  # fmt: skip


class TestWhoHadIt:
    def test_is_told_that_somebody_else_goes_on_until_that_walk_ends(
        self, site: Warehouse, hands: tuple[Handheld, Handheld, str]
    ) -> None:
        one, two, task = hands
        give(site, task, two.id)
        assert told(one) == [("picking.handed_over", "SO-1")]
        assert told(two) == []

        pick(site, two, task, 2)
        two.push()
        assert told(one) == []

    def test_is_told_that_a_supervisor_took_it_back(
        self, site: Warehouse, hands: tuple[Handheld, Handheld, str]
    ) -> None:
        one, two, task = hands
        give(site, task, None)
        assert told(one) == [("picking.walk_revoked", "SO-1")]

        take(two)
        (again,) = two.all("pick_task")
        pick(site, two, again["id"], 1)
        two.push()
        assert told(one) == []

    def test_is_told_that_its_time_ran_out(
        self, site: Warehouse, hands: tuple[Handheld, Handheld, str]
    ) -> None:
        one, _, _ = hands
        assert expire_walks(site.playbook, now() + LEASE + GRACE) == 1
        assert told(one) == [("picking.walk_expired", "SO-1")]

        site.done("ordering.cancel_order", {"number": "SO-1"})
        assert told(one) == []

    def test_who_gave_it_back_himself_is_told_nothing(
        self, site: Warehouse, hands: tuple[Handheld, Handheld, str]
    ) -> None:
        one, _, task = hands
        one.record("picking.return_work", {"task": task, "scans": []}, task=task, lease=1)
        one.push()
        assert told(one) == []


class TestTheToken:
    def test_a_stale_one_decides_nothing_but_its_picks_are_facts(
        self, site: Warehouse, hands: tuple[Handheld, Handheld, str]
    ) -> None:
        """Away to H2 and back again: the first right of H1 is not its second."""
        one, two, task = hands
        pick(site, one, task, 1, quantity=1)
        one.record("picking.return_work", {"task": task, "scans": []}, task=task, lease=1)
        give(site, task, two.id)
        give(site, task, one.id)

        one.push()

        assert answers(one)[2] == ("applied", ())
        assert answers(one)[3] == ("refused", ("picking.not_yours",))
        assert record(PickTask, task).state == "active"
        one.record("picking.return_work", {"task": task, "scans": []}, task=task, lease=3)
        one.push()
        assert answers(one)[4] == ("applied", ())

    def test_surplus_of_a_stale_one_is_told_to_its_picker_and_put_back(
        self, site: Warehouse, hands: tuple[Handheld, Handheld, str]
    ) -> None:
        one, two, task = hands
        give(site, task, two.id)
        pick(site, two, task, 2)
        two.push()
        site.clock.pass_(1)
        pick(site, one, task, 1)
        one.push()

        line = site.line(record(PickTask, task).order, 1)
        assert answers(one)[2] == ("flagged", ("over_pick",))
        assert told(one) == [("over_pick", line)]
        (todo,) = one.all("todo")
        sides = [(story["who"], story["kind"]) for story in todo["stories"]]
        assert sides == [("other", "picking.pick"), ("you", "picking.pick")]
        (row,) = one.all("put_back")
        assert (row["whole"], [each["quantity"] for each in row["lines"]]) == (False, [3])
        for quantity, left in ((1, [2]), (2, [])):
            one.record(
                "moving.move",
                {
                    "goods": site.goods(TEA, quantity, lpn=site.lpn("T-01")), "lpn": None,
                    "source": None, "target": site.place("A-01"), "reason": None, "scans": [],
                },
            )  # fmt: skip
            one.sync()
            one.base = None
            rows = one.all("put_back")
            assert [each["quantity"] for row in rows for each in row["lines"]] == left
        assert told(one) == []
        assert record(SalesOrderLine, line).picked == 6
        assert site.on_hand(TEA, "A-01") == 7

    def test_the_packer_looks_for_what_is_still_in_the_tote(
        self, site: Warehouse, hands: tuple[Handheld, Handheld, str]
    ) -> None:
        one, _, task = hands
        pick(site, one, task, 1, quantity=5)
        one.record(
            "moving.move",
            {
                "goods": site.goods(TEA, 2, lpn=site.lpn("T-01")), "lpn": None,
                "source": None, "target": site.place("A-01"), "reason": None, "scans": [],
            },
        )  # fmt: skip
        one.sync()

        (order,) = one.all("order")
        (tote,) = order["totes"]
        assert [each["quantity"] for each in tote["goods"]] == [3]


def test_a_plan_is_done_by_the_gesture_that_names_it(site: Warehouse) -> None:
    one = site.handheld()
    line = site.line(site.purchase_order("PO-1", (TEA, 4)), 1)
    site.receive(one, TEA, 4, po_line=line)
    one.sync()
    one.base = None
    assert [plan["id"] for plan in one.all("putaway_plan")] == [line]

    site.carry(one, TEA, 4, DOCK, "A-02", task=line)
    one.sync()

    assert one.all("putaway_plan") == []
    assert record(PutawayPlan, line).stored == 4
