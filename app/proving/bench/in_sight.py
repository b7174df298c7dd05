"""The camera: how long a label is in the picture until the screen has answered.

A real browser whose camera plays a film of labels, among them slanted and grainy ones. It needs
the extra `test` of a checkout; where that is missing, the figures are named as left out.
"""

import importlib
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from app.delivering.views import built
from app.proving.bench.figures import Figure, percentile
from app.proving.bench.in_hand import HELD, SLOWED, left_out, playing, served, signed_in, slowed
from app.proving.bench.premises import furnish, gtin, premises
from app.proving.bench.stopwatch import SIGHT

NAMES = ("camera-p50", "camera-p95")
ROUNDS = {True: 1, False: 4}  # quick or not: how often the film is looked at
PATIENCE_MS = 60_000  # for the next label
ALREADY_OPEN = "() => localStorage.setItem('tallyman.lens', 'open')"


def camera(*, quick: bool) -> Iterator[Figure]:
    """Hold labels before the camera, on this machine and on one that is slower."""
    try:
        playwright = importlib.import_module("playwright.sync_api")
        chromium = importlib.import_module("tests.provision.chromium")
        film = importlib.import_module("tests.e2e.film")
        zxing = importlib.import_module("zxingcpp")
    except ImportError:
        yield from left_out(NAMES)
        return
    found = chromium.find()
    if found is None or built() is None:
        yield from left_out(NAMES)
        return
    labels = _labels(film, zxing)
    with premises() as site, tempfile.TemporaryDirectory(prefix="tallyman-bench-") as folder:
        furnish(site, items=HELD, bins=1)
        shown = film.shoot(labels, Path(folder) / "labels.y4m")
        with served(site) as address, playing(playwright, chromium) as driver:
            browser = driver.chromium.launch(
                executable_path=found.program,
                args=[*found.arguments(), *_showing(shown)],
                env=dict(found.environment()),
            )
            page = browser.new_page(viewport={"width": 360, "height": 640})
            page.add_init_script(SIGHT)
            signed_in(site, page, address)
            for slower in (1, SLOWED[0]):
                times = _looked(page, slower, ROUNDS[quick] * len(labels))
                for which in (50, 95):
                    name = f"camera-p{which}" + (f"-cpu{slower}" if slower > 1 else "")
                    yield Figure(name, percentile([ms / 1_000 for ms in times], which), "ms")
            browser.close()


def _showing(film: Path) -> Sequence[str]:
    return (
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    )


def _labels(film: Any, zxing: Any) -> list[Any]:  # noqa: ANN401
    """Every symbology, held straight and held badly; each label another item."""
    formats = zxing.BarcodeFormat
    made = []
    for n, held in enumerate(({}, {"angle": 12, "noise": 20, "blur": 0.5, "light": 0.8})):
        ean, case, square = (gtin(3 * n + k) for k in range(3))
        of_shop, inner, link = ean[1:], f"(01){case}(10)L-{n}", f"https://id.gs1.org/01/{square}"
        for content, form, symbology, scale in (
            (of_shop, formats.EAN13, "]E0", 3),
            (gtin(10 + n), formats.Code128, "]C0", 2),
            (inner, formats.Code128, "]C1", 2),
            (f"(01){gtin(20 + n)}(10)M", formats.DataMatrix, "]d2", 4),
            (link, formats.QRCode, "]Q1", 4),
        ):
            made.append(film.Label(content, form, content, symbology, scale=scale, **held))
    return made


def _looked(page: Any, slower: int, labels: int) -> list[float]:  # noqa: ANN401
    """Milliseconds from the first picture with a label in it to the answer that was painted."""
    with slowed(page, slower):
        page.evaluate(ALREADY_OPEN)
        page.reload()
        page.click("[data-test=camera]")
        page.wait_for_function("() => window.sight.times.length > 0", timeout=PATIENCE_MS)
        page.evaluate("() => { window.sight.times = []; }")  # the first one compiled the decoder
        enough = f"() => window.sight.times.length >= {labels}"
        page.wait_for_function(enough, timeout=PATIENCE_MS * labels)
        times: list[float] = page.evaluate("() => window.sight.times")
        page.click("[data-test=back]")
    return times
