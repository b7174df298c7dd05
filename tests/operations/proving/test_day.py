"""A whole day on the floor comes out as the independent book says."""

import pytest
from flask import Flask

from app.proving.day.checks import check
from app.proving.day.cli import played_day, run
from app.proving.day.model import Carried, Model
from app.proving.day.play import Played, play_synthetic
from app.proving.day.scenario import synthetic
from app.proving.day.trouble import COUNTED, OVER_RECEIPTS

ORDERS = {"sqlite": 40, "postgresql": 16}
FEW = 12
SEED = 1


class TestSyntheticDay:
    def test_everything_holds(self, app: Flask, engine_name: str) -> None:
        day = synthetic(SEED, ORDERS[engine_name])

        report = played_day(app, SEED, lambda app: play_synthetic(app, SEED, day))

        assert report.problems == ()
        assert report.exceptions == {"over_receipt": OVER_RECEIPTS}
        assert report.counted == COUNTED
        assert report.recounted > 0
        assert report.restated > 0
        assert report.short > 0

    def test_the_command_says_so(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(None, 5, None, json=False, orders=FEW) == 0

        assert "everything holds" in capsys.readouterr().out


class TestTheIndependentBook:
    """Every lie about the day is noticed."""

    @pytest.fixture
    def played(self, app: Flask) -> Played:
        return play_synthetic(app, SEED, synthetic(SEED, FEW))

    def test_notices(self, played: Played) -> None:
        model = played.floor.model
        assert check(played, rebuild=False).problems == []

        assert _untold(played, model) >= {"balance", "item"}
        assert _vanished(played, model) == {"bin"}
        assert _not_approved(played, model) >= {"balance", "variance"}
        assert _unsent(played) == {"operation"}
        assert _explained(played, model) == {"exception"}
        assert check(played, rebuild=False).problems == []


def _seen(played: Played) -> set[str]:
    return {problem.split()[0] for problem in check(played, rebuild=False).problems}


def _untold(played: Played, model: Model) -> set[str]:
    """Somebody received goods and the product heard nothing."""
    receipt = next(
        step
        for step in model.told
        if isinstance(step, Carried) and step.source == model.supplier and step.status != "damaged"
    )
    model.told.append(receipt)
    seen = _seen(played)
    model.told.pop()
    return seen


def _vanished(played: Played, model: Model) -> set[str]:
    """Goods are gone from a counted bin."""
    place = next(place for place in played.counted if model.contents().get(place))
    pile = min(model.contents()[place])
    model.hands[pile] += 1
    seen = _seen(played)
    model.hands[pile] -= 1
    return seen


def _not_approved(played: Played, model: Model) -> set[str]:
    """A count with a variance was approved that should not have been."""
    sheet, _ = next(iter(model.reckon().variances))
    model.approved.remove(sheet)
    seen = _seen(played)
    model.approved.add(sheet)
    return seen


def _unsent(played: Played) -> set[str]:
    """A handheld recorded something that never arrived."""
    device = played.crew["picker-1"].device
    device.record("picking.take_work", {"orders": 1, "scans": []})
    seen = _seen(played)
    device.queue.pop()
    return seen


def _explained(played: Played, model: Model) -> set[str]:
    """A delivery was right, and the product complains."""
    line = next(line for line, came in model.received.items() if came > model.ordered[line])
    model.ordered[line] += 100
    seen = _seen(played)
    model.ordered[line] -= 100
    return seen
