"""`tallyman simulate`."""

import sys
from pathlib import Path
from typing import Any

import click

from app.bootstrap.terminal import Stop


@click.command()
@click.option("--seed", default=1, help="The first seed; a seed is the same for ever.")
@click.option("--seeds", type=click.IntRange(1, 1_000_000), help="Default: one, or all there are.")
@click.option("--devices", type=click.IntRange(2, 6), help="Default: drawn by the seed.")
@click.option("--hours", default=8.0, type=click.FloatRange(0.5, 11), help="Virtual.")
@click.option("--database", help="PostgreSQL beside which to make databases; default: SQLite.")
@click.option("--resume", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--plant", help="Plant one of the ten bugs first.")
@click.option(
    "--core",
    default="python",
    type=click.Choice(("python", "typescript")),
    help="The scanner in Python, or the app's own modules in Node.",
)
@click.option("--jobs", default=1, type=click.IntRange(1, 64), help="Processes side by side.")
@click.option("--small-scope", is_flag=True, help="Every history of three operations, in order.")
@click.option("--ledger-only", is_flag=True, help="The ledger by itself, without handhelds.")
@click.option("--nightly", is_flag=True, help="The full count: all of it, on both databases.")
def simulate(
    *,
    jobs: int,
    small_scope: bool,
    ledger_only: bool,
    nightly: bool,
    **asked: Any,  # noqa: ANN401 - the fields of `Wanted`
) -> None:
    """Play virtual shifts with faults on the real server; check them against an oracle."""
    from app.proving.simulate import ledger_only as ledger  # noqa: PLC0415 - slow to import
    from app.proving.simulate import running, shifts  # noqa: PLC0415
    from app.proving.simulate import small_scope as small  # noqa: PLC0415

    wanted = running.Wanted(**{**asked, "seeds": asked["seeds"] or 1})
    if small_scope:
        sys.exit(small.run(wanted.database, wanted.seed, asked["seeds"]))
    if ledger_only:
        sys.exit(ledger.run(wanted.database, wanted.seed, wanted.seeds))
    try:
        if nightly:
            sys.exit(shifts.nightly(wanted, jobs))
        sys.exit(shifts.spread(wanted, jobs) if jobs > 1 else running.run(wanted))
    except Stop as stop:
        raise click.ClickException(str(stop)) from stop
