"""Printers of the site, what waits for them, and new numbers for units."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, g
from marshmallow.validate import Length, OneOf, Range, Regexp
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.db import snapshot, writing
from app.kernel.clock import millis
from app.kernel.ids import uuid7
from app.kernel.problem import Problem
from app.labels import numbers, queue
from app.labels.composing import DOTS
from app.labels.layouts import MEDIA
from app.labels.models import OPEN, Printer, PrintJob
from app.labels.paper import Job
from app.labels.runner import wake
from app.labels.zpl import zpl
from app.locations.here import site_of
from app.office.label_sheets import MOST_COPIES, WhichSchema, ask
from app.web.access import for_people
from app.web.bodies import json_body
from app.web.fields import Id, Text, Whole
from app.web.problems import NotFound
from app.web.schemas import Strict

blueprint = Blueprint("printers", __name__, url_prefix="/api/v1/office")
PLANNERS = ("supervisor", "planner", "admin")
CHIEFS = ("supervisor", "admin")
SHOWN = 50
LOWEST_PORT = 1024  # below are services that are no printers
ROLLS = [name for name, media in MEDIA.items() if media.roll]


@dataclass(eq=False)
class NameTaken(Problem):
    """Another printer of this site has this name."""

    code = "labels.printer_name"
    status = 409
    name: str


class PrinterSchema(Strict):
    """A printer; `id` null = a new one."""

    id = Id(load_default=None, allow_none=True)
    name = Text(required=True, validate=Length(1, 60))
    host = Text(required=True, validate=[Length(1, 120), Regexp(r"^[A-Za-z0-9.:_-]+$")])
    port = Whole(load_default=9100, validate=Range(LOWEST_PORT, 65535))
    dpi = Whole(required=True, validate=OneOf(list(DOTS)))
    media = Text(required=True, validate=OneOf(ROLLS))


class PrintSchema(WhichSchema):
    """Labels for a printer; the id is the asker's, so that asking twice prints once."""

    id = Id(required=True)
    printer = Id(required=True)
    copies = Whole(load_default=1, validate=Range(1, MOST_COPIES))


class NumbersSchema(Strict):
    """How many new numbers."""

    kind = Text(required=True, validate=OneOf(("lpn", "sscc")))
    count = Whole(required=True, validate=Range(1, 500))


@blueprint.get("/printers")
@for_people(*PLANNERS)
def printers() -> dict[str, Any]:
    """List the printers and how much waits for each."""
    with snapshot() as session:
        site = site_of(session, g.caller).id
        waiting = select(PrintJob.printer, func.count()).where(
            PrintJob.site == site, PrintJob.state.in_(OPEN)
        )
        counts = dict(iter(session.execute(waiting.group_by(PrintJob.printer))))
        rows = session.scalars(
            select(Printer).where(Printer.site == site, Printer.active).order_by(Printer.name)
        )
        return {
            "items": [{**_printer(row), "waiting": counts.get(row.id, 0)} for row in rows],
            "rolls": ROLLS,
            "dpi": list(DOTS),
        }


@blueprint.post("/printers")
@for_people(*CHIEFS)
def save_printer() -> dict[str, Any]:
    """Bring a printer in, or up to date."""
    asked = PrinterSchema().load(json_body())
    key = asked.pop("id") or uuid7()
    with writing() as session:
        site = site_of(session, g.caller).id
        row = session.get(Printer, key) or Printer(id=key, site=site, active=True)
        if row.site != site:
            raise NotFound
        _check_name(session, site, key, asked["name"])
        for name, value in asked.items():
            setattr(row, name, value)
        row.active = True
        session.add(row)
    wake()
    return _printer(row)


def _check_name(session: Session, site: str, key: str, name: str) -> None:
    other = session.scalar(
        select(Printer.id).where(Printer.site == site, Printer.name == name, Printer.id != key)
    )
    if other is not None:
        raise NameTaken(name=name)


@blueprint.post("/printers/<printer>/remove")
@for_people(*CHIEFS)
def remove_printer(printer: str) -> tuple[str, int]:
    """Take a printer out of use; what waits for it stays until somebody cancels it."""
    with writing() as session:
        row = session.get(Printer, printer)
        if row is None or row.site != site_of(session, g.caller).id:
            raise NotFound
        row.active = False
        row.name = f"{row.name[:20]} {row.id}"  # the name is free for the next one
    return "", 204


@blueprint.get("/print-jobs")
@for_people(*PLANNERS)
def jobs() -> dict[str, Any]:
    """List what waits, and what was printed lately."""
    with snapshot() as session:
        rows = session.execute(
            select(PrintJob, Printer.name)
            .outerjoin(Printer, Printer.id == PrintJob.printer)
            .where(PrintJob.site == site_of(session, g.caller).id)
            .order_by(PrintJob.state.not_in(OPEN), PrintJob.created_at.desc(), PrintJob.id)
            .limit(SHOWN)
        )
        return {"items": [{**_job(job), "printer": name} for job, name in rows]}


@blueprint.post("/print-jobs")
@for_people(*PLANNERS)
def print_labels() -> tuple[dict[str, Any], int]:
    """Put labels into a printer's queue; they are drawn now and printed as they are now."""
    asked = PrintSchema().load(json_body())
    with snapshot() as session:
        site = site_of(session, g.caller).id
        printer = session.get(Printer, asked["printer"])
    if printer is None or printer.site != site or not printer.active:
        raise NotFound
    labels = ask(asked)
    if not labels:
        raise NotFound
    content = zpl(Job(labels, MEDIA[printer.media], asked["copies"], printer.dpi))
    by = g.caller.id if g.caller.kind == "person" else None
    title = f"{asked['kind']} {asked['first']} {asked['last']}".strip()
    count = len(labels) * asked["copies"]
    order = queue.Order(asked["id"], queue.wish_of(asked), title, count, content, by)
    job = queue.submit(printer, order)
    wake()
    return _job(job), 202


@blueprint.post("/print-jobs/<job>/retry")
@for_people(*PLANNERS)
def retry(job: str) -> tuple[str, int]:
    """Try again now, e.g. after paper was put in."""
    return _done(queue.retry, job)


@blueprint.post("/print-jobs/<job>/cancel")
@for_people(*PLANNERS)
def cancel(job: str) -> tuple[str, int]:
    """Take a job out of the queue."""
    return _done(queue.cancel, job)


def _done(act: Callable[[str, str], bool], job: str) -> tuple[str, int]:
    with snapshot() as session:
        site = site_of(session, g.caller).id
    if not act(site, job):
        raise NotFound
    wake()
    return "", 204


@blueprint.post("/labels/numbers")
@for_people(*PLANNERS)
def new_numbers() -> tuple[dict[str, str], int]:
    """Give out numbers to be printed in the office; they are nobody else's."""
    asked = NumbersSchema().load(json_body())
    with snapshot() as session:
        site = site_of(session, g.caller)
        if asked["kind"] not in numbers.kinds_of(site):
            raise numbers.NoPrefix
    block = numbers.block_for("office", site.id, asked["kind"], None, asked["count"])
    last = block.first + block.size - 1
    spell = numbers.number
    return {
        "first": spell(block.kind, block.prefix, block.first),
        "last": spell(block.kind, block.prefix, last),
    }, 201


def _printer(row: Printer) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "host": row.host,
        "port": row.port,
        "dpi": row.dpi,
        "media": row.media,
    }


def _job(row: PrintJob) -> dict[str, Any]:
    return {
        "id": row.id,
        "title": row.title,
        "labels": row.labels,
        "state": row.state,
        "attempts": row.attempts,
        "problem": row.problem,
        "due_at": millis(row.due_at),
        "created_at": millis(row.created_at),
    }
