"""Files that somebody brings to the office: kept for some days, brought in beside other work."""

import logging
import shutil
import threading
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from flask import Flask, current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import db, writing
from app.importing.bringing_in import Job, Report, bring_in
from app.importing.choosing import Choice, guess, matter_of, preset_for
from app.importing.matter import Preset
from app.importing.models import DONE, FAILED, RUNNING, FileBrought
from app.importing.problems import BadFile, Busy
from app.importing.spreadsheet import is_workbook, to_csv
from app.kernel.clock import now
from app.kernel.ids import uuid7
from app.kernel.problem import Problem
from app.pipeline.office import Author
from app.pipeline.operation import Playbook
from app.settings import Settings

log = logging.getLogger("tallyman.importing")
KEPT = timedelta(days=14)
SILENT = timedelta(seconds=90)  # longer than a batch takes: then whoever ran it is gone
PACE = 0.5  # seconds between two notes of progress
ROWS, BAD_ROWS = "rows.csv", "bad.csv"


def folder_of(brought: str) -> Path:
    """Where the file of an upload lies."""
    settings: Settings = current_app.config["TALLYMAN"]
    return settings.home / "imports" / brought


def rows_of(brought: FileBrought) -> Path:
    """Return the file of an upload, while it is kept."""
    path = folder_of(brought.id) / ROWS
    if not path.is_file():
        raise BadFile(reason="no longer kept")
    return path


def bring(
    site: str, by: str | None, kind: str, name: str, content: bytes
) -> tuple[FileBrought, Choice, tuple[str, ...]]:
    """Keep a file, a workbook unpacked; returns also how it may be read, and its header."""
    matter_of(kind)
    moment = now()
    brought = FileBrought(
        id=uuid7(),
        site=site,
        kind=kind,
        name=name,
        spreadsheet=is_workbook(content),
        by=by,
        created_at=moment,
        touched_at=moment,
    )
    folder = folder_of(brought.id)
    folder.mkdir(parents=True, mode=0o700)
    try:
        _keep(brought, folder, content)
        choice, header = guess(kind, folder / ROWS, spreadsheet=brought.spreadsheet)
        with writing() as session:
            _forget_old(session, site)
            session.add(brought)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return brought, choice, header


def _keep(brought: FileBrought, folder: Path, content: bytes) -> None:
    if not brought.spreadsheet:
        (folder / ROWS).write_bytes(content)
        return
    workbook = folder / f"workbook-{uuid4().hex}"
    workbook.write_bytes(content)
    try:
        to_csv(workbook, folder / ROWS)
    finally:
        workbook.unlink()


def _forget_old(session: Session, site: str) -> None:
    old = session.scalars(
        select(FileBrought).where(FileBrought.site == site, FileBrought.created_at < now() - KEPT)
    )
    for brought in old:
        shutil.rmtree(folder_of(brought.id), ignore_errors=True)
        session.delete(brought)


@dataclass(frozen=True, slots=True)
class Run:
    """Everything a thread needs to bring a file in."""

    app: Flask
    playbook: Playbook
    author: Author
    preset: Preset
    brought: str
    path: Path


def start(playbook: Playbook, author: Author, brought: FileBrought, choice: Choice) -> None:
    """Begin to bring a file in, in a thread of its own; one at a time on a site."""
    preset = preset_for(brought.kind, choice, spreadsheet=brought.spreadsheet)
    path = rows_of(brought)
    with writing(brought.site) as session:  # two who press at once take turns
        for other in session.scalars(
            select(FileBrought).where(
                FileBrought.site == brought.site, FileBrought.state == RUNNING
            )
        ):
            if other.touched_at > now() - SILENT:
                raise Busy
            other.state = FAILED
        row = session.get_one(FileBrought, brought.id)
        row.state, row.touched_at, row.problem, row.problems = RUNNING, now(), None, {}
        row.read = row.total = row.good = row.bad = 0
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - a thread has no request
    run = Run(app, playbook, author, preset, brought.id, path)
    threading.Thread(target=_carry_out, args=(run,), name=f"import {brought.id}").start()


def _carry_out(run: Run) -> None:
    with run.app.app_context():
        try:
            report, problem = _bring_in(run), None
        except Problem as known:
            report, problem = Report(), {"code": known.code, **known.facts()}
        except Exception:  # a thread has nobody above it; the screen must hear of it
            log.exception("import %s", run.brought)
            report, problem = Report(), {"code": "import.interrupted"}
        with writing() as session:
            row = session.get_one(FileBrought, run.brought)
            row.state = FAILED if problem else DONE
            row.read = row.total = report.rows
            row.good, row.bad = report.good, report.bad
            row.problems, row.problem, row.touched_at = dict(report.problems), problem, now()
        db.session.remove()


def _bring_in(run: Run) -> Report:
    bad_rows = run.path.with_name(BAD_ROWS)
    last = 0.0

    def note(done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last < PACE and done < total:
            return
        last = time.monotonic()
        with writing() as session:
            row = session.get_one(FileBrought, run.brought)
            row.read, row.total, row.touched_at = done, total, now()

    return bring_in(Job(run.playbook, run.author, run.preset, run.path, bad_rows), note)


def state_of(brought: FileBrought) -> str:
    """Say how it stands; what has been silent for long was interrupted and may be run again."""
    if brought.state == RUNNING and brought.touched_at < now() - SILENT:
        return FAILED
    return brought.state
