"""Quick seeds of the simulator on the app's own modules, on both databases."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap.terminal import Stop
from app.proving.simulate import engine
from app.proving.simulate.premises import Premises, premises
from app.proving.simulate.running import Wanted, one, run
from tests.provision.postgres import Cluster

# Each found something: a loss in silence, a rescue file in vain, a journal nobody waited for;
# what had been handed in for another, lost by a restore (twice); a forked file, refused for ever;
# what has to be handed in again after a restore, and was not shown as unsent (21114).
# The simulator was wrong about two: 22005 wanted back what handheld and server had both forgotten,
# 22033 waited for the second of three names that one handheld went by. 22075: an offset that a
# network had held back for an hour dated a rescued queue.
# 60410: a heartbeat told of a comparison hours old, and its age did not count.
# 80183: a heartbeat half an hour late reopened a journal that both twins had left.
# 90137: its supervisor left out nobody whose newer journal owes nothing and is silent for ever.
# 22064: a disk set back to before a rotation left a journal that only a supervisor can give up.
# 30215: an older journal, refilled after a restore, was waited for ever after.
# 30100: older journals and rescues were too large for a network, for ever.
# 22167: wiped, and set up without a trace before it could say so.
SEEDS = (
    *(1, 7, 18, 20010, 20021, 20045, 21114, 22005, 22033, 22064, 22075, 22167, 30100, 30215),
    *(41219, 41416, 41456, 60410, 80183, 90137),
)


@pytest.fixture(scope="module")
def place() -> Iterator[Premises]:
    """Somewhere to play, furnished once."""
    with premises(None) as found:
        yield found


@pytest.mark.parametrize("seed", SEEDS)
def test_a_shift_on_the_app_itself_ends_exact(place: Premises, seed: int) -> None:
    result = one(place, Wanted(seed, 1, core="typescript"), seed)

    assert result["problems"] == []


def without_time(result: dict[str, Any]) -> dict[str, Any]:
    """What a seed comes to, however long it took."""
    figures = {**result["figures"], "milliseconds of processor": 0}
    return {**result, "seconds": 0, "figures": figures}


def test_a_seed_is_the_same_for_ever(place: Premises) -> None:
    first, again = (one(place, Wanted(1, 1, core="typescript"), 1) for _ in range(2))

    assert without_time(first) == without_time(again)


@pytest.mark.postgres
def test_so_does_it_on_postgresql(postgres: Cluster, capsys: pytest.CaptureFixture[str]) -> None:
    url = postgres.create_database("simulated_core")

    assert run(Wanted(1, 1, database=url, core="typescript")) == 0
    assert capsys.readouterr().out.splitlines()[-1].endswith("device core: typescript")


def test_without_packages_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUNDLER", Path("nowhere"))

    with pytest.raises(Stop, match=r"wsgi\.py test"):
        engine.Engine()
