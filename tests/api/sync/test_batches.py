"""Batches repeated, reordered, split, cut short, gapped and edited, against a simple model."""

import json
import random
from dataclasses import dataclass, field
from typing import Any

import pytest

from app.proving.handheld import Handheld
from tests.api.sync.wiring import PUSH, send
from tests.properties import hands
from tests.properties.days import Day, record, some_day
from tests.properties.worlds import Morning, World, lived, truth
from tests.warehouse import TEA

SEEDS = range(12)
FUZZ_SEEDS = range(4)
MUTATIONS_A_SEED = 75


@dataclass
class Model:
    """What a journal is: envelopes in order, each answered once."""

    queue: list[str]
    last: int = 0
    answers: dict[int, dict[str, Any]] = field(default_factory=dict)

    def expect(self, first: int, ops: list[str]) -> tuple[int, str | None]:
        """Return status and code that a batch must get."""
        for n, text in enumerate(ops, start=first):
            if n <= self.last and text != self.queue[n - 1]:
                return 409, "sync.rotate_epoch"
        fresh = [n for n in range(first, first + len(ops)) if n > self.last]
        if fresh and fresh[0] != self.last + 1:
            return 409, "sync.sequence_gap"
        return 200, None

    def take(self, answer: dict[str, Any]) -> None:
        for result in answer["results"]:
            seq = result["seq"]
            if seq in self.answers:
                assert result == {**self.answers[seq], "duplicate": True}
            else:
                assert not result["duplicate"]
                assert seq == self.last + 1
                self.answers[seq], self.last = result, seq
        assert answer["acked_seq"] == self.last == answer["expected_seq"] - 1


def batch(choose: random.Random, model: Model) -> tuple[int, list[str]]:
    """Choose a batch as a bad network, an impatient client or a clone may send it."""
    size = choose.randint(0, 9)
    first = choose.choice(
        [model.last + 1, model.last + 1, 1, choose.randint(1, len(model.queue)), model.last + 2]
    )
    ops = model.queue[first - 1 : first - 1 + size]
    if ops and first <= model.last and choose.random() < 0.3:
        ops = [ops[0].replace('"v":1', '"v": 1'), *ops[1:]]  # the same meaning in other bytes
    return first, ops


class TestBatches:
    @pytest.mark.parametrize("seed", SEEDS)
    def test_whatever_the_network_does_every_operation_counts_once(
        self, morning: Morning, seed: int
    ) -> None:
        choose = random.Random(seed)
        with lived(morning) as world:
            day = Day(world, morning.orders)
            record(day, [(g[0], 0, *g[2:]) for g in some_day(seed, 25)])
            device = world.handhelds[0]
            model = Model(list(device.queue))
            while model.last < len(model.queue):
                first, ops = batch(choose, model)
                expected = model.expect(first, ops)
                status, answer = device.push_once(ops=ops, first_seq=first)
                assert (status, answer.get("code")) == expected
                if status == 200:
                    model.take(answer)
            reached = truth(world.site)
            numbers = [row.seq for row in hands.log() if row.device == device.id]
            assert numbers == list(range(1, len(model.queue) + 1))
            ends = world.site.clock.ms
        with lived(morning) as world:
            device = world.handhelds[0]
            world.site.clock.ms, device.queue = ends, list(model.queue)
            device.clock.now = world.site.clock.now
            device.push()
            assert truth(world.site) == reached


def mutate(choose: random.Random, value: Any) -> Any:
    """Change something, somewhere."""
    wild: tuple[Any, ...] = (None, True, -1, 0, 2**53, 1.5, "", "\0", "\ud800", [], {}, "x" * 90)
    if isinstance(value, dict) and value and choose.random() < 0.85:
        name = choose.choice(sorted(value))
        if choose.random() < 0.1:
            return {key: each for key, each in value.items() if key != name}
        return {**value, name: mutate(choose, value[name])}
    if isinstance(value, list) and value and choose.random() < 0.85:
        n = choose.randrange(len(value))
        return [*value[:n], mutate(choose, value[n]), *value[n + 1 :]]
    if isinstance(value, str) and value and choose.random() < 0.5:
        n = choose.randrange(len(value))
        return value[:n] + chr(choose.choice((0, 9, 34, 92, 127, 8232, 0xD800))) + value[n + 1 :]
    return choose.choice(wild)


def mutated_push(choose: random.Random, device: Handheld) -> Any:
    """Take a good push and spoil the body, an envelope, or an envelope's bytes."""
    body: Any = device.body()
    spoilt = choose.random()
    if spoilt < 0.3:
        return mutate(choose, body)
    envelope = json.loads(body["ops"][0])
    text = json.dumps(mutate(choose, envelope), ensure_ascii=choose.random() < 0.5)
    if spoilt < 0.5:
        text = text[: choose.randrange(len(text) + 1)]
    return {**body, "ops": [text]}


class TestFuzz:
    @pytest.mark.parametrize("seed", FUZZ_SEEDS)
    def test_no_spoilt_push_breaks_anything(self, morning: Morning, seed: int) -> None:
        choose = random.Random(seed)
        with lived(morning) as world:
            device = world.handhelds[0]
            day = Day(world, morning.orders)
            for n in range(MUTATIONS_A_SEED):
                device.queue, device.sent, device.prev = self._one(world, day, device, n + seed)
                body = mutated_push(choose, device)
                answer = send(world.site, PUSH, body, device=device)
                assert answer.status_code < 500, (seed, n, body, answer.get_data(as_text=True))
                assert answer.is_json
                status, good = device.push_once()
                assert status in (200, 409), good
            assert hands.sums_of_entries() == hands.balances()
            last = hands.lay(world.site, device, TEA, 1, "A-01")
            assert last

    def _one(self, world: World, day: Day, device: Handheld, n: int) -> tuple[list[str], int, str]:
        """Each spoilt push goes to a journal of its own, begun with one good gesture."""
        device.epoch, device.queue, device.sent, device.prev = n + 2, [], 0, "0" * 64
        (gesture,) = some_day(n, 1)
        record(day, [(gesture[0], 0, *gesture[2:])])
        if not device.queue:
            hands.lay(world.site, device, TEA, 1, "A-01")
        return device.queue, 0, device.prev
