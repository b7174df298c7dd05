"""Tables of the office: complete, in order, for those who may read them."""

import csv
import sys
from collections.abc import Iterator
from io import BytesIO, StringIO
from itertools import chain, product
from typing import Any
from zipfile import ZipFile

import pytest
from flask.testing import FlaskClient

from app.kernel.ids import uuid7
from app.office.tables.every import TABLES
from app.office.tables.table import Table
from app.people.models import ROLES
from app.proving.handheld import JSON
from tests.api.desk import OFFICE, bearer, signed_in, visitor
from tests.warehouse import DOCK, LAMP, TEA, Warehouse


def desk(site: Warehouse, username: str = "s1") -> FlaskClient:
    return signed_in(site, username)[0]


def ask(client: FlaskClient, table: str, **query: Any) -> JSON:
    named = {name.replace("__", "."): value for name, value in query.items()}
    answer = client.get(f"{OFFICE}/tables/{table}", query_string=named)
    assert answer.status_code == 200, answer.get_json()
    body: JSON = answer.get_json()
    return body


def rows(client: FlaskClient, table: str, **query: Any) -> list[JSON]:
    found: list[JSON] = ask(client, table, **query)["rows"]
    return found


def pages(client: FlaskClient, table: str, **query: Any) -> Iterator[list[JSON]]:
    cursor = None
    while True:
        body = ask(client, table, **query, **({"cursor": cursor} if cursor else {}))
        yield body["rows"]
        cursor = body["next"]
        if cursor is None:
            return


def refused(client: FlaskClient, table: str, **query: Any) -> str:
    named = {name.replace("__", "."): value for name, value in query.items()}
    answer = client.get(f"{OFFICE}/tables/{table}", query_string=named)
    assert answer.status_code in (403, 404, 422), answer.status_code
    return str(answer.get_json()["code"])


class TestPaging:
    def test_nothing_twice_and_nothing_lost_while_orders_come_in(self, site: Warehouse) -> None:
        sam = desk(site)
        before = {site.order(f"SO-{n:03d}", (TEA, 1)) for n in range(20, 40)}
        seen: list[str] = []
        for n, found in enumerate(pages(sam, "orders", limit=3, sort="number")):
            seen += [row["id"] for row in found]
            site.order(f"SO-{n:03d}", (LAMP, 1))  # before what was read
            site.order(f"SO-{90 + n}", (LAMP, 1)) if n < 3 else None  # and behind it

        assert len(seen) == len(set(seen))
        assert before <= set(seen)

    def test_the_page_before_is_the_page_that_was_read(self, site: Warehouse) -> None:
        sam = desk(site)
        for n in range(7):
            site.order(f"SO-{n}", (TEA, 1))
        first = ask(sam, "orders", limit=3)
        second = ask(sam, "orders", limit=3, cursor=first["next"])

        back = ask(sam, "orders", limit=3, cursor=second["previous"])

        assert [row["number"] for row in second["rows"]] == ["SO-3", "SO-2", "SO-1"]
        assert (back["rows"], back["previous"]) == (first["rows"], None)

    def test_every_order_of_every_table_is_complete(self, site: Warehouse) -> None:
        busy(site)
        sam = desk(site)
        for name, table in TABLES.items():
            given = needed(site, table)
            whole = sorted(row["key"] for row in rows(sam, name, limit=200, **given))
            sorting = [column.name for column in table.columns if column.sorts]
            for order in chain(sorting, (f"-{column}" for column in sorting)):
                read = [
                    row for page in pages(sam, name, limit=3, sort=order, **given) for row in page
                ]
                assert sorted(row["key"] for row in read) == whole, (name, order)

    def test_a_cursor_somebody_made_up_is_refused(self, site: Warehouse) -> None:
        sam = desk(site)
        for n in range(3):
            site.order(f"SO-{n}", (TEA, 1))
        taken = ask(sam, "orders", limit=1)["next"]

        for cursor in ("x", "W10", "bnVsbA", "IiI", taken[:-3]):
            assert refused(sam, "orders", cursor=cursor) == "request.invalid"
        assert refused(sam, "orders", sort="status", cursor=taken) == "request.invalid"


def busy(site: Warehouse) -> None:
    """A little of everything that tables show."""
    handheld = site.handheld()
    site.order("SO-1", (TEA, 3), (LAMP, 2))
    site.order("SO-2", (TEA, 1))
    line = site.line(site.purchase_order("PO-1", (TEA, 10), (LAMP, 5)), 1)
    site.purchase_order("PO-2", (LAMP, 5))
    for sku, place in product((TEA, LAMP), ("A-01", "A-02", "B-01")):
        site.stock(sku, 30, place)
    site.receive(handheld, TEA, 4, po_line=line)
    site.carry(handheld, TEA, 4, DOCK, "A-01")
    site.count(handheld, "B-02")
    handheld.push()


def needed(site: Warehouse, table: Table) -> JSON:
    return {table.needs[0]: site.place("A-01")} if table.needs else {}


class TestFilters:
    def test_an_order_is_found_by_a_part_of_its_number(self, site: Warehouse) -> None:
        site.order("SO-77", (TEA, 1))
        site.order("SO-78", (TEA, 1))

        assert [row["number"] for row in rows(desk(site), "orders", q="o-77")] == ["SO-77"]

    def test_a_per_cent_sign_is_a_per_cent_sign(self, site: Warehouse) -> None:
        site.order("50%-A", (TEA, 1))
        site.order("500-A", (TEA, 1))

        assert [row["number"] for row in rows(desk(site), "orders", q="50%")] == ["50%-A"]

    def test_filters_join(self, site: Warehouse) -> None:
        busy(site)
        found = rows(desk(site), "stock", sku="te", place=site.place("A-01"), quantity__from=34)

        assert [(row["sku"], row["place_code"], row["quantity"]) for row in found] == [
            (TEA, "A-01", 34)
        ]

    def test_one_of_several_states(self, site: Warehouse) -> None:
        site.order("SO-1", (TEA, 1))
        site.order("SO-2", (TEA, 1))
        site.done("ordering.cancel_order", {"number": "SO-2"})
        sam = desk(site)

        assert len(rows(sam, "orders", status="open,cancelled")) == 2
        assert [row["number"] for row in rows(sam, "orders", status="cancelled")] == ["SO-2"]

    @pytest.mark.parametrize(
        "query",
        [
            {"sort": "ordered"},
            {"sort": "id"},
            {"sort": "secret"},
            {"ordered": "3"},
            {"nonsense": "3"},
            {"status": "nonsense"},
            {"priority": "high"},
            {"priority": "9" * 30},
            {"due__from": "9" * 15},
            {"number__from": "A"},
            {"q": "\0"},
        ],
    )
    def test_what_is_not_on_the_list_is_refused(self, site: Warehouse, query: JSON) -> None:
        assert refused(desk(site), "orders", **query) == "request.invalid"

    def test_numbers_beyond_the_column_find_nothing(self, site: Warehouse) -> None:
        site.order("SO-1", (TEA, 1))

        assert rows(desk(site), "orders", priority="9" * 15) == []

    def test_postings_are_those_of_a_key_newest_first(self, site: Warehouse) -> None:
        busy(site)
        sam = desk(site)

        assert refused(sam, "postings") == "request.invalid"
        found = rows(sam, "postings", holder=site.place("A-01"), item=site.item(TEA))
        assert [(row["kind"], row["quantity"]) for row in found] == [
            ("stock.open_stock", 30),
            ("putaway.put_away", 4),
        ]


class TestDrillingDown:
    def test_from_an_item_to_the_scan_that_brought_it(self, site: Warehouse) -> None:
        handheld = site.handheld("H7", "B1")
        scans = [{"data": "09521234543213", "symbology": "]E0"}]
        site.receive(handheld, TEA, 4, scans=scans)
        handheld.push()
        sam = desk(site)

        (item,) = follow(sam, "stock_by_item", "stock", rows(sam, "stock_by_item"))
        (posting,) = follow(sam, "stock", "postings", [item])
        story = sam.get(f"{OFFICE}/operations/{posting['operation']}").get_json()

        assert (item["place_code"], item["quantity"], posting["quantity"]) == (DOCK, 4, 4)
        assert (story["device_label"], story["actor_name"]) == ("H7", "Person B1")
        assert (story["kind"], story["words"][0]) == (
            "receiving.receive_line",
            "4 × TEA Green tea 20 bags",
        )
        assert story["scans"] == scans
        assert story["eff_at"] < story["recorded_at"]

    @pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: str(table.name))
    def test_every_link_leads_to_a_filter(self, table: Table) -> None:
        for link in table.opens:
            target = TABLES[link.table]
            assert set(link.filters.values()) <= set(table.named)
            assert all(target.named[name].filters for name in link.filters)
            assert not target.needs or set(link.filters) & set(target.needs)

    def test_what_is_not_of_this_site_does_not_exist(self, site: Warehouse) -> None:
        assert desk(site).get(f"{OFFICE}/operations/{uuid7()}").status_code == 404


def follow(client: FlaskClient, table: str, to: str, found: list[JSON]) -> list[JSON]:
    """Open the first row's way to another table."""
    (link,) = [each for each in ask(client, table, **_need(found))["opens"] if each["table"] == to]
    return rows(client, to, **{name: found[0][column] for name, column in link["filters"].items()})


def _need(found: list[JSON]) -> JSON:
    return {"holder": found[0]["holder"]} if "holder" in found[0] else {}


class TestFiles:
    def test_a_name_that_looks_like_a_formula_stays_text(self, site: Warehouse) -> None:
        evil = '=HYPERLINK("http://x","y")'
        for n, name in enumerate((evil, "+1", "-1", "@SUM(A1)", "\tx", "plain")):
            site.done("items.save_item", {"sku": f"E-{n}", "name": name})
        sam = desk(site)

        answer = sam.get(f"{OFFICE}/tables/items.csv?sku=E-")

        text = answer.get_data().decode("utf-8-sig")
        names = [row["name"] for row in csv.DictReader(StringIO(text))]
        assert names == [f"'{evil}", "'+1", "'-1", "'@SUM(A1)", "'\tx", "plain"]
        assert answer.get_data().startswith(b"\xef\xbb\xbf")
        assert "attachment" in answer.headers["Content-Disposition"]

    def test_a_file_holds_all_pages_in_order_and_no_ids(self, site: Warehouse) -> None:
        busy(site)
        sam = desk(site)

        text = sam.get(f"{OFFICE}/tables/stock.csv?sort=-quantity").get_data().decode("utf-8-sig")

        table = list(csv.DictReader(StringIO(text)))
        assert [row["quantity"] for row in table] == ["34", *["30"] * 5]
        assert "item" not in table[0]

    def test_a_workbook_has_no_formulas(self, site: Warehouse) -> None:
        site.done("items.save_item", {"sku": "E-1", "name": "=1+1"})

        answer = desk(site).get(f"{OFFICE}/tables/items.xlsx?sku=E-1")

        with ZipFile(BytesIO(answer.get_data())) as book:
            sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert "=1+1" in sheet
        assert "<f>" not in sheet

    def test_without_the_extra_it_says_which(
        self, site: Warehouse, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        sam = desk(site)
        monkeypatch.setitem(sys.modules, "xlsxwriter", None)

        answer = sam.get(f"{OFFICE}/tables/items.xlsx")

        assert (answer.status_code, answer.get_json()["extra"]) == (501, "xlsx")
        assert answer.get_json()["code"] == "tables.extra_missing"


class TestReaders:
    @pytest.mark.parametrize("role", ROLES)
    def test_a_table_is_read_by_the_roles_it_names(self, site: Warehouse, role: str) -> None:
        client, header = visitor(site), bearer(site, role)
        for name, table in TABLES.items():
            given = needed(site, table)
            for end in ("", ".csv", ".xlsx"):
                answer = client.get(
                    f"{OFFICE}/tables/{name}{end}", query_string=given, headers=header
                )
                assert (answer.status_code == 200) == (role in table.roles), (name, end)

    def test_who_counts_reads_no_quantities_whatever_else_he_is(self, site: Warehouse) -> None:
        busy(site)
        site.done(
            "people.save_person", {"badge": "C1", "name": "C", "roles": ["counter", "planner"]}
        )
        cora = desk(site, "c1")
        assert cora.get(f"{OFFICE}/operations/{uuid7()}").get_json()["code"] == "counting.blind"
        for name, table in TABLES.items():
            if "planner" not in table.roles:
                continue
            answer = cora.get(f"{OFFICE}/tables/{name}", query_string=needed(site, table))
            blind = answer.status_code == 403 and answer.get_json()["code"] == "counting.blind"
            assert blind == table.tells_quantities, name
            assert blind or not any(
                TABLES[link["table"]].tells_quantities for link in answer.get_json()["opens"]
            )

    def test_no_table_tells_quantities_without_saying_so(self) -> None:
        harmless = {name for name, table in TABLES.items() if not table.tells_quantities}

        assert harmless == {
            "asns", "customers", "suppliers", "items", "identifiers", "places", "zones",
            "reasons", "people", "devices", "tag_visits", "holds",
        }  # fmt: skip

    def test_a_place_being_counted_is_out_of_sight_for_the_one_who_counts(
        self, site: Warehouse
    ) -> None:
        busy(site)
        both = ["counter", "supervisor"]
        site.done("people.save_person", {"badge": "C1", "name": "C", "roles": both})
        handheld = site.handheld("H9", "C1")
        handheld.record("counting.count_line", _begun(site))
        handheld.push()

        sheets = {row["place_code"] for row in rows(desk(site, "c1"), "stock")}
        totals = {row["sku"]: row["on_hand"] for row in rows(desk(site, "c1"), "stock_by_item")}
        assert "A-01" not in sheets
        assert totals == {TEA: 60, LAMP: 60}
        assert "A-01" in {row["place_code"] for row in rows(desk(site), "stock")}


def _begun(site: Warehouse) -> JSON:
    return {
        "sheet": uuid7(),
        "place": site.place("A-01"),
        "goods": site.goods(TEA, 1),
        "lpn": None,
        "scans": [],
    }


class TestHistory:
    def test_a_change_is_found_by_what_was_changed(self, site: Warehouse) -> None:
        sam = desk(site)
        site.done("items.save_item", {"sku": "OAT", "name": "Oat milk"}, actor=site.person("S1"))

        (change,) = rows(sam, "changes", q="OAT")

        assert (change["kind"], change["words"]) == ("items.save_item", "OAT, Oat milk")
        assert change["actor_name"] == "Person S1"
