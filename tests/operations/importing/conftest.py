"""Bring files in as the command does."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.importing.bringing_in import Job, Report, bring_in
from app.importing.presets import PLAIN, preset_of
from app.people.models import ROLES
from app.pipeline.office import Author
from tests.warehouse import Warehouse

BringIn = Callable[..., Report]


@pytest.fixture
def bad_rows(tmp_path: Path) -> Path:
    return tmp_path / "bad.csv"


@pytest.fixture
def bring(site: Warehouse, tmp_path: Path, bad_rows: Path) -> BringIn:
    """Write lines to a file and bring it in: kind, header, lines."""

    def bring(kind: str, *lines: str, preset: str = PLAIN) -> Report:
        file = tmp_path / "rows.csv"
        file.write_text("".join(f"{line}\n" for line in lines), "utf-8")
        author = Author(site.org, site.site, roles=frozenset(ROLES), device="integration:import")
        job = Job(site.playbook, author, preset_of(kind, preset), file, bad_rows)
        return bring_in(job)

    return bring
