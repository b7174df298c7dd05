"""`tallyman labels`: the same labels without a browser, for scripts and large jobs."""

from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from app.db import snapshot
from app.kernel.problem import Problem
from app.labels.choosing import CHOICES, Asked, chosen
from app.labels.composing import DOTS
from app.labels.layouts import LAYOUTS, MEDIA
from app.labels.paper import Job
from app.labels.pdf import pdf
from app.labels.zpl import zpl
from app.locations.models import Site


@click.command()
@click.argument("kind", type=click.Choice(list(CHOICES)))
@click.argument("path", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--first", default="", help="The first code, or the item of a lot.")
@click.option("--last", default="", help="The last code.")
@click.option("--zone", default="", help="Only places of this zone.")
@click.option("--lot", default="", help="Only this lot.")
@click.option("--symbology", default="qr", type=click.Choice(["qr", "code128"]))
@click.option("--arrow", default="none", type=click.Choice(["none", "up", "down"]))
@click.option("--media", type=click.Choice(list(MEDIA)), help="Sheet or roll.")
@click.option("--copies", default=1, type=click.IntRange(1, 200))
@click.option("--dpi", default="203", type=click.Choice([str(dpi) for dpi in DOTS]))
@with_appcontext
def labels(
    kind: str,
    path: Path,
    *,
    media: str | None,
    copies: int,
    dpi: str,
    **which: Any,  # noqa: ANN401 - the options, named as `Asked` names them
) -> None:
    """Write labels into PATH: a PDF, or ZPL for a roll printer if it ends so."""
    try:
        job = _job(Asked(kind, **which), media, copies, int(dpi))
        if path.suffix == ".zpl":
            path.write_text(zpl(job), encoding="ascii")
        else:
            path.write_bytes(pdf(job, kind.capitalize()))
    except Problem as problem:
        raise click.ClickException(str(problem)) from problem
    click.echo(f"{len(job.labels)} labels in {path}")


def _job(asked: Asked, media: str | None, copies: int, dpi: int) -> Job:
    with snapshot() as session:
        site = session.scalars(select(Site).order_by(Site.code)).first()
        found = chosen(session, site, asked) if site else []
    if not found:
        raise click.ClickException("there are no such labels")
    paper = MEDIA[media or LAYOUTS[found[0].layout].media]
    return Job(found, paper, copies, dpi if paper.roll else None)
