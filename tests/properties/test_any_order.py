"""S8: the same facts in any order of arrival end in the same books."""

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.properties import hands
from tests.properties.days import VERBS, Day, Gesture, bring_in, record
from tests.properties.worlds import Morning, lived, truth

gestures = st.lists(
    st.tuples(
        st.sampled_from(VERBS),
        st.integers(0, 2),
        st.integers(0, 4),
        st.integers(0, 4),
        st.integers(1, 6),
        st.integers(0, 1),
    ),
    min_size=4,
    max_size=24,
)


class TestAnyOrder:
    @settings(
        max_examples=20,
        deadline=None,
        derandomize=True,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(history=gestures, seed=st.integers(0, 10_000))
    def test_s08_the_same_facts_in_any_order_end_in_the_same_books(
        self, morning: Morning, history: list[Gesture], seed: int
    ) -> None:
        with lived(morning) as world:
            day = Day(world, morning.orders)
            record(day, history)
            queues = [list(device.queue) for device in world.handhelds]
            ends = world.site.clock.ms
            bring_in(world, queues, day, seed)
            first = truth(world.site)
            assert hands.sums_of_entries() == hands.balances()
        with lived(morning) as world:
            world.site.clock.ms = ends
            for device in world.handhelds:
                device.clock.now = world.site.clock.now
            bring_in(world, queues, day, seed + 1)
            second = truth(world.site)

        assert second.balances == first.balances
        assert second.positions == first.positions
        assert second.variances == first.variances
        assert second.contradictions == first.contradictions
        assert second.contested == first.contested
