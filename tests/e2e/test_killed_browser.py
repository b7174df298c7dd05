"""The browser dies right after the tone: what was shown as saved is there, and arrives."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Error, Page, Playwright, expect

from tests.e2e.conftest import HANDHELD, PATIENCE_MS
from tests.e2e.house import GTINS, SKUS, House, Installation, tallyman
from tests.e2e.scanner import Scanner, Watch
from tests.e2e.wire import Wire
from tests.provision.chromium import Chromium

MUG, LAMP, BIN = "Ceramic mug white", "Desk lamp", "D-08-3"
MOMENTS_MS = (0, 2, 5, 10, 20, 50)  # after the last key of the scan
LISTEN = """() => {
  const told = () => {
    const words = document.querySelector("[data-said=ok]")?.textContent ?? "";
    if (words.includes("Desk lamp")) window.hear(words);
  };
  const all = { subtree: true, childList: true, characterData: true, attributes: true };
  new MutationObserver(told).observe(document.body, all);
}"""

OpenProfile = Callable[[], BrowserContext]


@pytest.fixture
def open_profile(
    installed_chromium: Chromium, playwright_driver: Playwright, tmp_path: Path, watch: Watch
) -> Iterator[OpenProfile]:
    """Start a browser of its own on a profile that stays on the disk."""
    playwright_driver.selectors.set_test_id_attribute("data-test")
    opened: list[BrowserContext] = []

    def start() -> BrowserContext:
        context = playwright_driver.chromium.launch_persistent_context(
            tmp_path / "profile",
            executable_path=installed_chromium.program,
            args=installed_chromium.arguments(),
            env=dict(installed_chromium.environment()),
            viewport=HANDHELD,
            has_touch=True,
        )
        context.set_default_timeout(PATIENCE_MS)
        watch.over(context)
        opened.append(context)
        return context

    yield start
    for context in opened:
        with suppress(Error):  # it was killed
            context.close()


def processes(profile: Path) -> list[int]:
    """Find every process of the browser that runs on this profile."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended meanwhile
            if str(profile).encode() in (process / "cmdline").read_bytes():
                found.append(int(process.name))
    return found


def kill(browser: list[int]) -> None:
    """Take the power away from all of them."""
    for process in browser:
        with suppress(ProcessLookupError):  # with its parent
            os.kill(process, signal.SIGKILL)


def cut(wire: Wire) -> Callable[[], None]:
    """Nothing goes out: the kill comes right after the tone."""
    wire.cut()
    return lambda: None


def stall(wire: Wire) -> Callable[[], None]:
    """The push is on its way and arrives nowhere."""
    wire.stall()
    return wire.wait_until_it_struck


def lose_answers(wire: Wire) -> Callable[[], None]:
    """The server has committed, and the device never hears of it."""
    wire.lose_answers()
    return wire.wait_until_it_struck


def listening(page: Page) -> list[str]:
    """Hear what the screen says was saved."""
    said: list[str] = []

    def hear(words: str) -> None:
        said.append(words)

    page.expose_function("hear", hear)
    page.evaluate(LISTEN)
    return said


@pytest.mark.parametrize(
    ("fault", "arrived"),
    [
        pytest.param(cut, 0, id="after the tone"),
        pytest.param(stall, 0, id="during the push"),
        pytest.param(lose_answers, 1, id="before the answer"),
    ],
)
def test_a_saved_scan_outlives_the_browser(
    open_profile: OpenProfile,
    installation: Installation,
    new_wire: Callable[[], Wire],
    house: House,
    tmp_path: Path,
    fault: Callable[[Wire], Callable[[], None]],
    arrived: int,
) -> None:
    """Killed at any point after the tone, it arrives exactly once."""
    wire = new_wire()
    rosa = Scanner(open_profile().new_page(), wire).open()
    rosa.enrol(tallyman(installation, "enrolment-code").strip())
    rosa.sign_in("B-100", installation.pin)
    rosa.sent_and_fetched()
    rosa.door("move")
    rosa.scan("DOCK-1", "From DOCK-1")
    rosa.scan(GTINS[MUG], "Scan the new place")
    struck = fault(wire)
    rosa.scan(BIN)
    expect(rosa.at("feedback")).to_have_attribute("data-said", "ok")
    struck()
    kill(processes(tmp_path / "profile"))

    again = Scanner(open_profile().new_page(), wire)
    again.page.goto(again.address)
    again.unsent(1)
    [noted] = again.journal()
    assert len(house.operations()) == arrived
    wire.mend()
    again.drained()
    house.assert_holds_once(again.journal())
    assert again.journal()[0]["id"] == noted["id"]
    assert house.on_hand(SKUS[MUG], BIN) == 1


def test_what_was_said_to_be_saved_is_saved(
    open_profile: OpenProfile,
    installation: Installation,
    new_wire: Callable[[], Wire],
    house: House,
    tmp_path: Path,
) -> None:
    """Killed while it is written, a scan is there whole or not at all; if it was said, it is."""
    wire = new_wire()
    cora = Scanner(open_profile().new_page(), wire).open()
    cora.enrol(tallyman(installation, "enrolment-code").strip())
    cora.sign_in("B-300", installation.pin)
    cora.door("count")
    cora.scan(BIN, f"Count {BIN}")
    wire.cut()
    cora.scan(GTINS[MUG], f"1 × {MUG} noted")
    for moment_ms in MOMENTS_MS:
        saved = len(cora.journal())
        said = listening(cora.page)
        cora.page.evaluate(LISTEN)
        browser = processes(tmp_path / "profile")
        cora.scan(GTINS[LAMP])
        time.sleep(moment_ms / 1000)
        kill(browser)

        cora = Scanner(open_profile().new_page(), wire)
        cora.page.goto(f"{cora.address}#/count")
        cora.shows("instruction", "Scan what is here")
        cora.shows("target", BIN)
        assert len(cora.journal()) - saved in ({1} if said else {0, 1}), moment_ms

    wire.mend()
    cora.drained()
    house.assert_holds_once(cora.journal())
