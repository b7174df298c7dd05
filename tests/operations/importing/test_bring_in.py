"""Files become records, through the same door as everything else."""

import csv
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import func, select

from app.db import snapshot
from app.documents.models import PurchaseOrderLine, SalesOrder, SalesOrderLine
from app.documents.naming import line_id, order_id, purchase_order_id
from app.importing.bringing_in import Job, Report, bring_in
from app.importing.presets import PLAIN, preset_of
from app.items.models import Item
from app.people.models import ROLES
from app.pipeline.models import StoredOperation
from app.pipeline.office import Author
from tests.operations.records import all_of, record
from tests.warehouse import LAMP, TEA, Warehouse

BringIn = Callable[..., Report]
ITEMS = "sku,name,tracking,gtin"
ORDERS = "number,customer,sku,quantity"


def operations() -> int:
    with snapshot() as session:
        return int(session.scalar(select(func.count()).select_from(StoredOperation)) or 0)


def problems(bad_rows: Path) -> list[str]:
    with bad_rows.open(encoding="utf-8", newline="") as file:
        return [row["problem"] for row in csv.DictReader(file)]


class TestRows:
    def test_good_ones_go_in_and_bad_ones_come_back(
        self, site: Warehouse, bring: BringIn, bad_rows: Path
    ) -> None:
        report = bring(
            "items",
            ITEMS,
            "CUP,Cup,,",
            ",Nameless,,",
            "POT,Pot,sometimes,",
            "PAN,Pan,,9521234543214",
        )

        assert (report.rows, report.good, report.bad) == (4, 1, 3)
        assert record(Item, site.item("CUP")).name == "Cup"
        assert problems(bad_rows) == [
            "import.cell (column=sku, expected=something)",
            "operations.bad_payload (fields={'tracking': ['Must be one of: none, lot, serial.']})",
            "items.check_digit (scanned=9521234543214)",
        ]

    def test_the_same_file_twice_changes_nothing(self, bring: BringIn) -> None:
        bring("items", ITEMS, "CUP,Cup,,", "POT,Pot,,")
        before = operations()

        report = bring("items", ITEMS, "CUP,Cup,,", "POT,Pot,,")

        assert (report.good, report.bad, operations()) == (2, 0, before)

    def test_opening_stock_of_the_same_file_is_there_once(
        self, site: Warehouse, bring: BringIn
    ) -> None:
        for _ in range(2):
            bring("opening-stock", "place,sku,quantity", "A-01,TEA,40")

        assert site.on_hand(TEA, "A-01") == 40

    def test_what_was_refused_is_asked_anew(self, site: Warehouse, bring: BringIn) -> None:
        lines = ("code,sku", "HOUSE-1,TEA", "HOUSE-2,CUP")
        assert bring("identifiers", *lines).problems == {"items.unknown_item": 1}
        assert bring("identifiers", *lines).bad == 1

        site.done("items.save_item", {"sku": "CUP", "name": "Cup"})

        assert (bring("identifiers", *lines).good, bring("identifiers", *lines).good) == (2, 2)

    def test_a_mended_file_of_bad_rows_can_be_brought(
        self, site: Warehouse, bring: BringIn, bad_rows: Path
    ) -> None:
        bring("items", ITEMS, "-CUP,=Cup,nonsense,")
        mended = bad_rows.read_text("utf-8").replace("nonsense", "none")

        assert bring("items", *mended.splitlines()).good == 1

        assert record(Item, site.item("-CUP")).name == "=Cup"

    def test_many_rows_are_all_there(self, bring: BringIn) -> None:
        lines = [f"S{n},Item {n},{'wrong' if n == 333 else ''}," for n in range(450)]

        report = bring("items", ITEMS, *lines)

        assert (report.good, report.bad) == (449, 1)
        assert len([item for item in all_of(Item) if item.sku.startswith("S")]) == 449

    def test_progress_is_told_in_rows(self, site: Warehouse, tmp_path: Path) -> None:
        file = tmp_path / "zones.csv"
        file.write_text("code,name\n" + "".join(f"Z{n},Zone {n}\n" for n in range(450)))
        author = Author(site.org, site.site, roles=frozenset(ROLES), device="integration:import")
        told: list[tuple[int, int]] = []

        bring_in(
            Job(site.playbook, author, preset_of("zones", PLAIN), file),
            lambda done, total: told.append((done, total)),
        )

        assert told == [(200, 450), (400, 450), (450, 450)]

    def test_habits_of_other_countries(self, site: Warehouse, bring: BringIn) -> None:
        lines = ("number;customer;sku;quantity;price;due", "SO-1;;TEA;2;2,55;31/12/2026 14:30")

        assert bring("orders", *lines, preset="european").good == 1

        order = record(SalesOrder, order_id(site.site, "SO-1"))
        assert order.due is not None
        assert order.due.isoformat() == "2026-12-31T14:30:00+00:00"


class TestDocuments:
    def test_rows_of_a_number_need_not_stand_together(
        self, site: Warehouse, bring: BringIn
    ) -> None:
        report = bring("orders", ORDERS, "SO-1,,TEA,1", "SO-2,,TEA,2", "SO-1,,LAMP,3")

        assert report.good == 3
        order = order_id(site.site, "SO-1")
        items = {line.item: line.ordered for line in all_of(SalesOrderLine) if line.order == order}
        assert items == {site.item(TEA): 1, site.item(LAMP): 3}

    def test_one_bad_row_keeps_the_document_out(
        self, site: Warehouse, bring: BringIn, bad_rows: Path
    ) -> None:
        report = bring("orders", ORDERS, "SO-1,,TEA,1", "SO-1,,TEA,few", "SO-2,,TEA,2")

        assert (report.good, report.bad) == (1, 2)
        assert problems(bad_rows) == [
            "import.document (row=3)",
            "import.cell (column=quantity, expected=a whole number)",
        ]
        assert [order.number for order in all_of(SalesOrder)] == ["SO-2"]

    def test_a_torn_row_keeps_its_document_out_too(self, bring: BringIn, bad_rows: Path) -> None:
        bring("orders", ORDERS, "SO-1,,TEA,1", 'SO-1,,"LAMP,1')

        assert [problem.split()[0] for problem in problems(bad_rows)] == [
            "import.document",
            "import.row",
        ]
        assert all_of(SalesOrder) == []

    def test_an_unknown_item_gives_every_row_back(self, bring: BringIn, bad_rows: Path) -> None:
        bring("orders", ORDERS, "SO-1,,TEA,1", "SO-1,,X,1")

        assert [problem.split()[0] for problem in problems(bad_rows)] == [
            "ordering.unknown_item",
            "ordering.unknown_item",
        ]

    def test_rows_must_agree_about_the_document(self, bring: BringIn) -> None:
        report = bring("orders", ORDERS, "SO-1,C1,TEA,1", "SO-1,C2,TEA,1", "SO-1,,TEA,1")

        assert report.problems == {"import.contradiction": 1, "import.document": 2}

    def test_a_newer_file_brings_an_order_up_to_date(self, site: Warehouse, bring: BringIn) -> None:
        bring("purchase-orders", "number,sku,quantity", "PO-1,TEA,10", "PO-1,LAMP,5")

        bring("purchase-orders", "number,sku,quantity", "PO-1,TEA,12")

        order = purchase_order_id(site.site, "PO-1")
        ordered = [record(PurchaseOrderLine, line_id(order, n)).ordered for n in (1, 2)]
        assert ordered == [12, 0]

    def test_an_order_may_be_longer_than_a_message(self, site: Warehouse, bring: BringIn) -> None:
        report = bring("orders", ORDERS, *["SO-1,,TEA,1"] * 1_100)

        assert report.good == 1_100
        order = order_id(site.site, "SO-1")
        assert len([line for line in all_of(SalesOrderLine) if line.order == order]) == 1_100
