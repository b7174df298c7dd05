"""What a machine lacks is named, and where everything was asked for it is a failure."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[3]
LACKING = """
def test_needs_a_browser(page):
    pass

def test_needs_a_server(create_database):
    pass

def test_needs_nothing():
    pass
"""


@pytest.fixture
def lacking(tmp_path: Path) -> Path:
    (tmp_path / "test_lacking.py").write_text(LACKING)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    return tmp_path


def run(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run pytest as on a machine that has neither browser nor server."""
    kept = {name: value for name, value in os.environ.items() if name != "TALLYMAN_TEST_ALL"}
    nowhere = {
        "TALLYMAN_TEST_CHROMIUM": str(folder / "nowhere"),
        "TALLYMAN_TEST_POSTGRES": str(folder / "nowhere"),
        "PYTHONPATH": str(CHECKOUT),
    }
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "tests.provision.fixtures", "."],
        cwd=folder,
        env={**kept, **nowhere, **environment},
        check=False,
        capture_output=True,
        text=True,
    )


class TestLeftOut:
    def test_is_named_in_the_summary(self, lacking: Path) -> None:
        answer = run(lacking)

        assert answer.returncode == 0, answer.stdout
        assert "1 × Chromium is not installed" in answer.stdout
        assert "1 × PostgreSQL server or its driver psycopg is not installed" in answer.stdout
        assert "1 passed, 2 skipped" in answer.stdout

    def test_is_a_failure_where_everything_was_asked_for(self, lacking: Path) -> None:
        answer = run(lacking, TALLYMAN_TEST_ALL="1")

        assert answer.returncode == 1
        assert "`python3 wsgi.py test` installs it" in answer.stdout
        assert "1 passed, 2 errors" in answer.stdout
