"""What the README shows works, line by line, in the order in which one would do it."""

import re
from pathlib import Path

import app.importing
from app.importing.presets import MATTERS
from tests.operations.importing.conftest import BringIn
from tests.warehouse import Warehouse

README = Path(app.importing.__file__).with_name("README.md")
ROW = re.compile(
    r"^\| `(?P<kind>[a-z-]+)` \| `(?P<columns>[^`]+)` \| `(?P<line>[^`]+)`", re.MULTILINE
)


class TestReadme:
    def test_names_every_column_of_every_kind(self) -> None:
        shown = {row["kind"]: row["columns"].split(",") for row in ROW.finditer(README.read_text())}

        assert shown == {
            matter.name: [c.name + "*" * c.required for c in matter.columns] for matter in MATTERS
        }

    def test_its_examples_go_in(self, site: Warehouse, bring: BringIn) -> None:
        for row in ROW.finditer(README.read_text("utf-8")):
            header = row["columns"].replace("*", "")
            report = bring(row["kind"], header, row["line"].replace("\\|", "|"))

            assert report.good == 1, (row["kind"], report)
