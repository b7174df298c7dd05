"""`tallyman import KIND FILE`."""

import json as codec
import sys
from datetime import date
from pathlib import Path
from typing import Any

import click
from sqlalchemy import select

from app.db import snapshot
from app.importing.bringing_in import Job, Report, bring_in
from app.importing.presets import PLAIN, preset_of
from app.importing.problems import NoSuchSite, words
from app.kernel.problem import Problem
from app.locations.models import Site
from app.people.models import ROLES
from app.pipeline.office import Author
from app.playbook import PLAYBOOK

GOOD, SOME_BAD, NOTHING = 0, 1, 2


def run(
    kind: str,
    path: str | Path,
    preset: str | None = None,
    *,
    json: bool = False,
    bad_rows_path: str | Path | None = None,
    day: date | None = None,
    site: str | None = None,
) -> int:
    """Bring a file in and say how it went: 0 all good, 1 some rows bad, 2 nothing taken."""
    bad_rows = Path(bad_rows_path) if bad_rows_path is not None else None
    try:
        chosen = preset_of(kind, preset or PLAIN)
        job = Job(PLAYBOOK, _author(site), chosen, Path(path), bad_rows, day)
        report = bring_in(job, _show)
    except Problem as problem:
        facts = {"code": problem.code, **problem.facts()}
        click.echo(codec.dumps(facts) if json else words(problem), err=not json)
        return NOTHING
    _tell(kind, chosen.name, report, bad_rows, json=json)
    return SOME_BAD if report.bad else GOOD


def _author(code: str | None) -> Author:
    """The one site, or the one that was named; at the server's own console everything may be."""
    with snapshot() as session:
        sites = session.scalars(select(Site).order_by(Site.code)).all()
    named = [site for site in sites if code is None or site.code == code]
    if len(named) != 1:
        raise NoSuchSite(known=tuple(site.code for site in sites))
    return Author(
        org=named[0].org,
        site=named[0].id,
        roles=frozenset(ROLES),
        device="integration:import",
    )


def _show(done: int, total: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r{done} / {total}", err=True, nl=done >= total)


def _tell(kind: str, preset: str, report: Report, bad_rows: Path | None, *, json: bool) -> None:
    if json:
        facts: dict[str, Any] = {
            "kind": kind,
            "preset": preset,
            "rows": report.rows,
            "good": report.good,
            "bad": report.bad,
            "problems": dict(report.problems),
            "bad_rows": str(bad_rows) if bad_rows is not None else None,
        }
        click.echo(codec.dumps(facts))
        return
    click.echo(f"rows {report.rows}, good {report.good}, bad {report.bad}")
    for code, times in report.problems.most_common():
        click.echo(f"  {times} × {code}")
    if report.bad and bad_rows is not None:
        click.echo(f"bad rows are in {bad_rows}")
