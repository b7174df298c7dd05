"""What a played day looks like from above."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.proving.day.checks import Evidence
from app.proving.day.play import Played

GOALS = Path(__file__).parent / "goals.json"
NAMES = ("scans", "taps", "numbers")


@dataclass(frozen=True)
class Report:
    """Figures of a day, and what did not hold."""

    seed: int
    lines: int
    operations: int
    picked: int
    short: int
    counted: int
    recounted: int
    restated: int
    exceptions: dict[str, int]
    gestures: dict[str, dict[str, float]]  # kind of line → how often, and what each costs
    seconds: float
    problems: tuple[str, ...]

    def facts(self) -> dict[str, Any]:
        """Return the same as JSON speaks it."""
        return {**self.__dict__, "problems": list(self.problems), "ok": not self.problems}


def reported(seed: int, played: Played, evidence: Evidence, seconds: float) -> Report:
    """Sum a day up."""
    model = played.floor.model
    return Report(
        seed=seed,
        lines=len(model.wanted),
        operations=evidence.operations,
        picked=sum(1 for line, quantity in model.picked.items() if quantity == model.wanted[line]),
        short=len(model.short),
        counted=len(played.counted),
        recounted=played.recounted,
        restated=evidence.restated,
        exceptions=dict(sorted(evidence.exceptions.items())),
        gestures={kind: _each(times) for kind, times in sorted(played.floor.gestures.items())},
        seconds=round(seconds, 1),
        problems=tuple(evidence.problems),
    )


def _each(times: Counter[str]) -> dict[str, float]:
    lines = times["lines"]
    return {
        "lines": lines,
        "scans": round(times["scans"] / lines, 2),
        "taps": round(times["taps"] / lines, 2),
        "numbers": round(times["numbers"] / lines, 2),
    }


def goals() -> dict[str, dict[str, int]]:
    """The most that a line may cost; the flows of the handheld are held to the same file."""
    found: dict[str, dict[str, int]] = json.loads(GOALS.read_text(encoding="utf-8"))
    return found


def _cost(each: dict[str, float], goal: dict[str, int] | None) -> str:
    """Say what a line cost, and what it may."""
    cost = ", ".join(f"{each[name]:.2f} {name}" for name in NAMES if each[name] or name == "scans")
    if goal is None:
        return cost
    most = ", ".join(f"{goal[name]} {name}" for name in NAMES if goal[name] or name == "scans")
    return f"{cost} (goal {most})"


def told(report: Report) -> Iterator[str]:
    """Put a day into lines."""
    yield f"seed {report.seed}: {report.lines} order lines, {report.operations} operations"
    yield f"picked in full {report.picked}, with a short {report.short}"
    yield f"bins counted {report.counted}, counted again {report.recounted}"
    yield f"entries that restate a count {report.restated}"
    yield "exceptions: " + (
        ", ".join(f"{code} {n}" for code, n in report.exceptions.items()) or "none"
    )
    most = goals()
    for kind, each in report.gestures.items():
        yield f"  {kind:<24} {each['lines']:>6.0f} × {_cost(each, most.get(kind))}"
    yield from report.problems
    verdict = f"{len(report.problems)} problems" if report.problems else "everything holds"
    yield f"{verdict}, {report.seconds} s"
