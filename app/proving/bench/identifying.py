"""How fast a file of scans is identified, as `tallyman identify` does it: lines in, lines out."""

import json
import time
from collections.abc import Iterator
from io import StringIO

from app.identification.cli import run
from app.identification.epc_encoding import encode_epc
from app.proving.bench.figures import Figure
from app.proving.bench.premises import gtin

GS1_GOAL, EPC_GOAL = 3_000.0, 10_000.0
GS = "\x1d"
ITEMS = 500
PREFIX = 7  # digits of a company prefix


def identify(*, quick: bool) -> Iterator[Figure]:
    """Identify labels and tags that are all different."""
    count = 2_000 if quick else 50_000
    yield Figure("identify-gs1", _rate([_label(n) for n in range(count)]), "1/s", goal=GS1_GOAL)
    yield Figure("identify-epc", _rate([_tag(n) for n in range(count)]), "1/s", goal=EPC_GOAL)


def _label(n: int) -> str:
    data = f"01{gtin(n % ITEMS)}17{n % 70 + 26:02d}063010L{n}{GS}21S{n}"
    return json.dumps({"data": data, "symbology": "]C1"})


def _tag(n: int) -> str:
    reference = f"{n % ITEMS:06d}"
    pure = f"urn:epc:id:sgtin:9521234.{reference}.{n}"
    return json.dumps({"data": encode_epc(pure, "sgtin-96", 1, PREFIX), "symbology": None})


def _rate(lines: list[str]) -> float:
    asked, told = StringIO("\n".join(lines)), StringIO()
    started = time.perf_counter()
    run(asked, told, encode_epc=False)
    taken = time.perf_counter() - started
    answers = told.getvalue().splitlines()
    if len(answers) != len(lines) or any('"ok":false' in answer for answer in answers):
        raise RuntimeError("not everything was identified")
    return len(lines) / taken
