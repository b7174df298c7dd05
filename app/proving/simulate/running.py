"""`tallyman simulate`: seed after seed, a line for what broke, one that sums up."""

import hashlib
import json
import logging
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.proving.simulate import cores, faults
from app.proving.simulate.checks import check
from app.proving.simulate.planted import PLANTED
from app.proving.simulate.play import play
from app.proving.simulate.premises import Premises, premises
from app.proving.simulate.truth import GESTURES

HOURS = 8.0
REBUILT = 20  # of so many seeds one has its log replayed: that costs as much as the seed
COUNTED = range(100, 301)  # operations
KINDS = 3
ROOT = Path(__file__).parents[3]
SKIPPED = {"__pycache__", "node_modules", ".git", "dist"}


NOTHING = {"ok": False, "operations": {}, "injected": {}, "figures": {}, "seconds": 0.0}


@dataclass(frozen=True)
class Wanted:
    """What the command was asked for."""

    seed: int
    seeds: int
    devices: int | None = None
    hours: float = HOURS
    database: str | None = None
    resume: Path | None = None
    plant: str | None = None
    core: str = "python"

    def replay(self, seed: int) -> str:
        """The one command that plays a seed again."""
        parts = ["PYTHONHASHSEED=0 tallyman simulate", f"--seed {seed} --seeds 1"]
        parts += [f"--devices {self.devices}"] if self.devices else []
        parts += [f"--hours {self.hours:g}"] if self.hours != HOURS else []
        parts += [f"--database {self.database}"] if self.database else []
        parts += [f"--plant {self.plant}"] if self.plant else []
        parts += [f"--core {self.core}"] if self.core != "python" else []
        return " ".join(parts)


@dataclass
class Total:
    """What has been played, over all runs of this tree."""

    seeds: int = 0
    failed: list[int] = field(default_factory=list)
    operations: Counter[str] = field(default_factory=Counter)
    injected: Counter[str] = field(default_factory=Counter)
    figures: Counter[str] = field(default_factory=Counter)
    seconds: float = 0
    counted: int = 0

    def add(self, seed: int, result: dict[str, object]) -> None:
        """Count a seed in, fresh or recorded."""
        self.seeds += 1
        self.counted += counts(result)
        if not result["ok"]:
            self.failed.append(seed)
        for mine, name in (
            (self.operations, "operations"),
            (self.injected, "injected"),
            (self.figures, "figures"),
        ):
            mine.update(result[name])  # type: ignore[call-overload]
        self.seconds += float(result["seconds"])  # type: ignore[arg-type]


def counts(result: dict[str, Any]) -> bool:
    """Tell whether a seed is as large as one must be to count: operations and kinds of faults."""
    kinds = [name for name, times in result["injected"].items() if times and name in faults.EVERY]
    return sum(result["operations"].values()) in COUNTED and len(kinds) >= KINDS


def run(wanted: Wanted) -> int:
    """Play every seed that is not recorded yet; 0 = every invariant held."""
    logging.getLogger("tallyman").setLevel(logging.CRITICAL)  # what fails here fails on purpose
    cores.prepare(wanted.core)
    total, tree = Total(), tree_hash()
    known = _recorded(wanted.resume, tree, wanted)
    with premises(wanted.database) as place, ExitStack() as planted:
        if wanted.plant:
            planted.enter_context(PLANTED[wanted.plant]())
        for seed in range(wanted.seed, wanted.seed + wanted.seeds):
            result = known.get(seed) or one(place, wanted, seed)
            total.add(seed, result)
            if seed not in known and wanted.resume:
                line = {"seed": seed, "tree": tree, "about": _about(wanted), **result}
                with wanted.resume.open("a") as file:
                    file.write(json.dumps(line, sort_keys=True) + "\n")
    for text in told(total, wanted):
        sys.stdout.write(f"{text}\n")
    return 1 if total.failed else 0


def one(place: Premises, wanted: Wanted, seed: int) -> dict[str, object]:
    """Play and check one seed; what breaks is said at once, with the command that replays it."""
    began, worked = time.perf_counter(), time.process_time()
    with place.server.in_charge(seed):
        try:
            played = play(place, seed, wanted.devices, wanted.hours, wanted.core)
            verdict = check(
                place, played, rebuild=seed % REBUILT == 0, reorder=seed % REBUILT == REBUILT // 2
            )
        except Exception:  # noqa: BLE001 - whatever it is, the seed that brings it about is wanted
            sys.stdout.write(f"seed {seed}: {traceback.format_exc()}\n")
            sys.stdout.write(f"seed {seed}: again with: {wanted.replay(seed)}\n")
            return {**NOTHING, "problems": ["raised"]}
    for problem in verdict.problems:
        sys.stdout.write(f"seed {seed}: {problem}\n")
    if verdict.problems:
        sys.stdout.write(f"seed {seed}: again with: {wanted.replay(seed)}\n")
        sys.stdout.flush()
    world = played.world
    kinds = Counter(world.truth.deeds[n].kind for n in world.recorded)
    return {
        "ok": not verdict.problems,
        "problems": verdict.problems[:3],
        "operations": dict(sorted(kinds.items())),
        "injected": dict(sorted(world.injected.items())),
        "figures": {
            **verdict.figures,
            "requests": world.requests,
            "milliseconds of processor": round(1_000 * (time.process_time() - worked)),
        },
        "seconds": round(time.perf_counter() - began, 3),
    }


def told(total: Total, wanted: Wanted) -> Iterator[str]:
    """Put the sum into lines: faults, operations, coverage, and the last line."""
    yield "fault                              times"
    names = {*faults.EVERY, *total.injected} - {"crash"}
    yield from (f"{name:34} {total.injected[name]:5}" for name in sorted(names))
    yield "operation                          times"
    kinds = {verb for verb, _ in GESTURES} & total.operations.keys() | total.operations.keys()
    yield from (f"{kind:34} {total.operations[kind]:5}" for kind in sorted(kinds))
    yield from (f"{name:34} {total.figures[name]:5}" for name in sorted(total.figures))
    if total.failed:
        yield f"failed seeds: {', '.join(map(str, total.failed))}"
    engine = "postgresql" if (wanted.database or "").startswith("postgresql") else "sqlite"
    yield (
        f"{total.seeds} seeds ({total.seeds - len(total.failed)} clean) on {engine},"
        f" {total.counted} of them counted,"
        f" {sum(total.operations.values())} operations, {sum(total.injected.values())} faults,"
        f" {total.seconds:.0f} seconds ({total.seconds / max(total.seeds, 1):.2f} a seed),"
        f" device core: {wanted.core}"
    )


# --- adding up ------------------------------------------------------------------------------


def tree_hash() -> str:
    """Name this tree by the bytes of everything that takes part."""
    digest = hashlib.sha256()
    for folder, ending in (("app", "*.py"), ("migrations", "*.py"), ("pwa/src", "*.ts")):
        for path in sorted((ROOT / folder).rglob(ending)):
            if not SKIPPED & set(path.parts) and not path.name.endswith(".test.ts"):
                digest.update(f"{path.relative_to(ROOT).as_posix()}\n".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _about(wanted: Wanted) -> list[object]:
    engine = "postgresql" if (wanted.database or "").startswith("postgresql") else "sqlite"
    return [wanted.core, engine, wanted.devices, wanted.hours, wanted.plant]


def _recorded(file: Path | None, tree: str, wanted: Wanted) -> dict[int, dict[str, object]]:
    if file is None or not file.exists():
        return {}
    found = {}
    for line in file.read_text().splitlines():
        result = json.loads(line)
        if result["tree"] == tree and result["about"] == _about(wanted):
            found[result["seed"]] = result
    return found
