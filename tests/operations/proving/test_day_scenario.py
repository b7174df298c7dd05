"""A drawn day looks like the order books it was learned from, and is the same for everybody."""

from collections import Counter
from statistics import mean, median

from app.proving.day.scenario import synthetic, trucks
from app.proving.day.trouble import OVER_RECEIPTS, troubled


class TestSyntheticDay:
    def test_the_same_seed_draws_the_same_day(self) -> None:
        assert synthetic(3, 60) == synthetic(3, 60)
        assert synthetic(3, 60) != synthetic(4, 60)

    def test_orders_are_as_long_as_groceries(self) -> None:
        """The files say: median 4 lines, mean 6.5."""
        lines = [len(order.lines) for order in synthetic(1, 2000).orders]

        assert 3 <= median(lines) <= 5
        assert 5 <= mean(lines) <= 8

    def test_few_articles_are_wanted_often(self) -> None:
        """On the real day a fifth of the articles took 46 % of the lines."""
        day = synthetic(1, 900)  # as many lines an article as on the real day
        wanted = Counter(sku for order in day.orders for sku, _ in order.lines)
        often = sum(times for _, times in wanted.most_common(len(day.articles) // 5))

        assert 0.38 <= often / wanted.total() <= 0.54


class TestTrucks:
    def test_enough_comes_for_every_order(self) -> None:
        demand = {f"item-{n}": n for n in range(1, 90)}
        coming = Counter[str]()
        for truck in trucks(5, demand, frozenset({"item-50"})):
            for load in truck.loads:
                coming[load.item] += load.good

        assert all(coming[item] >= quantity for item, quantity in demand.items())

    def test_trouble_is_seeded(self) -> None:
        demand = {f"item-{n}": 5 + n for n in range(90)}
        planned = trucks(5, demand, frozenset())

        coming = troubled(5, planned)

        assert coming == troubled(5, planned)
        loads = [load for truck in coming for load in truck.loads]
        assert sum(load.good > load.ordered for load in loads) == OVER_RECEIPTS
        assert all(load.good + load.damaged >= load.ordered for load in loads)
        assert any(load.damaged for load in loads)
