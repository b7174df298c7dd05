"""The browser dies right after the tone: what was shown as saved is there, and arrives."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Error, Playwright, expect

from tests.e2e.conftest import HANDHELD, PATIENCE_MS
from tests.e2e.house import GTINS, SKUS, House, Installation, tallyman
from tests.e2e.scanner import Scanner, Watch
from tests.e2e.wire import Wire
from tests.provision.chromium import Chromium

MUG, BIN = "Ceramic mug white", "D-08-3"

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


def kill_browser(profile: Path) -> None:
    """Kill every process of the browser that runs on this profile."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes()
        except OSError:  # it has ended meanwhile
            continue
        if str(profile).encode() in command:
            with suppress(ProcessLookupError):  # with its parent
                os.kill(int(process.name), signal.SIGKILL)


@pytest.mark.parametrize("fault", ["cut", "stall"])
def test_a_saved_scan_outlives_the_browser(
    open_profile: OpenProfile,
    installation: Installation,
    new_wire: Callable[[], Wire],
    house: House,
    tmp_path: Path,
    fault: str,
) -> None:
    """Killed while the wire is cut, or while the push is under way."""
    wire = new_wire()
    rosa = Scanner(open_profile().new_page(), wire).open()
    rosa.enrol(tallyman(installation, "enrolment-code").strip())
    rosa.sign_in("B-100", installation.pin)
    rosa.door("move")
    rosa.scan("DOCK-1", "From DOCK-1")
    rosa.scan(GTINS[MUG], "Scan the new place")
    getattr(wire, fault)()
    rosa.scan(BIN)
    expect(rosa.at("feedback")).to_have_attribute("data-said", "ok")
    kill_browser(tmp_path / "profile")

    again = Scanner(open_profile().new_page(), wire)
    again.page.goto(again.address)
    again.unsent(1)
    [noted] = again.journal()
    assert house.operations() == []
    wire.mend()
    again.drained()
    house.assert_holds_once(again.journal())
    assert again.journal()[0]["id"] == noted["id"]
    assert house.on_hand(SKUS[MUG], BIN) == 1
