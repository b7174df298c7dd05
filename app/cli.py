"""The `tallyman` command."""

import json
import os
import sys
from datetime import datetime

import click
from flask.cli import FlaskGroup, ScriptInfo, with_appcontext
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError

from app import serving
from app.bridging.cli import bridge
from app.db import snapshot
from app.demo.keys import keys_of
from app.factory import MIGRATIONS, create_app
from app.founding import organisation
from app.labels.cli import labels
from app.locations.models import Site
from app.people.models import ROLES
from app.people.sessions import issue_token
from app.proving.hammer.command import hammer
from app.proving.simulate.cli import simulate
from app.settings import Settings
from app.sync.enrolment import issue_code


@click.group(cls=FlaskGroup, create_app=create_app, add_version_option=False)
def main() -> None:
    """Tallyman: warehouse scanning that keeps working when the network does not."""


for command in (labels, bridge, simulate, hammer):
    main.add_command(command)


@main.command()
@with_appcontext
def migrate() -> None:
    """Bring the database to the current version."""
    bring_up_to_date()


def bring_up_to_date() -> None:
    """Apply the migrations that are missing."""
    from flask_migrate import upgrade  # noqa: PLC0415 - Alembic is slow to import

    upgrade(directory=str(MIGRATIONS))


@main.command()
@click.argument("code")
@click.argument("name")
@click.option("--time-zone", default="UTC", help="As in Europe/Madrid.")
@click.option("--language", default="en", type=click.Choice(["en", "es"]))
@click.option("--admin", default="Administrator", help="Name of the first person.")
@click.option("--username", default="admin", help="With which that person signs in.")
@click.option("--ask-password", is_flag=True, help="Ask for the password instead of making one.")
@click.option("--json", "as_json", is_flag=True)
@with_appcontext
def init(*, ask_password: bool, as_json: bool, **wanted: str) -> None:
    """Open an empty site and let its first administrator in; prints the password once."""
    from app.opening_up import Wanted, run  # noqa: PLC0415 - not every command needs it

    password = None
    if ask_password:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    bring_up_to_date()
    run(Wanted(password=password, **wanted), as_json=as_json)


@main.command()
@click.argument("path", type=click.Path(dir_okay=False))
@with_appcontext
def backup(path: str) -> None:
    """Write everything into one checked file while the site goes on working."""
    from app.safekeeping.cli import backup_to  # noqa: PLC0415 - not every command needs it

    backup_to(path)


@main.command()
@click.argument("path", type=click.Path(exists=True, dir_okay=False))
@click.option("--force", is_flag=True, help="Replace the site that is here, for ever.")
@with_appcontext
def restore(path: str, *, force: bool) -> None:
    """Furnish this installation from a backup; stop the server first."""
    from app.safekeeping.cli import restore_from  # noqa: PLC0415 - not every command needs it

    restore_from(path, force=force)


@main.command(name="identify")
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
    if not (if_empty and organisation()):
        furnish_demo()


def furnish_demo() -> None:
    """Build the demo site and say what its user must know."""
    from app.proving.demo import furnish  # noqa: PLC0415 - not every command needs it

    click.echo("\n".join(furnish()))


@main.command()
@click.option("--host", default="127.0.0.1")
@click.option("--port", default=8000)
@click.option("--demo/--no-demo", "furnished", default=True)
@click.option("--lan", is_flag=True, help="HTTPS for handhelds; PORT shows how to connect one.")
@click.option("--tls-port", default=8443, help="Where HTTPS is served with --lan.")
@click.pass_context
def start(
    ctx: click.Context, *, host: str, port: int, furnished: bool, lan: bool, tls_port: int
) -> None:
    """Migrate, furnish the demo site where there is none, and serve: one process, one start."""
    code = None
    with ctx.ensure_object(ScriptInfo).load_app().app_context():
        bring_up_to_date()
        make_ready(furnished=furnished)
        if furnished:
            code = issue_code(only_site())
            click.echo(f"  enrolment code for a handheld: {code}")
            _open_doors()
    if lan:
        serving.serve_lan(port, tls_port, code)
    serving.serve(Settings.from_environment(), host, port)


def make_ready(*, furnished: bool) -> None:
    """See to it that there is a site: the demo, or an empty one to be opened on the start page."""
    if organisation():
        return
    if furnished:
        furnish_demo()
    else:
        from app.opening_up import EMPTY, run  # noqa: PLC0415 - not every command needs it

        run(EMPTY, as_json=False)


def _open_doors() -> None:
    """Serve the demo's doors where the site is the demo; the server reads it at its start."""
    home = Settings.from_environment().home
    if keys_of(home, only_site()):
        os.environ["TALLYMAN_DEMO"] = "1"
        click.echo("  demo: open the address and tap a door; paper to scan is at /demo/sheet")


@main.command(name="import")
@click.argument("kind")
@click.argument("path", type=click.Path(exists=True, dir_okay=False))
@click.option("--preset", help="Named column mapping; see app/importing/README.md.")
@click.option("--bad", type=click.Path(dir_okay=False), help="Where bad rows are written.")
@click.option("--site", help="Code of the site, where there are several.")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="Only documents of this day.")
@click.option("--json", "as_json", is_flag=True)
@with_appcontext
def import_file(
    *,
    kind: str,
    path: str,
    preset: str | None,
    bad: str | None,
    day: datetime | None,
    site: str | None,
    as_json: bool,
) -> None:
    """Bring a file in; good rows go in, bad rows come back with the reason."""
    from app.importing.cli import run  # noqa: PLC0415 - not every command needs it

    only = day.date() if day else None
    sys.exit(run(kind, path, preset, json=as_json, bad_rows_path=bad, day=only, site=site))


@main.command()
@click.option("--seed", default=1, help="The day is the same for the same seed.")
@click.option("--orders", type=click.IntRange(1, 2_000), help="Size of the synthetic day.")
@click.option("--file", "source", type=click.Path(exists=True, dir_okay=False))
@click.option("--day", help="Which day of the file, YYYY-MM-DD.")
@click.option("--database", help="Scratch database to use; default: a temporary SQLite file.")
@click.option("--json", "as_json", is_flag=True)
def day(
    *,
    seed: int,
    orders: int | None,
    source: str | None,
    day: str | None,
    database: str | None,
    as_json: bool,
) -> None:
    """Play a day with trouble through the real protocol; check it against a model."""
    from app.proving.day.cli import ORDERS, run  # noqa: PLC0415 - not every command needs it

    sys.exit(run(source, seed, day, as_json, database, orders or ORDERS))


@main.command()
@click.argument("names", nargs=-1)
@click.option("--quick", is_flag=True, help="Fewer rounds; figures wobble more.")
@click.option("--json", "as_json", is_flag=True)
def bench(*, names: tuple[str, ...], quick: bool, as_json: bool) -> None:
    """Measure our speed beside the raw database's, in one run."""
    from app.proving.bench.running import run  # noqa: PLC0415

    sys.exit(run(names, quick=quick, as_json=as_json))


@main.command()
@click.option("--check", is_flag=True, help="Replay into a scratch database and compare.")
@with_appcontext
def rebuild(*, check: bool) -> None:
    """Prove that the log explains every row."""
    from app.proving.rebuild import run  # noqa: PLC0415

    sys.exit(run(check=check))


@main.command()
@with_appcontext
def settle() -> None:
    """Settle now what the watermarks have passed; a running server does so by itself."""
    from app.playbook import PLAYBOOK  # noqa: PLC0415 - not every command needs it
    from app.sync.settling import settle_everywhere  # noqa: PLC0415 - the same

    settle_everywhere(PLAYBOOK)


@main.command()
@click.option("--host", default="127.0.0.1")
@click.option("--port", default=8000)
@click.option("--lan", is_flag=True, help="HTTPS for handhelds; PORT shows how to connect one.")
@click.option("--tls-port", default=8443, help="Where HTTPS is served with --lan.")
def serve(*, host: str, port: int, lan: bool, tls_port: int) -> None:
    """Serve the product."""
    if lan:
        serving.serve_lan(port, tls_port, None)
    serving.serve(Settings.from_environment(), host, port)


@main.command()
@click.option("--name", "names", multiple=True, help="Another name or address of this machine.")
@click.option("--new-authority", is_flag=True, help="Every handheld must install it again.")
@click.option("--json", "as_json", is_flag=True)
def tls(*, names: tuple[str, ...], new_authority: bool, as_json: bool) -> None:
    """Make a local authority and a certificate for HTTPS on the warehouse network."""
    from app.tls.report import run  # noqa: PLC0415 - not every command needs it

    sys.exit(run(Settings.from_environment().home, names, new=new_authority, as_json=as_json))


@main.command(name="enrolment-code")
@click.option("--count", default=1, type=click.IntRange(1, 100))
@click.option("--json", "as_json", is_flag=True)
@with_appcontext
def enrolment_code(*, count: int, as_json: bool) -> None:
    """Make single-use codes with which handhelds join the site."""
    site = only_site()
    codes = [issue_code(site) for _ in range(count)]
    click.echo(json.dumps(codes) if as_json else "\n".join(codes))


@main.command()
@click.option("--role", required=True, type=click.Choice(ROLES))
@click.option("--label", default="automation")
@click.option("--json", "as_json", is_flag=True)
@with_appcontext
def token(*, role: str, label: str, as_json: bool) -> None:
    """Make a bearer token for automation; it is shown once."""
    secret = issue_token(label, role, only_site())
    click.echo(json.dumps({"token": secret, "role": role}) if as_json else secret)


def only_site() -> str:
    """Return the site of this installation; ask for one to be opened where there is none."""
    try:
        with snapshot() as session:
            site = session.scalar(select(Site.id).order_by(Site.code))
    except DatabaseError as error:
        raise click.ClickException("the database is not ready: `tallyman migrate`") from error
    if site:
        return site
    raise click.ClickException("there is no site yet: `tallyman init CODE NAME` opens one")


if __name__ == "__main__":
    main()
