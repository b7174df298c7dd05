"""Reads become visits: the same ones in whatever order they came."""

import random

import pytest

from app.readers.smoothing import SECOND, Read, Side, direction, visits

SILENCE = 3 * SECOND
DOOR: dict[int, Side | None] = {1: "outside", 2: "inside"}


def read(at: float, antenna: int = 1, dbm: float | None = -50.0, reads: int = 1) -> Read:
    return Read(int(at * SECOND), antenna, round(dbm * 100) if dbm is not None else None, reads)


def spans(*reads: Read, silence: int = SILENCE) -> list[tuple[float, float]]:
    found = visits(reads, silence, DOOR)
    return [(visit.first_at / SECOND, visit.last_at / SECOND) for visit in found]


class TestVisits:
    def test_one_read_is_a_reflection(self) -> None:
        assert spans(read(0)) == []

    def test_two_reads_are_a_visit(self) -> None:
        assert spans(read(0), read(1)) == [(0, 1)]

    def test_a_report_that_stands_for_several_reads_is_one(self) -> None:
        assert spans(read(0, reads=2)) == [(0, 0)]

    def test_silence_ends_it(self) -> None:
        assert spans(read(0), read(1), read(4), read(5)) == [(0, 1), (4, 5)]
        assert spans(read(0), read(1), read(3.9), read(5)) == [(0, 5)]

    def test_a_longer_silence_joins(self) -> None:
        reads = (read(0), read(1), read(5), read(6))

        assert len(spans(*reads, silence=3 * SECOND)) == 2
        assert len(spans(*reads, silence=5 * SECOND)) == 1

    def test_a_reflection_between_two_visits_is_left_out(self) -> None:
        assert spans(read(0), read(1), read(10), read(20), read(21)) == [(0, 1), (20, 21)]

    def test_nothing_is_nothing(self) -> None:
        assert spans() == []

    @pytest.mark.parametrize("seed", range(50))
    def test_the_order_of_arrival_does_not_matter(self, seed: int) -> None:
        chance = random.Random(seed)
        reads = [
            read(chance.uniform(0, 60), chance.choice((1, 2, 3)), chance.uniform(-80, -30))
            for _ in range(40)
        ]
        told = visits(reads, SILENCE, DOOR)

        chance.shuffle(reads)

        assert visits(reads, SILENCE, DOOR) == told


def passage(*steps: tuple[float, int, float | None]) -> str:
    return direction([read(at, antenna, dbm) for at, antenna, dbm in steps], DOOR)


class TestDirection:
    def test_outside_first_is_in(self) -> None:
        assert passage((0, 1, -50), (0.5, 1, -45), (1.5, 2, -45), (2, 2, -50)) == "in"

    def test_inside_first_is_out(self) -> None:
        assert passage((0, 2, -50), (0.5, 2, -45), (1.5, 1, -45), (2, 1, -50)) == "out"

    def test_loud_reads_count_more_than_faint_ones(self) -> None:
        """Both antennas hear it all the time; only loudness tells which it was beside."""
        came = [(n / 4, 1, -45 if n < 4 else -70) for n in range(8)]
        came += [(n / 4, 2, -70 if n < 4 else -45) for n in range(8)]

        assert passage(*came) == "in"

    def test_one_side_alone_says_nothing(self) -> None:
        assert passage((0, 1, -50), (1, 1, -50)) == "unknown"

    def test_antennas_of_no_side_say_nothing(self) -> None:
        assert passage((0, 1, -50), (3, 9, -50)) == "unknown"

    def test_both_at_once_say_nothing(self) -> None:
        assert passage((0, 1, -50), (0.05, 2, -50), (1, 1, -50), (1.05, 2, -50)) == "unknown"

    def test_who_stands_in_the_door_goes_nowhere(self) -> None:
        stood = [(n / 2, 1 + n % 2, -50.0) for n in range(240)]

        assert passage(*stood) == "unknown"

    def test_readers_that_tell_no_strength(self) -> None:
        assert passage((0, 1, None), (0.5, 1, None), (1.5, 2, None), (2, 2, None)) == "in"
