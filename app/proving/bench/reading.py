"""What a handheld waits for: a scan that is looked up, its work set, its program."""

import gzip
import time
from collections.abc import Iterator
from pathlib import Path

from app.proving.bench.figures import Figure, percentile
from app.proving.bench.premises import Premises, furnish, gtin, premises
from app.proving.handheld import Handheld

SCOPE = 5_000  # rows
RESOLVE_GOAL, RESOLVE_SLOWEST = 900.0, 25.0
FIRST_GOAL, DELTA_GOAL = 300.0, 25.0
SCRIPT_GOAL = 80.0  # KiB, before the camera
ROUNDS = 5
LATER = ("camera", "office", "setup", "help")  # scripts that a handheld loads on demand, or never
PLACES = (Path(__file__).parents[2] / "pwa_dist", Path(__file__).parents[3] / "pwa" / "dist")


def resolve(*, quick: bool) -> Iterator[Figure]:
    """Ask what a scan means, one request after another."""
    scans = 300 if quick else 3_000
    with premises() as site:
        furnish(site, items=500, bins=500)
        device = site.handheld()
        times = []
        for n in range(scans):
            code = f"01{gtin(n % 500)}" if n % 2 else f"TMP:{site.bins[n % 500]}"
            scan = {"data": code, "symbology": "]C1" if n % 2 else "]C0"}
            started = time.perf_counter()
            status, answer = device.call("POST", "/api/v1/scans/resolve", scan)
            times.append(time.perf_counter() - started)
            if status != 200 or answer["type"] not in ("item", "place"):  # noqa: PLR2004
                raise RuntimeError(f"{status} {answer}")
    yield Figure("resolve", scans / sum(times), "1/s", goal=RESOLVE_GOAL)
    yield Figure("resolve-p50", percentile(times, 50), "ms")
    yield Figure("resolve-p99", percentile(times, 99), "ms", goal=RESOLVE_SLOWEST, less=True)


def pull_workset(*, quick: bool) -> Iterator[Figure]:
    """Fetch everything a new handheld needs, then a hundred changes."""
    with premises() as site:
        furnish(site, items=SCOPE // 5 * 2, bins=SCOPE // 5)
        device = site.handheld()
        rounds = 1 if quick else ROUNDS
        first = min(_timed_pull(device, "") for _ in range(rounds))
        rows = len(device.rows)
        delta = min(_delta(site, device, n) for n in range(rounds))
    yield Figure("pull-rows", rows, "rows")
    yield Figure("pull-workset", first, "ms", goal=FIRST_GOAL, less=True)
    yield Figure("pull-delta", delta, "ms", goal=DELTA_GOAL, less=True)


def _timed_pull(device: Handheld, cursor: str) -> float:
    device.cursor = cursor
    started = time.perf_counter()
    device.pull(limit=2_000)
    return (time.perf_counter() - started) * 1_000


def _delta(site: Premises, device: Handheld, n: int) -> float:
    with site.app.app_context():
        site.office(
            ("items.save_item", {"sku": sku, "name": f"Renamed {n}"}) for sku in site.skus[:100]
        )
    return _timed_pull(device, device.cursor)


def bundle(*, quick: bool) -> Iterator[Figure]:
    """Weigh the built handheld program as it travels, compressed."""
    built = next((place for place in PLACES if place.is_dir()), None)
    if built is None:
        yield Figure(
            "bundle", None, "KiB", missing="the handheld program is not built (extra `node`)"
        )
        return
    weights = {
        path.relative_to(built).as_posix(): len(gzip.compress(path.read_bytes(), 9)) / 1024
        for path in sorted(built.rglob("*"))
        if path.suffix in {".js", ".css", ".wasm", ".html"}
    }
    floor = (
        weight
        for name, weight in weights.items()
        if name.endswith(".js") and not name.removeprefix("assets/").startswith(LATER)
    )
    yield Figure("bundle-floor", sum(floor), "KiB", goal=SCRIPT_GOAL, less=True)
    yield Figure("bundle-all", sum(weights.values()), "KiB")
