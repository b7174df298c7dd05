"""One measured number, and what it is compared with."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from statistics import quantiles

SMALL = 10  # below it, decimals matter


@dataclass(frozen=True, slots=True)
class Figure:
    """`floor` is the raw equivalent in the same run; `goal` is met by `ratio` if there is one.

    With `less` the value must stay below its goal, otherwise reach it.
    """

    bench: str
    value: float | None
    unit: str
    floor: float | None = None
    goal: float | None = None
    less: bool = False
    missing: str | None = None  # what must be installed to measure it

    @property
    def ratio(self) -> float | None:
        """Ours over the floor's."""
        return self.value / self.floor if self.value is not None and self.floor else None

    @property
    def ok(self) -> bool | None:
        """Tell whether the goal was met; nothing where there is none, or nothing was measured."""
        reached = self.ratio if self.floor else self.value
        if self.goal is None or reached is None:
            return None
        return reached <= self.goal if self.less else reached >= self.goal

    def line(self) -> str:
        """Put the figure into one line of JSON."""
        told = {
            "bench": self.bench,
            "value": _short(self.value),
            "unit": self.unit,
            "floor": _short(self.floor),
            "ratio": _short(self.ratio),
            "goal": self.goal,
            "ok": self.ok,
        }
        return json.dumps(told if self.missing is None else {**told, "missing": self.missing})


def table(figures: Iterable[Figure]) -> Iterator[str]:
    """Put figures into lines for people."""
    yield f"{'bench':22} {'value':>10} {'unit':6} {'floor':>10} {'ratio':>6} {'goal':>7}"
    for figure in figures:
        if figure.missing is not None:
            yield f"{figure.bench:22} not measured: {figure.missing}"
            continue
        verdict = {True: "ok", False: "missed", None: ""}[figure.ok]
        columns = asdict(figure)
        ratio = "" if figure.ratio is None else f"{figure.ratio:.2f}"
        floor, goal = (_plain(columns[name]) for name in ("floor", "goal"))
        yield (
            f"{figure.bench:22} {_plain(figure.value):>10} {figure.unit:6} {floor:>10}"
            f" {ratio:>6} {goal:>7} {verdict}"
        )


def percentile(seconds: list[float], which: int) -> float:
    """Return the time, in milliseconds, within which so many of a hundred were done."""
    return quantiles(seconds, n=100, method="inclusive")[which - 1] * 1_000


def _plain(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.2f}" if abs(value) < SMALL else f"{value:,.0f}"


def _short(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
