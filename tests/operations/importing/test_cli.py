"""`tallyman import`: what it prints, and with which status it ends."""

import json
from pathlib import Path

import pytest

from app.importing.cli import run
from app.items.models import Item
from tests.operations.records import record
from tests.warehouse import Warehouse


@pytest.fixture
def items(tmp_path: Path) -> Path:
    file = tmp_path / "items.csv"
    file.write_text("sku,name\nCUP,Cup\n,Nameless\n")
    return file


class TestImport:
    def test_says_how_many_rows_were_good(
        self, site: Warehouse, items: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run("items", items, bad_rows_path=tmp_path / "bad.csv") == 1

        assert record(Item, site.item("CUP")).name == "Cup"
        assert capsys.readouterr().out.splitlines() == [
            "rows 2, good 1, bad 1",
            "  1 × import.cell",
            f"bad rows are in {tmp_path / 'bad.csv'}",
        ]

    @pytest.mark.usefixtures("site")
    @pytest.mark.parametrize(
        ("kind", "preset", "code"),
        [
            ("itmes", None, "import.unknown"),
            ("items", "martian", "import.unknown"),
            ("opening-stock", None, "import.columns"),
        ],
    )
    def test_names_what_concerns_the_whole_file(
        self,
        items: Path,
        kind: str,
        preset: str | None,
        code: str,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        assert run(kind, items, preset, json=True) == 2

        assert json.loads(capsys.readouterr().out)["code"] == code

    @pytest.mark.usefixtures("site")
    def test_never_writes_over_the_file(self, items: Path) -> None:
        before = items.read_text()

        assert run("items", items, bad_rows_path=items) == 2
        assert items.read_text() == before

    @pytest.mark.usefixtures("site")
    def test_takes_nothing_when_bad_rows_cannot_be_kept(self, items: Path, tmp_path: Path) -> None:
        assert run("items", items, bad_rows_path=tmp_path / "nowhere" / "bad.csv") == 2

    @pytest.mark.usefixtures("app")
    def test_needs_a_site(self, items: Path) -> None:
        assert run("items", items) == 2

    @pytest.mark.usefixtures("site")
    def test_takes_the_site_that_was_named(self, items: Path) -> None:
        assert run("items", items, site="S1") == 1
        assert run("items", items, site="S9") == 2
