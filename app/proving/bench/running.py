"""Benchmarks by name, one after another; what cannot run here is named with what it needs."""

import sys
from collections.abc import Callable, Iterator, Sequence

from app.proving.bench import (
    desk,
    gate,
    identifying,
    in_hand,
    in_sight,
    paper,
    pushing,
    reading,
    storm,
    watching,
)
from app.proving.bench.figures import Figure, table
from app.proving.bench.servers import NoServer

Bench = Callable[..., Iterator[Figure]]

BENCHES: dict[str, Bench] = {
    "floor-sqlite": pushing.floor_sqlite,
    "floor-postgresql": pushing.floor_postgresql,
    "push-single": pushing.push_single,
    "identify": identifying.identify,
    "resolve": reading.resolve,
    "pull-workset": reading.pull_workset,
    "bundle": reading.bundle,
    "now-500": desk.now_screen,
    "floor-20-live": watching.floor_live,
    "labels": paper.labels,
    "storm": storm.storm,
    "storm-postgresql": storm.storm_postgresql,
    "rfid-reads": gate.rfid_reads,
    "in-hand": in_hand.in_hand,
    "camera": in_sight.camera,
}


def run(names: Sequence[str] = (), *, quick: bool = False, as_json: bool = False) -> int:
    """Measure and print; exit code 1 where a goal was missed, 2 for an unknown name."""
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        sys.stderr.write(f"unknown: {', '.join(unknown)}; there are {', '.join(BENCHES)}\n")
        return 2
    figures = []
    for figure in measured(names or tuple(BENCHES), quick=quick):
        figures.append(figure)
        if as_json:
            sys.stdout.write(figure.line() + "\n")
            sys.stdout.flush()
    if not as_json:
        sys.stdout.writelines(f"{line}\n" for line in table(figures))
    return 1 if any(figure.ok is False for figure in figures) else 0


def measured(names: Sequence[str], *, quick: bool) -> Iterator[Figure]:
    """Yield figures as they are measured."""
    for name in names:
        try:
            yield from BENCHES[name](quick=quick)
        except NoServer as missing:
            yield Figure(name, None, "ops/s", missing=str(missing))
