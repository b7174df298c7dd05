"""`tallyman hammer` on the command line; what it needs is imported when it runs."""

import sys

import click


@click.command()
@click.option("--minutes", default=1.0, type=click.FloatRange(0.05, 600))
@click.option("--writers", default=8, type=click.IntRange(1, 100))
@click.option("--pullers", default=8, type=click.IntRange(1, 100))
@click.option("--seed", default=1)
@click.option("--database", default="sqlite", help="sqlite, postgresql, or an empty database.")
def hammer(*, minutes: float, writers: int, pullers: int, seed: int, database: str) -> None:
    """Let many hands loose on a real server at once; judge everything they were told."""
    from app.proving.hammer.cli import Crowd, run  # noqa: PLC0415 - not every command needs it

    sys.exit(run(database, Crowd(writers, pullers, minutes * 60, seed)))
