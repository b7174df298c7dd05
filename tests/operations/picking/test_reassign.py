"""A walk changes hands; what the old hands did still counts."""

from itertools import permutations

import pytest

from app.documents.models import SalesOrder, SalesOrderLine
from app.kernel.ids import uuid7
from app.proving.handheld import Handheld
from app.work.models import PickTask
from tests.operations.records import record
from tests.properties.hands import answers
from tests.warehouse import LAMP, TEA, Warehouse


def walking(site: Warehouse) -> tuple[Handheld, Handheld, str]:
    """H1 walks for an order of tea and lamps, H2 stands by."""
    site.stock(TEA, 10, "A-01")
    site.stock(LAMP, 10, "A-02")
    site.order("SO-1", (TEA, 3), (LAMP, 2))
    one, two = site.handheld("H1", "B1"), site.handheld("H2", "B2")
    one.record("picking.take_work", {"orders": 1, "scans": []})
    one.sync()
    one.base = None  # the test's clock is eight hours behind: no stamp may lean on this pull
    (task,) = one.all("pick_task")
    return one, two, task["id"]


def give(site: Warehouse, task: str, device: str | None) -> tuple[str, ...]:
    return site.ask("picking.reassign", {"task": task, "device": device, "note": None}).codes


def held(device: Handheld) -> list[tuple[str, int]]:
    device.pull()
    return [(stop["source_code"], stop["quantity"]) for stop in device.all("pick_line")]


class TestReassign:
    def test_the_other_handheld_goes_on_where_the_first_stopped(self, site: Warehouse) -> None:
        one, two, task = walking(site)
        line = site.line(record(PickTask, task).order, 1)
        site.pick(one, line, TEA, 3, "A-01", None)
        one.push()

        assert give(site, task, two.id) == ()

        assert held(two) == [("A-02", 2)]
        assert [row["lease"] for row in two.all("pick_task")] == [2]
        assert held(one) == []
        assert one.all("pick_task") == []

    def test_back_and_forth_each_holds_it_alone(self, site: Warehouse) -> None:
        one, two, task = walking(site)

        give(site, task, two.id)
        give(site, task, one.id)

        assert sorted(held(one)) == [("A-01", 3), ("A-02", 2)]
        assert held(two) == []
        assert [row["lease"] for row in one.all("pick_task")] == [3]

    def test_from_the_pool_anybody_may_take_it(self, site: Warehouse) -> None:
        one, two, task = walking(site)

        assert give(site, task, None) == ()

        assert held(one) == []
        two.record("picking.take_work", {"orders": 1, "scans": []})
        two.push()
        assert sorted(held(two)) == [("A-01", 3), ("A-02", 2)]

    @pytest.mark.parametrize("arrival", [*permutations(("late", "give", "new"))])
    def test_late_work_of_the_old_handheld_is_a_fact(
        self, site: Warehouse, arrival: tuple[str, ...]
    ) -> None:
        """The tea was picked in a dead spot, the lamps by who took over: both count, once."""
        one, two, task = walking(site)
        order = record(PickTask, task).order
        site.pick(one, site.line(order, 1), TEA, 3, "A-01", None)
        site.pick(two, site.line(order, 2), LAMP, 2, "A-02", None)

        for news in arrival:
            if news == "give":
                over = arrival[2] == "give"  # nothing is left to hand over
                assert give(site, task, two.id) == (("picking.walk_over",) if over else ())
            else:
                (one if news == "late" else two).push()

        assert answers(one)[2] == ("applied", ())
        assert record(SalesOrder, order).status == "picked"
        assert (site.on_hand(TEA, "A-01"), site.on_hand(LAMP, "A-02")) == (7, 8)
        assert (held(one), held(two), site.exceptions()) == ([], [], set())

    def test_what_both_picked_is_one_too_many_and_says_so(self, site: Warehouse) -> None:
        one, two, task = walking(site)
        line = site.line(record(PickTask, task).order, 1)
        site.pick(one, line, TEA, 3, "A-01", None)
        give(site, task, two.id)
        site.pick(two, line, TEA, 3, "A-01", None)
        two.push()
        one.push()

        assert record(SalesOrderLine, line).picked == 6
        assert site.exceptions() == {("over_pick", line)}

    def test_who_no_longer_has_it_cannot_give_it_back(self, site: Warehouse) -> None:
        one, two, task = walking(site)
        one.record("picking.return_work", {"task": task, "scans": []})
        give(site, task, two.id)

        one.push()

        assert answers(one)[2] == ("refused", ("picking.not_yours",))
        assert record(PickTask, task).state == "active"

    def test_refuses_what_makes_no_sense(self, site: Warehouse) -> None:
        one, _, task = walking(site)

        assert give(site, uuid7(), one.id) == ("picking.unknown_walk",)
        assert give(site, task, one.id) == ("picking.same_handheld",)
        site.done("ordering.cancel_order", {"number": "SO-1"})
        assert give(site, task, None) == ("picking.walk_over",)
