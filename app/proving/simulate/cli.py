"""`tallyman simulate`."""

import sys
from pathlib import Path

import click


@click.command()
@click.option("--seed", default=1, help="The first seed; a seed is the same for ever.")
@click.option("--seeds", default=1, type=click.IntRange(1, 1_000_000))
@click.option("--devices", type=click.IntRange(2, 6), help="Default: drawn by the seed.")
@click.option("--hours", default=8.0, type=click.FloatRange(0.5, 11), help="Virtual.")
@click.option("--database", help="PostgreSQL beside which to make databases; default: SQLite.")
@click.option("--resume", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--plant", help="Plant one of the ten bugs first.")
def simulate(
    *,
    seed: int,
    seeds: int,
    devices: int | None,
    hours: float,
    database: str | None,
    resume: Path | None,
    plant: str | None,
) -> None:
    """Play virtual shifts with faults on the real server; check them against an oracle."""
    from app.proving.simulate.running import Wanted, run  # noqa: PLC0415

    sys.exit(run(Wanted(seed, seeds, devices, hours, database, resume, plant)))
