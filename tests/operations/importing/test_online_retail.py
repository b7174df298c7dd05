"""Five days of a giftware wholesaler, as published."""

import json
import os
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from app.documents.models import AnnouncedReturn, SalesOrder, SalesOrderLine
from app.documents.naming import line_id, order_id
from app.importing.cli import run
from app.importing.online_retail import gtin
from app.items.models import Identifier, Item
from app.items.naming import identifier_id
from tests.operations.records import all_of, record
from tests.warehouse import GTINS, Warehouse

SHARED = Path(__file__).parents[4] / "shared" / "data" / "online-retail"
FIRST_DAY = date(2010, 12, 1)


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


def kinds_of_return() -> Counter[str]:
    return Counter(announced.status for announced in all_of(AnnouncedReturn))


class TestOnlineRetail:
    def test_the_first_day(
        self, site: Warehouse, file: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run("orders", file, "online-retail", json=True, day=FIRST_DAY) == 0

        assert json.loads(capsys.readouterr().out) == {
            "kind": "orders",
            "preset": "online-retail",
            "rows": 3108,
            "good": 3108,
            "bad": 0,
            "problems": {},
            "bad_rows": None,
        }
        assert len(all_of(SalesOrder)) == 136
        assert kinds_of_return() == {"announced": 6, "adjustment": 1}
        first = record(SalesOrder, order_id(site.site, "536365"))
        assert (first.status, first.released) == ("open", True)
        assert str(first.placed_at) == "2010-12-01 08:26:00+00:00"
        line = record(SalesOrderLine, line_id(first.id, 1))
        assert (line.item, line.ordered, str(line.price)) == (site.item("85123A"), 6, "2.5500")

    @pytest.mark.slow
    def test_all_five_days_and_once_more(self, site: Warehouse, file: Path) -> None:
        run("orders", file, "online-retail", day=FIRST_DAY)
        for _ in range(2):
            assert run("orders", file, "online-retail") == 0

        items = Counter(item.stocked for item in all_of(Item))
        ours = 4  # the fixture's own
        assert items == {True: 2009 + ours, False: 6}
        assert len(all_of(SalesOrder)) == 439
        assert kinds_of_return() == {"announced": 43, "adjustment": 30}
        assert len(all_of(Identifier)) == 2009 + len(GTINS)
        lantern = record(Item, site.item("71053"))
        assert lantern.name == "WHITE METAL LANTERN"
        second = identifier_id(site.org, gtin(2).zfill(14))
        assert record(Identifier, second).item == lantern.id


class TestGtin:
    def test_is_in_the_demonstration_range(self) -> None:
        assert (gtin(1), gtin(2009)) == ("9520000000011", "9520000020095")
