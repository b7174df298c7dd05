"""1 December 2010 of a giftware wholesaler, played through the warehouse."""

import os
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.db import snapshot
from app.documents.models import AnnouncedReturn, SalesOrder
from app.proving.day.cli import played_day
from app.proving.day.order_file import play_file

SHARED = Path(__file__).parents[4] / "shared" / "data" / "online-retail"
FIRST_DAY = date(2010, 12, 1)
SEED = 1


@pytest.fixture
def file() -> Path:
    """The file, which is not part of the project."""
    found = SHARED / "online-retail-2010-12.csv"
    if not found.exists():
        missing = "../shared/data/online-retail is not here"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("engine_name", ["sqlite"])
class TestFirstOfDecember:
    def test_everything_holds(self, app: Flask, file: Path) -> None:
        report = played_day(app, SEED, lambda app: play_file(app, SEED, file, FIRST_DAY))

        assert report.problems == ()
        assert report.exceptions == {"over_receipt": 5}
        assert report.restated > 0
        with snapshot() as session:
            came_in = select(func.count()).where(SalesOrder.back_order_of.is_(None))
            announced = select(func.count()).where(AnnouncedReturn.status == "announced")
            assert session.scalar(came_in) == 136
            assert session.scalar(announced) == 6
