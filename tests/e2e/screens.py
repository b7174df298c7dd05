"""Pictures of every screen as it is served: `python -m tests.e2e.screens [FOLDER]`."""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from tests.e2e.house import ROOT, Installation, Server, furnished, look_into, tallyman
from tests.e2e.office import THEME, Desk
from tests.e2e.scanner import Scanner
from tests.e2e.strip import paste
from tests.e2e.tour import FloorTour, Look
from tests.e2e.tour_office import OfficeTour
from tests.e2e.tour_sled import with_a_sled
from tests.e2e.wire import Wire
from tests.provision import chromium

THEMES = ("light", "dark", "sunlight")
SMALL, LARGE = ViewportSize(width=360, height=640), ViewportSize(width=412, height=915)
DESK = ViewportSize(width=1280, height=800)
BADGE = "B-400"
PATIENCE_MS = 30_000


@dataclass
class Album:
    """Keeps a picture of every size and theme."""

    folder: Path
    taken: int = 0

    def of_floor(self, page: Page, name: str) -> None:
        """Take a handheld's screen, in a small and a large one."""
        for size in (LARGE, SMALL):
            page.set_viewport_size(size)
            self._themes(page, f"floor-{name}-{size['width']}x{size['height']}")

    def of_office(self, page: Page, name: str) -> None:
        """Take a desk's screen."""
        self._themes(page, f"office-{name}")

    def _themes(self, page: Page, name: str) -> None:
        kept = page.evaluate("() => document.documentElement.dataset.theme ?? 'light'")
        for theme in THEMES:
            page.evaluate(THEME, theme)
            page.screenshot(path=self.folder / f"{name}-{theme}.png", animations="disabled")
            self.taken += 1
        page.evaluate(THEME, kept)


def tour(
    browser: Browser, installation: Installation, server: Server, floor: Look, office: Look
) -> None:
    """Walk through the whole house: first the floor, then the desk that sees what it left."""
    wire = Wire(server.port)
    try:
        on_the_floor(new_page(browser, SMALL, touch=True), wire, installation, floor)
    finally:
        wire.close()
    with look_into(installation) as house:
        desk = Desk(new_page(browser, DESK, touch=False), f"http://127.0.0.1:{server.port}/")
        OfficeTour(desk, office, house).everything(installation.password)


def on_the_floor(page: Page, wire: Wire, installation: Installation, look: Look) -> None:
    """A shift of somebody who does everything."""
    steps = FloorTour(Scanner(page, wire).open(), look)
    steps.arrive(tallyman(installation, "enrolment-code").strip(), BADGE, installation.pin)
    for step in (steps.receive, steps.put_away, steps.pick, steps.ship):
        step()
    with look_into(installation) as house:
        place = house.place_of("D-006")
        house.done("counting.ask_for", {"place": house.place(place), "note": None})
    steps.scanner.pulled()
    steps.count(place, "Wool blanket")
    steps.move(place, "Wool blanket")
    steps.look_up(place, "Wool blanket")
    with_a_sled(steps, place, "Wool blanket")
    steps.beside()
    steps.offline()
    steps.full_disk(place)
    page.reload()
    steps.in_spanish()
    steps.scanner.drained()


def behind_the_doors(browser: Browser, server: Server, look: Look) -> None:
    """What somebody sees who has just typed `python3 wsgi.py up`."""
    page = new_page(browser, SMALL, touch=True)
    page.goto(f"http://127.0.0.1:{server.port}/")
    expect(page.get_by_test_id("demo-doors")).to_be_visible()
    look(page, "doors")
    page.get_by_test_id("enter-pick").tap()
    expect(page.get_by_test_id("virtual-scanner")).to_be_visible()
    look(page, "demo-pick")
    page.get_by_test_id("demo-toggle").tap()
    look(page, "demo-scanner")
    page.goto(f"http://127.0.0.1:{server.port}/too-old.html")
    look(page, "too-old")


def new_page(browser: Browser, size: ViewportSize, *, touch: bool) -> Page:
    """Open a page of its own profile."""
    context = browser.new_context(viewport=size, has_touch=touch, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE_MS)
    return context.new_page()


@contextmanager
def running(installation: Installation, command: str = "serve") -> Iterator[Server]:
    """Serve the built app of this checkout."""
    server = Server(installation, ROOT / "pwa" / "dist", command=command, insecure=False)
    server.start()
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def a_browser() -> Iterator[Browser]:
    """The tests' browser, for a program."""
    found = chromium.provide()
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(chromium.installed_node().program))
    with sync_playwright() as driver:
        driver.selectors.set_test_id_attribute("data-test")
        expect.set_options(timeout=PATIENCE_MS)
        browser = driver.chromium.launch(
            executable_path=found.program,
            args=found.arguments(),
            env=dict(found.environment()),
        )
        yield browser
        browser.close()


def photograph(folder: Path, say: Callable[[str], object]) -> None:
    """Write all pictures into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    album = Album(folder)
    with tempfile.TemporaryDirectory(prefix="tallyman-screens-") as scratch, a_browser() as browser:
        home = Path(scratch)
        installation = furnished(home, f"sqlite:///{home / 'tallyman.db'}")
        with running(installation) as server:
            tour(browser, installation, server, album.of_floor, album.of_office)
        with running(installation, "start") as server:
            behind_the_doors(browser, server, album.of_floor)
    say(f"{album.taken} pictures in {folder}\n")


def main(arguments: list[str]) -> int:
    """Photograph; with `--strip`, renew the committed picture strip from what was taken."""
    named = [argument for argument in arguments if argument != "--strip"]
    folder = Path(named[0]) if named else ROOT / "var" / "screens"
    photograph(folder, sys.stdout.write)
    if "--strip" in arguments:
        paste(folder, ROOT / "pwa" / "public" / "screens")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
