"""How fast labels are drawn: a rack for the laser printer, a day's pallets for the dock's."""

import time
from collections.abc import Callable, Iterator

from app.labels import saying
from app.labels.composing import Label
from app.labels.layouts import MEDIA
from app.labels.numbers import number
from app.labels.paper import Job
from app.labels.pdf import pdf
from app.labels.symbols import bars
from app.labels.zpl import zpl
from app.proving.bench.figures import Figure

PREFIX = "39521234"


def labels(*, quick: bool) -> Iterator[Figure]:
    """Draw labels that are all different, as PDF and as ZPL."""
    count = 100 if quick else 2_000
    rack = [saying.place(f"A-{n // 10:03d}-{n % 10}", "Cold", "qr", "up") for n in range(count)]
    codes = [number("sscc", PREFIX, n) for n in range(1, count + 1)]
    pallets = [saying.unit(code, "Main warehouse", "qr", "en") for code in codes]
    sheet, roll = MEDIA["a4-16"], MEDIA["roll-105x148"]
    yield _rate("labels-place-pdf", rack, lambda each: pdf(Job(each, sheet), "Places"))
    yield _rate("labels-sscc-pdf", pallets, lambda each: pdf(Job(each, roll), "Pallets"))
    yield _rate("labels-sscc-zpl", pallets, lambda each: zpl(Job(each, roll, dpi=203)))


def _rate(name: str, drawn: list[Label], draw: Callable[[list[Label]], object]) -> Figure:
    bars.cache_clear()  # as for labels nobody has printed before
    started = time.perf_counter()
    draw(drawn)
    return Figure(name, len(drawn) / (time.perf_counter() - started), "1/s")
