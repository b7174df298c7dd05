"""On the handheld itself: how long after a scan it is on the disk, how long until it is seen.

A real browser, slowed down, without network, with a profile on disk. It needs the extra `test` of
a checkout; where that is missing, the figures are named as left out.
"""

import importlib
import os
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from werkzeug.serving import WSGIRequestHandler, make_server

from app.delivering.views import built
from app.proving.bench.figures import Figure, percentile
from app.proving.bench.gestures import take_orders
from app.proving.bench.paperwork import LINES, prepare
from app.proving.bench.premises import BADGE, PIN, Premises, furnish, gtin, premises
from app.proving.bench.stopwatch import COLD, TAKE, TIMES, WATCH
from app.sync.enrolment import issue_code

MISSING = "needs the extra `test` of a checkout, its Chromium, and the built handheld program"
NAMES = ("scan-visible", "scan-durable", "cold-start")
SLOWED = (4, 6)  # times slower than this machine
VISIBLE, DURABLE, STARTED = 100.0, 150.0, 1_500.0  # milliseconds, at the first of these
SCANS = {True: 20, False: 100}  # quick or not
STARTS = {True: 3, False: 10}
PRESS = "Input.dispatchKeyEvent"
ENTER = {"text": "\r", "code": "Enter", "windowsVirtualKeyCode": 13}
WARM = 3  # scans before the first that counts
ECHO_MS = 350  # sooner, a second scan of the same is taken for an echo
HELD = 200  # rows beside the items that a handheld carries


def in_hand(*, quick: bool) -> Iterator[Figure]:
    """Count piece by piece at every slowness, then start the app cold."""
    try:
        playwright = importlib.import_module("playwright.sync_api")
        chromium = importlib.import_module("tests.provision.chromium")
    except ImportError:
        yield from left_out(NAMES)
        return
    found = chromium.find()
    if found is None or built() is None:
        yield from left_out(NAMES)
        return
    with premises() as site, tempfile.TemporaryDirectory(prefix="tallyman-bench-") as profile:
        furnish(site, items=HELD, bins=HELD)
        prepare(site, 20 * LINES)
        take_orders(site.handheld(), 10)
        with served(site) as address, playing(playwright, chromium) as driver:

            def opened() -> Any:  # noqa: ANN401 - Playwright is only there with the extra
                return driver.chromium.launch_persistent_context(
                    profile,
                    executable_path=found.program,
                    args=found.arguments(),
                    env=dict(found.environment()),
                    viewport={"width": 360, "height": 640},
                )

            yield from _measured(site, address, opened, quick=quick)


def _measured(
    site: Premises, address: str, opened: Callable[[], Any], *, quick: bool
) -> Iterator[Figure]:
    context = opened()
    page = signed_in(site, context.new_page(), address)
    context.set_offline(True)
    for slower in SLOWED:
        durable, visible = _counted(page, slower, SCANS[quick])
        first = slower == SLOWED[0]
        yield _figure("scan-durable", slower, durable, DURABLE if first else None)
        yield _figure("scan-visible", slower, visible, VISIBLE if first else None)
    starts = [_cold_start(context, address, SLOWED[0]) for _ in range(STARTS[quick])]
    yield _figure("cold-start", SLOWED[0], starts, STARTED)
    context.close()


def _figure(name: str, slower: int, times: list[float], goal: float | None) -> Figure:
    worst = percentile([time / 1_000 for time in times], 95)
    return Figure(f"{name}-cpu{slower}", worst, "ms", goal=goal, less=True)


def signed_in(site: Premises, page: Any, address: str) -> Any:  # noqa: ANN401
    """Bring a handheld in by its screens, as anybody does."""
    with site.app.app_context():
        code = issue_code(site.founded.site)
    page.add_init_script(WATCH)
    page.goto(address)
    page.wait_for_function("() => navigator.serviceWorker.controller !== null || true")
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_selector("[data-test=instruction]")
    _scan(page, f"TME:{code}")
    page.wait_for_selector("text=Scan your badge")
    _scan(page, f"TMB:{BADGE}")
    page.wait_for_selector("[data-test=keypad]")
    for digit in PIN:
        page.click(f"[data-test=key-{digit}]")
    page.click("[data-test=key-ok]")
    page.wait_for_selector("[data-test=home]")
    page.click("[data-test=door-count]")
    page.wait_for_selector("[data-test=flow-count]")
    _scan(page, f"TMP:{site.bins[0]}")
    page.wait_for_selector("text=Scan what is here")
    return page


def _scan(page: Any, code: str) -> None:  # noqa: ANN401
    """Type a code as fast as a scanner does, and end it."""
    page.wait_for_timeout(ECHO_MS)
    cable = page.context.new_cdp_session(page)
    for key in code:
        cable.send(PRESS, {"type": "keyDown", "key": key, "text": key})
        cable.send(PRESS, {"type": "keyUp", "key": key})
    cable.send(PRESS, {"type": "keyDown", "key": "Enter", **ENTER})
    cable.send(PRESS, {"type": "keyUp", "key": "Enter"})
    cable.detach()


def _counted(page: Any, slower: int, scans: int) -> tuple[list[float], list[float]]:  # noqa: ANN401
    """Scan items one after the other; returns milliseconds until on disk and until seen."""
    with slowed(page, slower):
        durable, visible = [], []
        for n in range(-WARM, scans):
            page.evaluate(TAKE)
            _scan(page, gtin(n % HELD))
            page.wait_for_function("() => window.stopwatch.seen > 0")
            times = page.evaluate(TIMES)
            durable.append(times["kept"])
            visible.append(times["seen"])
    return durable[WARM:], visible[WARM:]


def _cold_start(context: Any, address: str, slower: int) -> float:  # noqa: ANN401
    """Open the app in a new page without network; returns the milliseconds until work is there."""
    page = context.new_page()
    page.add_init_script(COLD)
    with slowed(page, slower):
        page.goto(address)
        page.wait_for_function("() => window.started > 0")
        started = float(page.evaluate("() => window.started"))
    page.close()
    return started


@contextmanager
def slowed(page: Any, slower: int) -> Iterator[None]:  # noqa: ANN401
    """Make the browser so many times slower than this machine."""
    cable = page.context.new_cdp_session(page)
    cable.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    yield
    cable.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    cable.detach()


class Quiet(WSGIRequestHandler):
    """Serves without telling every request: the figures are what is read."""

    def log(self, type: str, message: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(site: Premises) -> Iterator[str]:
    """Serve the site on this machine for as long as it takes."""
    server = make_server("127.0.0.1", 0, site.app, threaded=True, request_handler=Quiet)
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        serving.join()
        server.server_close()


@contextmanager
def playing(playwright: Any, chromium: Any) -> Iterator[Any]:  # noqa: ANN401
    """Start the driver on the Node that is installed here."""
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(chromium.installed_node().program))
    with playwright.sync_playwright() as driver:
        yield driver


def left_out(names: tuple[str, ...]) -> Iterator[Figure]:
    """Name what cannot be measured here."""
    return (Figure(name, None, "ms", missing=MISSING) for name in names)
