"""What `tallyman backup` and `tallyman restore` print."""

from pathlib import Path

import click
from flask import current_app

from app.db import db
from app.factory import MIGRATIONS
from app.kernel.problem import Problem
from app.safekeeping.archive import Manifest
from app.safekeeping.backup import back_up
from app.safekeeping.problems import NotEmpty, OtherSecret
from app.safekeeping.restore import restore
from app.settings import Settings

ADVICE = {
    NotEmpty: "there is a site here; --force replaces it for ever",
    OtherSecret: "unset TALLYMAN_SECRET_KEY, or set it to the secret of the backup",
}


def backup_to(path: str) -> None:
    """Write a backup and say what it holds."""
    try:
        manifest = back_up(db.engine, _settings(), Path(path))
    except Problem as problem:
        raise _told(problem) from problem
    click.echo(f"{path}: {_counted(manifest)}, read back and checked")
    click.echo("It holds the secret of PINs and passwords: keep it as you keep a key.")


def restore_from(path: str, *, force: bool) -> None:
    """Restore a backup and say what comes next."""
    try:
        manifest = restore(db.engine, _settings(), MIGRATIONS, Path(path), force=force)
    except Problem as problem:
        raise _told(problem) from problem
    click.echo(f"{_counted(manifest)} of {manifest.made_at[:16]} restored, with the secret")
    click.echo("Everybody signs in again. Handhelds fill up by themselves and send again what the")
    click.echo(
        "backup did not know. Block again what was blocked since. `tallyman rebuild --check`"
    )
    click.echo("proves the copy.")


def _counted(manifest: Manifest) -> str:
    return f"{manifest.rows} rows in {len(manifest.tables)} tables, {len(manifest.files)} files"


def _settings() -> Settings:
    found: Settings = current_app.config["TALLYMAN"]
    return found


def _told(problem: Problem) -> click.ClickException:
    facts = ", ".join(f"{name} {value}" for name, value in problem.facts().items())
    advice = ADVICE.get(type(problem), "")
    return click.ClickException(": ".join(filter(None, (problem.code, facts, advice))))
