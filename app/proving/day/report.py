"""What a played day looks like from above."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.proving.day.checks import Evidence
from app.proving.day.play import Played


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
    }


def told(report: Report) -> Iterator[str]:
    """Put a day into lines."""
    yield f"seed {report.seed}: {report.lines} order lines, {report.operations} operations"
    yield f"picked in full {report.picked}, with a short {report.short}"
    yield f"bins counted {report.counted}, counted again {report.recounted}"
    yield f"entries that restate a count {report.restated}"
    yield "exceptions: " + (
        ", ".join(f"{code} {n}" for code, n in report.exceptions.items()) or "none"
    )
    for kind, each in report.gestures.items():
        cost = f"{each['scans']:.2f} scans, {each['taps']:.2f} taps"
        yield f"  {kind:<16} {each['lines']:>6.0f} × {cost}"
    yield from report.problems
    verdict = f"{len(report.problems)} problems" if report.problems else "everything holds"
    yield f"{verdict}, {report.seconds} s"
