"""Rules that imports cannot say."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "app").rglob("*.py"))
LONGEST_FILE = 300
LONGEST_FUNCTION = 50
HOUSE_ENDINGS = ("utils", "helpers", "manager", "service", "misc", "common")


def functions(source: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(source.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_only_one_file_commits() -> None:
    committing = {
        str(source.relative_to(ROOT))
        for source in SOURCES
        for node in ast.walk(ast.parse(source.read_text()))
        if isinstance(node, ast.Attribute) and node.attr == "commit"
    }

    # The raw floor of the benchmark is exactly what our own path is measured against.
    assert {name for name in committing if "proving/bench" not in name} == {"app/db.py"}


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{source.relative_to(ROOT)}:{function.name} {length}"
        for source in SOURCES
        for function in functions(source)
        if (length := (function.end_lineno or 0) - function.lineno + 1) > LONGEST_FUNCTION
    ]

    assert long == []


def test_no_file_is_longer_than_three_hundred_lines() -> None:
    long = [
        f"{source.relative_to(ROOT)} {count}"
        for source in SOURCES
        if (count := len(source.read_text().splitlines())) > LONGEST_FILE
    ]

    assert long == []


def test_nothing_is_named_for_nothing() -> None:
    vague = [str(s) for s in SOURCES if s.stem.endswith(HOUSE_ENDINGS)]

    assert vague == []


@pytest.mark.parametrize("name", ["now", "random", "uuid4", "uuid7"])
def test_handlers_read_no_clock_and_draw_no_random_number(name: str) -> None:
    guilty = [
        f"{source.relative_to(ROOT)}:{node.lineno}"
        for source in SOURCES
        if source.parent.name == "operations"
        for node in ast.walk(ast.parse(source.read_text()))
        if isinstance(node, ast.Call) and getattr(node.func, "id", None) == name
    ]

    assert guilty == []


def test_there_is_one_head_of_migrations() -> None:
    revisions = sorted((ROOT / "migrations" / "versions").glob("*.py"))
    down = {
        node.value.value
        for path in revisions
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.Assign)
        and getattr(node.targets[0], "id", "") == "down_revision"
        and isinstance(node.value, ast.Constant)
    }

    assert len(down) == len(revisions)  # each follows another one, the first follows none
