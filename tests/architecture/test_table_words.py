"""Whatever a table shows has words on the screen: no code reaches anybody raw."""

import re
from pathlib import Path

import pytest

from app.office.tables.every import TABLES
from app.office.tables.table import Table
from app.people.models import ROLES
from app.pipeline.catalogue import CATALOGUE

PWA = Path(__file__).parents[2] / "pwa" / "src"
LISTS = {"role": ROLES, "code": tuple(CATALOGUE)}
tables = pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: str(table.name))


@pytest.fixture(scope="module")
def words() -> set[str]:
    """Every key of the English catalogue; the compiler checks the other languages against it."""
    found: set[str] = set()
    for name in (
        "en",
        "desk-en",
        "office-en",
        "tables-en",
        "now-en",
        "live-en",
        "labels-en",
        "mapping-en",
    ):
        text = (PWA / "words" / f"{name}.ts").read_text()
        found |= set(re.findall(r'^  "([\w.]+)":', text, re.MULTILINE))
    return found


@tables
def test_a_table_and_its_columns_have_names(table: Table, words: set[str]) -> None:
    shown = {f"col.{column.name}" for column in table.columns if column.name != "n"}

    assert {f"table.{table.name}", *shown} <= words


@tables
def test_every_value_of_a_choice_has_words(table: Table, words: set[str]) -> None:
    wanted = {
        f"{column.words}.{value}"
        if column.words in {"did", "code"}
        else f"is.{column.words}.{value}"
        for column in table.columns
        for value in (*column.choices, *(LISTS.get(column.words, ())))
        if column.words
    }

    assert wanted - words == set()


@tables
def test_a_table_is_a_page_of_the_office(table: Table) -> None:
    pages = (PWA / "office" / "pages.ts").read_text()

    assert re.search(rf'table\("\w+", "{table.name}"', pages)
