"""A real day out of a file of order lines, brought in as any such file is."""

from collections import Counter
from datetime import date
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from app.db import snapshot
from app.documents.models import SalesOrderLine
from app.importing.bringing_in import Job, bring_in
from app.importing.presets import preset_of
from app.people.models import ROLES
from app.pipeline.office import Author
from app.proving.day.house import House, Unexpected, founded
from app.proving.day.play import SPARE, Played, play
from app.proving.day.scenario import trucks
from app.proving.day.trouble import put_aways, troubled

PRESET = "online-retail"


def play_file(app: Flask, seed: int, path: Path, day: date) -> Played:
    """Play one day of a file on an empty database; the goods for it come in the morning."""
    house = founded(app, seed)
    _import(house, path, day)
    wanted, demand = _wanted()
    coming = troubled(seed, trucks(seed, demand, frozenset()))
    house.furnish(round(put_aways(coming) * SPARE))
    return play(house, seed, coming, wanted=wanted)


def _import(house: House, path: Path, day: date) -> None:
    author = Author(house.org, house.site, roles=frozenset(ROLES), device="integration:import")
    job = Job(house.playbook, author, preset_of("orders", PRESET), path, only=day)
    report = bring_in(job)
    if report.bad or not report.good:
        raise Unexpected(f"{path.name}: {report}")


def _wanted() -> tuple[dict[str, int], Counter[str]]:
    """Return order line → quantity, and item → what is wanted of it in all."""
    demand: Counter[str] = Counter()
    with snapshot() as session:
        lines = session.scalars(select(SalesOrderLine)).all()
    for line in lines:
        if line.ordered:
            demand[line.item] += line.ordered
    return {line.id: line.ordered for line in lines}, demand
