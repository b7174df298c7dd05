"""`tallyman init`: an empty site, and the one person who may let everybody else in."""

import json
from dataclasses import asdict, dataclass

import click
from flask import current_app

from app.founding import FirstAdmin, Founded, first_admin, open_site
from app.kernel.problem import Problem
from app.playbook import PLAYBOOK
from app.settings import Settings


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the new site shall be called, and who begins. Without a password one is made."""

    code: str
    name: str
    time_zone: str
    language: str
    admin: str
    username: str
    password: str | None


EMPTY = Wanted("MAIN", "Main warehouse", "UTC", "en", "Administrator", "admin", None)


def run(wanted: Wanted, *, as_json: bool) -> None:
    """Open the site and say what its first person must know, once."""
    settings: Settings = current_app.config["TALLYMAN"]
    try:
        founded = open_site(PLAYBOOK, wanted.code, wanted.name, wanted.time_zone, wanted.language)
        admin = first_admin(
            PLAYBOOK,
            settings.secret_key,
            founded,
            name=wanted.admin,
            username=wanted.username,
            password=wanted.password,
        )
    except Problem as problem:
        facts = ", ".join(f"{name} {value}" for name, value in problem.facts().items())
        raise click.ClickException(f"{problem.code}: {facts}") from problem
    if as_json:
        known = asdict(admin) if admin else None
        click.echo(json.dumps({"org": founded.org, "site": founded.site, "admin": known}))
        return
    _tell(wanted, founded, admin)


def _tell(wanted: Wanted, founded: Founded, admin: FirstAdmin | None) -> None:
    click.echo(f"Site {wanted.code} “{wanted.name}” is open and empty ({founded.site}).")
    if admin is None:
        click.echo("Who could sign in before can sign in here too.")
        return
    shown = "as you typed it" if wanted.password else admin.password
    click.echo(f"  office: user {admin.username}, password {shown}")
    click.echo(f"  on a handheld: badge {admin.badge}, PIN {admin.pin}")
    click.echo("Shown once. The start page in the office leads on: `tallyman serve`.")
