"""The office at a desk: the inbox of what contradicts."""

import os
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

THEME = "(theme) => { document.documentElement.dataset.theme = theme; }"


@dataclass
class Desk:
    """The page object of the office."""

    page: Page
    address: str

    def sign_in(self, username: str, password: str) -> "Desk":
        """Open the office and sign in with name and password."""
        self.page.goto(f"{self.address}#/office")
        expect(self.at("sign-in")).to_be_visible()
        self.page.locator("input[name=username]").fill(username)
        self.page.locator("input[name=password]").fill(password)
        self.at("primary").click()
        expect(self.at("office")).to_be_visible()
        return self

    def at(self, name: str) -> Locator:
        """Find a part of the screen."""
        return self.page.get_by_test_id(name)

    def exception(self, code: str) -> Locator:
        """The line of the inbox that bears this code."""
        return self.page.locator(f"[data-test=exception][data-code={code}]")

    # --- the present moment -------------------------------------------------------------------

    def figure(self, tile: str, count: int) -> None:
        """Wait until a tile says how many."""
        expect(self.at(f"tile-{tile}").locator("strong")).to_have_text(str(count))

    def row(self, kind: str, number: str) -> Locator:
        """The line of a list that bears this number."""
        return self.page.locator(f"[data-test={kind}][data-number='{number}']")

    def find(self, what: str, typed: str) -> None:
        """Type into a field that finds things, and take the first offer."""
        self.at(f"find-{what}").fill(typed)
        self.at(f"offer-{what}").first.click()

    def shoot(self, name: str) -> None:
        """Keep a picture in every theme, where pictures are wanted."""
        folder = os.environ.get("TALLYMAN_TEST_SHOTS")
        for theme in ("light", "dark", "sunlight") if folder else ():
            self.page.evaluate(THEME, theme)
            self.page.screenshot(path=Path(str(folder)) / f"desk-{name}-{theme}.png")
        if folder:
            self.page.evaluate(THEME, "light")
