"""Somebody who has never seen the product: reads the screen, does what it says, and nothing else.

`python -m tests.e2e.newcomer http://127.0.0.1:8000` lets one loose on a demo site that runs.
"""

import os
import sys
import time
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page, expect, sync_playwright

from tests.provision import chromium

PATIENCE_MS = 30_000
TASKS = {  # door → the words by which somebody knows that the task is done
    "receive": "received",
    "putaway": " in ",
    "pick": "Ready for work",
    "count": "Counted:",
}
LONGEST = 40  # gestures after which a newcomer would have asked somebody


@dataclass
class Told:
    """What a task took."""

    door: str
    taps: int = 0
    scans: int = 0
    seconds: float = 0.0
    read: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.door:8} {self.taps:2} taps {self.scans:2} scans {self.seconds:5.1f} s"


@dataclass
class Newcomer:
    """Follows the words; knows no code, no badge and no PIN."""

    page: Page

    def at(self, name: str) -> Locator:
        """Find a part of the screen."""
        return self.page.locator(f"[data-test={name}]")

    def does(self, door: str) -> Told:
        """Enter by a door with one tap and go on until the screen says that it is done."""
        told, began = Told(door), time.monotonic()
        expect(self.at(f"enter-{door}")).to_be_visible()
        self.at(f"enter-{door}").tap()
        told.taps += 1
        expect(self.at(f"flow-{door}")).to_be_visible()
        while not self._is_done(told):
            assert told.taps + told.scans < LONGEST, "\n".join(told.read)
            self._goes_on(told)
        told.seconds = time.monotonic() - began
        return told

    def leaves(self) -> None:
        """Sign off: the doors are there again."""
        self.page.locator("button[data-test=home]").tap()
        self.at("sign-off").tap()
        expect(self.at("demo-doors")).to_be_visible()

    def _is_done(self, told: Told) -> bool:
        done = TASKS[told.door]
        return told.scans > 0 and done in self._reads("stop")

    def _goes_on(self, told: Told) -> None:
        """Tap the code that is offered; where there is none, the one large button."""
        before = self._sees()
        told.read.append(self._reads("instruction"))
        code = self.at("demo-code")
        if code.count():
            code.first.tap()
            told.scans += 1
        else:
            self.at("primary").tap()
            told.taps += 1
        deadline = time.monotonic() + PATIENCE_MS / 1000
        while self._sees() == before:
            assert time.monotonic() < deadline, f"nothing happened: {before}"
            self.page.wait_for_timeout(50)
        if "Work comes when sent" in self._reads("stop"):
            expect(self.at("stop")).to_contain_text("Go there and scan")

    def _sees(self) -> str:
        return self._reads("stop") + self._reads("virtual-scanner")

    def _reads(self, name: str) -> str:
        return " ".join(self.at(name).inner_text().split())


def figures(page: Page) -> list[Told]:
    """Every door, one after the other, from the page that is open."""
    newcomer = Newcomer(page)
    told = []
    for door in TASKS:
        told.append(newcomer.does(door))
        newcomer.leaves()
    return told


def main(address: str) -> int:
    """Let a newcomer loose on a demo site that runs."""
    found = chromium.provide()
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(chromium.installed_node().program))
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=found.program,
            args=found.arguments(),
            env=dict(found.environment()),
        )
        context = browser.new_context(viewport={"width": 360, "height": 640}, has_touch=True)
        page = context.new_page()
        page.goto(address)
        for told in figures(page):
            sys.stdout.write(f"{told}\n")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"))
