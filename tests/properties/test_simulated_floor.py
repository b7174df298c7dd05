"""Hypothesis drives the simulated floor: gestures, fates and mishaps in any order it can think of.

What it finds it shrinks; the oracle, the faults and the checks are those of `tallyman simulate`.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from app.proving.simulate import mishaps, settled, truth
from app.proving.simulate.checks import check
from app.proving.simulate.journals import DeviceClock
from app.proving.simulate.planted import PLANTED
from app.proving.simulate.play import heal
from app.proving.simulate.premises import Premises, premises
from app.proving.simulate.pyscanner import PyScanner
from app.proving.simulate.small_scope import FATES, ask_with, opened, push

HANDS = 3
MINUTE = 60_000
hand = st.integers(0, HANDS - 1)
VERBS = ("receive", "receive_unit", "put_away", "pick", "move", "move_unit", "ship", "count")


# One gesture at a time Hypothesis would hardly ever count what somebody else has moved.
spells = st.lists(st.tuples(hand, st.sampled_from(VERBS)), min_size=6, max_size=20)


class Floor(RuleBasedStateMachine):
    """Three pairs of hands, a server, and nothing that goes wrong by itself."""

    place: ClassVar[Premises]

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(self.place.server.in_charge("machine"))
        self.played = opened(self.place, HANDS)
        self.world = self.played.world

    def later(self, ms: int = 20_000) -> None:
        self.world.now += ms
        self.world.server.now_ms = self.world.now

    def held(self, who: int) -> PyScanner:
        found = self.world.scanners[who][0]
        assert isinstance(found, PyScanner)
        assert isinstance(found.clock, DeviceClock)
        return found

    @initialize(spell=spells)
    def day_begins(self, spell: list[tuple[int, str]]) -> None:
        self.hands_work(spell)

    @rule(spell=spells)
    def hands_work(self, spell: list[tuple[int, str]]) -> None:
        for who, verb in spell:
            self.gesture(who, verb)

    def gesture(self, who: int, verb: str) -> None:
        self.later()
        self.told(lambda: truth.ACTS[verb](self.world.truth, round(self.world.now), who))
        while script := self.world.truth.busy.get(who):
            self.later(5_000)
            self.told(partial(script.pop(0), round(self.world.now), who))

    def told(self, act: Callable[[], object]) -> None:
        """Scan what is done when it is done."""
        before = len(self.world.truth.deeds)
        act()
        for deed in self.world.truth.deeds[before:]:
            self.world.gesture(deed)

    @rule(who=hand, fate=st.sampled_from(FATES))
    def hands_in(self, who: int, fate: str) -> None:
        self.later()
        push(self.world, self.held(who), fate)

    @rule(who=hand)
    def fetches(self, who: int) -> None:
        self.later()
        self.held(who).begin()
        ask_with(self.world, self.held(who), "fine", 3)

    @rule(who=hand)
    def starts_anew(self, who: int) -> None:
        mishaps.restart(self.world, self.held(who))

    @rule(who=hand, minutes=st.integers(-600, 600))
    def clock_is_set(self, who: int, minutes: int) -> None:
        self.held(who).clock.piece.jump(self.world.now, minutes * MINUTE)

    @rule()
    def supervisor_looks(self) -> None:
        self.later()
        settled.look(self.world)
        for sheet in self.played.desk.ready():
            self.played.desk.approve(sheet)

    def teardown(self) -> None:
        with self.stack:
            heal(self.played, approving=1)
            assert check(self.place, self.played, rebuild=False).problems == []


def some(examples: int) -> settings:
    return settings(
        max_examples=examples, stateful_step_count=25, deadline=None, derandomize=True,
        phases=(Phase.explicit, Phase.generate), suppress_health_check=list(HealthCheck),
    )  # fmt: skip


@pytest.fixture(scope="module")
def floor() -> Iterator[type[Floor]]:
    with premises(None) as place:
        Floor.place = place
        yield Floor


def test_whatever_happens_on_the_floor_ends_exact(floor: type[Floor]) -> None:
    run_state_machine_as_test(floor, settings=some(12))


def test_the_machine_finds_a_missing_restate(floor: type[Floor]) -> None:
    with PLANTED["missing_restate"](), pytest.raises(AssertionError):
        run_state_machine_as_test(floor, settings=some(40))
