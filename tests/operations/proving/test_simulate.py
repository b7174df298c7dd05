"""Quick seeds of the simulator on both databases, and ten planted bugs that it must find."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.proving.simulate.planted import PLANTED
from app.proving.simulate.premises import Premises, premises
from app.proving.simulate.running import Wanted, one, run
from tests.provision.postgres import Cluster

SEEDS = (1, 2, 4, 9, 25)  # 25 found stamps that nobody could vouch for
# The first seed that finds it; every other one is found by seed 1.
FOUND_AT = {"clamp_before_the_cut": 10, "rotation_changing_ids": 2, "dedupe_by_seq_only": 5}


@pytest.fixture(scope="module")
def place() -> Iterator[Premises]:
    """Somewhere to play, furnished once."""
    with premises(None) as found:
        yield found


@pytest.mark.parametrize("seed", SEEDS)
def test_a_shift_with_faults_ends_exact(place: Premises, seed: int) -> None:
    result = one(place, Wanted(seed, 1), seed)

    assert result["problems"] == []


@pytest.mark.postgres
def test_so_does_it_on_postgresql(postgres: Cluster) -> None:
    url = postgres.create_database("simulated")

    assert run(Wanted(1, 2, database=url)) == 0


@pytest.mark.parametrize("bug", PLANTED)
def test_a_planted_bug_is_found(place: Premises, bug: str) -> None:
    seed = FOUND_AT.get(bug, 1)
    with PLANTED[bug]():
        result = one(place, Wanted(seed, 1, plant=bug), seed)

    assert not result["ok"]


def test_runs_add_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = tmp_path / "seeds.jsonl"
    assert run(Wanted(1, 1, resume=book)) == 0
    first = book.read_text()
    assert run(Wanted(1, 1, resume=book)) == 0

    assert book.read_text() == first
    assert first.count("\n") == 1
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.startswith("1 seeds (1 clean) on sqlite, ")
    assert last.endswith("device core: python")
