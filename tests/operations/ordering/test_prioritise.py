"""What is urgent is picked first."""

from tests.warehouse import TEA, Warehouse


class TestPrioritise:
    def test_the_urgent_one_is_handed_out_first(self, site: Warehouse) -> None:
        site.stock(TEA, 10, "A-01")
        site.order("SO-1", (TEA, 3))
        second = site.order("SO-2", (TEA, 3))
        device = site.handheld()

        site.done("ordering.prioritise", {"number": "SO-2", "priority": 1})
        device.record("picking.take_work", {"orders": 1, "scans": []})
        device.sync()

        assert [task["order"] for task in device.all("pick_task")] == [second]

    def test_who_walks_for_it_sees_it(self, site: Warehouse) -> None:
        site.stock(TEA, 10, "A-01")
        site.order("SO-1", (TEA, 3))
        device = site.handheld()
        device.record("picking.take_work", {"orders": 1, "scans": []})
        device.sync()

        site.done("ordering.prioritise", {"number": "SO-1", "priority": 2})
        device.pull()

        assert [task["priority"] for task in device.all("pick_task")] == [2]
