"""Files brought to the office: guessed, looked at, brought in, given back; hostile ones refused."""

import base64
import io
import os
import threading
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import xlsxwriter
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy.exc import NoResultFound
from werkzeug.test import TestResponse

from app.db import db, writing
from app.importing.models import FileBrought
from app.items.models import Item
from app.kernel.clock import now
from tests.operations.records import record
from tests.warehouse import Warehouse

IMPORTS = "/api/v1/office/imports"
ITEMS = b"sku,name,tracking\nCUP,Cup,\n,Nameless,\nPOT,Pot,sometimes\n"


class Desk:
    """Somebody at a desk, with files in hand."""

    def __init__(self, site: Warehouse, username: str = "s1") -> None:
        self.client: FlaskClient = site.app.test_client()
        body = {"username": username, "password": "p" * 12}
        signed = self.client.post("/api/v1/session", json=body)
        assert signed.json
        self.headers = {"X-CSRF-Token": signed.json["csrf"], "Origin": "http://localhost"}

    def post(self, path: str, body: Any) -> TestResponse:
        answer = self.client.post(f"{IMPORTS}{path}", json=body, headers=self.headers)
        db.session.remove()
        return answer

    def get(self, path: str) -> TestResponse:
        answer = self.client.get(f"{IMPORTS}{path}", buffered=True)
        db.session.remove()
        return answer

    def upload(self, kind: str, content: bytes, name: str = "file.csv") -> TestResponse:
        text = base64.b64encode(content).decode()
        return self.post("", {"kind": kind, "name": name, "content": text})

    def brought(self, kind: str, content: bytes) -> dict[str, Any]:
        answer = self.upload(kind, content)
        assert answer.status_code == 201, answer.json
        body: dict[str, Any] = answer.get_json()
        return body

    def run(self, brought: dict[str, Any], **choice: Any) -> dict[str, Any]:
        """Bring it in and wait until it is done."""
        asked = {**brought["choice"], **choice}
        assert self.post(f"/{brought['id']}/run", asked).status_code == 202
        return self.waited(brought)

    def waited(self, brought: dict[str, Any]) -> dict[str, Any]:
        """Wait until nobody works on it any more."""
        for thread in threading.enumerate():
            if thread.name == f"import {brought['id']}":
                thread.join()
        state: dict[str, Any] = self.get(f"/{brought['id']}").get_json()
        return state


@pytest.fixture
def desk(site: Warehouse) -> Desk:
    return Desk(site)


def workbook(*rows: tuple[Any, ...]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for n, row in enumerate(rows):
            sheet.write_row(n, 0, row)
    return out.getvalue()


class TestAFile:
    def test_good_rows_go_in_and_bad_ones_come_back(self, site: Warehouse, desk: Desk) -> None:
        brought = desk.brought("items", ITEMS)
        assert (brought["header"], brought["choice"]["preset"]) == (
            ["sku", "name", "tracking"],
            "plain",
        )

        done = desk.run(brought)

        assert (done["state"], done["read"], done["good"], done["bad"]) == ("done", 3, 1, 2)
        assert done["problems"] == {"import.cell": 1, "operations.bad_payload": 1}
        assert record(Item, site.item("CUP")).name == "Cup"
        given_back = desk.get(f"/{brought['id']}/bad-rows")
        assert given_back.headers["Content-Disposition"] == "attachment; filename=bad-items.csv"
        lines = given_back.text.splitlines()
        assert lines[0] == "sku,name,tracking,problem"
        assert [line.partition(",")[0] for line in lines[1:]] == ["", "POT"]

    def test_is_looked_at_before_anything_goes_in(self, desk: Desk, site: Warehouse) -> None:
        brought = desk.brought("items", ITEMS)

        seen = desk.post(f"/{brought['id']}/preview", brought["choice"]).json

        assert seen
        assert (seen["looked_at"], seen["bad"], seen["more"]) == (3, 2, False)
        assert [(row["row"], row["problem"]) for row in seen["rows"]] == [
            (2, None),
            (3, "import.cell"),
            (4, "operations.bad_payload"),
        ]
        assert [row["said"] for row in seen["rows"]] == [
            None,
            "column: sku · expected: something",
            "tracking: Must be one of: none, lot, serial.",
        ]
        with pytest.raises(NoResultFound):
            record(Item, site.item("CUP"))

    def test_the_same_file_twice_changes_nothing(self, desk: Desk, site: Warehouse) -> None:
        stock = b"place,sku,quantity\nA-01,TEA,40\n"

        for _ in range(2):
            assert desk.run(desk.brought("opening-stock", stock))["good"] == 1

        assert site.on_hand("TEA", "A-01") == 40

    def test_own_columns_are_matched_and_may_be_corrected(
        self, desk: Desk, site: Warehouse
    ) -> None:
        brought = desk.brought(
            "items", "Artículo;Descripción;Peso\nCUP;Tasa;1\nPOT;Olla;2\n".encode("cp1252")
        )
        choice = brought["choice"]
        assert (choice["preset"], choice["delimiter"], choice["encoding"]) == (
            "columns",
            ";",
            "cp1252",
        )
        assert choice["columns"] == {"sku": "Artículo", "name": "Descripción"}

        done = desk.run(brought, columns={**choice["columns"], "weight_g": "Peso"})

        assert done["good"] == 2
        assert (record(Item, site.item("POT")).name, record(Item, site.item("POT")).weight_g) == (
            "Olla",
            2,
        )

    def test_matched_in_another_way_it_says_something_else(
        self, desk: Desk, site: Warehouse
    ) -> None:
        brought = desk.brought("items", b"A;B;C\nCUP;Short;Long name\n")

        for column, name in (("B", "Short"), ("C", "Long name"), ("C", "Long name")):
            done = desk.run(brought, columns={"sku": "A", "name": column})
            assert (done["good"], done["problems"]) == (1, {})
            assert record(Item, site.item("CUP")).name == name

    def test_a_workbook_is_read_like_any_other_file(self, desk: Desk, site: Warehouse) -> None:
        content = workbook(
            ("place", "sku", "quantity", "lot", "expiry"), ("A-01", "MILK", 12, "L7", "2031-05-01")
        )

        done = desk.run(desk.brought("opening-stock", content))

        assert (done["good"], done["bad"]) == (1, 0)
        assert site.on_hand("MILK", "A-01") == 12

    def test_is_listed_with_how_it_went(self, desk: Desk) -> None:
        desk.run(desk.brought("items", ITEMS))

        listed = desk.get("").json

        assert listed
        assert [(row["kind"], row["state"], row["bad"]) for row in listed["items"]] == [
            ("items", "done", 2)
        ]


class TestProgress:
    def test_ends_at_the_last_row_of_a_long_file(self, desk: Desk) -> None:
        rows = "".join(f"N-{n},Item {n}\n" for n in range(900))
        brought = desk.brought("items", f"sku,name\n{rows}".encode())
        done = desk.run(brought)

        assert (done["state"], done["read"], done["total"], done["good"]) == ("done", 900, 900, 900)

    def test_one_file_at_a_time(self, desk: Desk, site: Warehouse) -> None:
        first = desk.brought("items", ITEMS)
        with writing() as session:
            row = session.get_one(FileBrought, first["id"])
            row.state, row.touched_at = "running", now()
        second = desk.brought("zones", b"code,name\nCOLD,Cold\n")

        busy = desk.post(f"/{second['id']}/run", second["choice"])
        assert busy.json
        assert (busy.status_code, busy.json["code"]) == (409, "import.busy")

        with writing() as session:
            session.get_one(FileBrought, first["id"]).touched_at = now() - timedelta(minutes=5)
        assert desk.run(second)["good"] == 1
        interrupted = desk.get(f"/{first['id']}").get_json()
        assert interrupted["state"] == "failed"
        assert desk.run(first)["good"] == 1


class TestWhoMay:
    def test_the_floor_may_not(self, site: Warehouse) -> None:
        counter = Desk(site, "c1")

        assert counter.upload("items", ITEMS).status_code == 403
        assert counter.get("/kinds").status_code == 403

    def test_a_supervisor_makes_no_administrators(self, desk: Desk) -> None:
        people = b"badge,name,roles\nB-77,Eve,admin\nB-78,Pia,picker\n"

        done = desk.run(desk.brought("people", people))

        assert (done["good"], done["problems"]) == (1, {"people.admin_only": 1})


def bomb() -> bytes:
    """A workbook of a few hundred bytes whose one far cell spans seventeen thousand million."""
    source, out = zipfile.ZipFile(io.BytesIO(workbook(("sku",), ("far",)))), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in source.namelist():
            text = source.read(name)
            if name.endswith("sheet1.xml"):
                text = text.replace(b'r="A2"', b'r="XFD1048576"').replace(
                    b'<row r="2"', b'<row r="1048576"'
                )
            made.writestr(name, text)
    return out.getvalue()


def inflating() -> bytes:
    """A ZIP that grows to two gigabytes of blanks."""
    source, out = zipfile.ZipFile(io.BytesIO(workbook(("sku",)))), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in source.namelist():
            if not name.endswith("sharedStrings.xml"):
                made.writestr(name, source.read(name))
        with made.open("xl/sharedStrings.xml", "w", force_zip64=True) as strings:
            strings.write(b'<sst xmlns="http://schemas.openxmlformats.org/x"><si><t>')
            for _ in range(256):
                strings.write(b"A" * (4 << 20))
            strings.write(b"</t></si></sst>")
    return out.getvalue()


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "import.file"),
    "only blanks": (lambda: b"\n\n , ,\n", "import.file"),
    "UTF-16": (lambda: "sku,name\nCUP,Cup\n".encode("utf-16"), "import.encoding"),
    "a program": (lambda: b"\x7fELF\x02\x01\x01\x00\x00\x00" * 40, "import.encoding"),
    "a ZIP that is no workbook": (lambda: b"PK\x03\x04" + b"x" * 900, "import.spreadsheet"),
    "half a workbook": (lambda: workbook(("sku", "name"))[:-200], "import.spreadsheet"),
    "one cell far away": (bomb, "import.spreadsheet"),
    "a ZIP bomb": (inflating, "import.spreadsheet"),
}


class TestHostileFiles:
    @pytest.mark.parametrize("name", HOSTILE)
    def test_are_refused_with_a_reason(self, desk: Desk, name: str) -> None:
        make, code = HOSTILE[name]

        answer = desk.upload("items", make())

        assert answer.json
        assert (answer.status_code, answer.json["code"]) == (422, code)
        assert desk.get("").json == {"items": []}

    def test_too_large_ones_are_not_read(self, desk: Desk) -> None:
        answer = desk.upload("items", b"sku,name\n" + b"x" * (10 * 1024 * 1024))

        assert answer.json
        assert (answer.status_code, answer.json["code"]) == (413, "request.too_large")

    def test_formulas_come_back_as_text(self, desk: Desk) -> None:
        brought = desk.brought("items", b"sku,name,tracking\n=cmd|' /C calc'!A0,+1,@SUM(A1)\n")
        desk.run(brought)

        (row,) = desk.get(f"/{brought['id']}/bad-rows").text.splitlines()[1:]

        assert row.startswith("'=cmd|' /C calc'!A0,'+1,'@SUM(A1),")

    @pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\evil.csv", "a" * 300, "\u202exslx"])
    def test_names_lead_nowhere(self, desk: Desk, name: str) -> None:
        answer = desk.upload("items", ITEMS, name)

        assert answer.status_code == 201
        assert answer.json
        assert "/" not in answer.json["name"]
        assert "\\" not in answer.json["name"]

    def test_without_the_extra_the_problem_has_a_name(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
    ) -> None:
        (tmp_path / "python_calamine.py").write_text("raise ImportError\n")
        monkeypatch.setenv(
            "PYTHONPATH", f"{tmp_path}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"
        )

        answer = desk.upload("items", workbook(("sku", "name")))

        assert answer.json
        assert (answer.status_code, answer.json["code"]) == (422, "import.no_spreadsheets")

    @settings(
        max_examples=40,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(
        content=some.one_of(
            some.binary(max_size=300),
            some.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")),
            some.lists(some.binary(max_size=30), max_size=8).map(
                lambda rows: b"sku,name\n" + b"\n".join(rows)
            ),
        ),
        kind=some.sampled_from(["items", "orders", "people", "opening-stock"]),
        choice=some.fixed_dictionaries(
            {},
            optional={
                "preset": some.sampled_from(["plain", "european", "columns", "none", ""]),
                "delimiter": some.sampled_from([",", ";", "\t", "|", "x"]),
                "encoding": some.sampled_from(["utf-8-sig", "cp1252", "rot13"]),
                "columns": some.dictionaries(some.text(max_size=5), some.text(max_size=5)),
            },
        ),
    )
    def test_whatever_it_is_nothing_breaks(
        self, desk: Desk, content: bytes, kind: str, choice: dict[str, Any]
    ) -> None:
        answer = desk.upload(kind, content)
        assert answer.status_code in {201, 422}
        if answer.json and answer.status_code == 201:
            seen = desk.post(f"/{answer.json['id']}/preview", choice)
            assert seen.status_code in {200, 422}, seen.json
