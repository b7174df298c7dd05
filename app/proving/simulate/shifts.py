"""Many seeds: side by side in several processes, and the count of a night."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from app.proving.simulate import ledger_only
from app.proving.simulate.running import HOURS, Wanted, run

SQLITE = {"python": 1_500, "typescript": 500}
POSTGRESQL = {"python": 150, "typescript": 50}
LEDGER = 1_000


def nightly(wanted: Wanted, jobs: int) -> int:
    """Play the full count; what is recorded in `--resume` is not played again."""
    failed = 0
    for core, seeds in SQLITE.items():
        failed |= spread(replace(wanted, seeds=seeds, core=core, database=None), jobs)
    for core, seeds in POSTGRESQL.items() if wanted.database else ():
        failed |= spread(replace(wanted, seeds=seeds, core=core), jobs)
    if not wanted.database:
        sys.stdout.write("no --database: nothing was played on PostgreSQL\n")
    return failed | ledger_only.run(None, wanted.seed, LEDGER)


def spread(wanted: Wanted, jobs: int) -> int:
    """Let several processes play a share each, and sum up what they have recorded."""
    with tempfile.TemporaryDirectory(prefix="tallyman-shares-") as folder:
        book = wanted.resume or Path(folder) / "seeds.jsonl"
        shares = [
            subprocess.Popen([*_command(replace(share, resume=book))], stdout=subprocess.PIPE)  # noqa: S603 - ourselves
            for share in _shares(wanted, jobs)
        ]
        for share in shares:
            said, _ = share.communicate()
            sys.stdout.writelines(
                f"{line}\n" for line in said.decode().splitlines() if line.startswith("seed ")
            )
        return run(replace(wanted, resume=book))


def _shares(wanted: Wanted, jobs: int) -> Iterator[Wanted]:
    """Cut the seeds into runs of almost the same length."""
    begin = wanted.seed
    for n in range(min(jobs, wanted.seeds)):
        length = wanted.seeds // jobs + (n < wanted.seeds % jobs)
        yield replace(wanted, seed=begin, seeds=length)
        begin += length


def _command(wanted: Wanted) -> Iterator[str]:
    yield from (sys.executable, "-m", "app.cli", "simulate")
    yield from ("--seed", str(wanted.seed), "--seeds", str(wanted.seeds))
    yield from ("--resume", str(wanted.resume))
    yield from ("--devices", str(wanted.devices)) if wanted.devices else ()
    yield from ("--hours", str(wanted.hours)) if wanted.hours != HOURS else ()
    yield from ("--core", wanted.core)
    yield from ("--database", wanted.database) if wanted.database else ()
    yield from ("--plant", wanted.plant) if wanted.plant else ()
