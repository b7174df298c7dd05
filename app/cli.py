"""The `tallyman` command."""

import json
import sys
from pathlib import Path

import click
from flask.cli import FlaskGroup, with_appcontext

from app.factory import MIGRATIONS, create_app
from app.founding import found_site, organisation
from app.playbook import PLAYBOOK


@click.group(cls=FlaskGroup, create_app=create_app, add_version_option=False)
def main() -> None:
    """Tallyman: warehouse scanning that keeps working when the network does not."""


@main.command()
@with_appcontext
def migrate() -> None:
    """Bring the database to the current version."""
    from flask_migrate import upgrade  # noqa: PLC0415 - Alembic is slow to import

    upgrade(directory=str(MIGRATIONS))


@main.command()
@click.argument("code")
@click.argument("name")
@click.option("--time-zone", default="UTC")
@click.option("--language", default="en")
@with_appcontext
def init(code: str, name: str, time_zone: str, language: str) -> None:
    """Open an empty site."""
    founded = found_site(PLAYBOOK, code, name, time_zone, language)
    click.echo(json.dumps({"org": founded.org, "site": founded.site}))


@main.command(name="identify", add_help_option=True)
@click.option("--encode-epc", is_flag=True, help="Encode EPC URIs instead of reading scans.")
def identify_scans(*, encode_epc: bool) -> None:
    """Read scans as JSON lines, write what they are."""
    from app.identification.cli import run  # noqa: PLC0415

    run(sys.stdin, sys.stdout, encode_epc=encode_epc)


@main.command()
@click.option("--if-empty", is_flag=True, help="Do nothing where a site exists.")
@with_appcontext
def demo(*, if_empty: bool) -> None:
    """Furnish a demonstration site."""
    if if_empty and organisation():
        return
    from app.proving.demo import furnish  # noqa: PLC0415

    for line in furnish():
        click.echo(line)


def instance_home() -> Path:
    """Return where this installation keeps its database and secrets."""
    from app.settings import Settings  # noqa: PLC0415

    return Settings.from_environment().home


if __name__ == "__main__":
    main()
