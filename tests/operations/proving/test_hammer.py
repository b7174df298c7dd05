"""Writers and pullers on a real server at once: no change is ever skipped, no answer a lie."""

import pytest

from app.proving.hammer.cli import Crowd, hammered
from tests.conftest import FreshDatabase

CROWD = Crowd(writers=6, pullers=6, seconds=5, seed=1)


@pytest.mark.slow
def test_no_change_is_skipped_by_anybody(engine_name: str, fresh_database: FreshDatabase) -> None:
    """On PostgreSQL there are several processes, on SQLite one with many threads."""
    url = fresh_database(engine_name) if engine_name == "postgresql" else None

    told = hammered(url, CROWD)

    assert told.findings == []
    history, count = told.history, told.count
    assert len(history.log) > len(history.issued) > 100
    assert len(history.pulled) > 100
    assert min(len(history.entered), len(history.looked)) > 0
    assert count.deaf + count.late > 0
    assert count.twice > 0
