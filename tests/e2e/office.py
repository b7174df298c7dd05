"""The office at a desk: the inbox of what contradicts."""

import os
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

UNFIT = """
() => [...document.querySelectorAll(".office :is(a, button, input, select)")]
  .filter((part) => part.checkVisibility())
  .flatMap((part) => {
    const name = part.getAttribute("aria-label") || part.textContent.trim()
      || [...(part.labels ?? [])].map((label) => label.textContent.trim()).join();
    const box = (part.closest("label.check") ?? part).getBoundingClientRect();
    return [
      ...(name ? [] : [`no name: ${part.outerHTML}`]),
      ...(box.height >= 47.5 ? [] : [`${box.height} px: ${part.outerHTML}`]),
    ];
  })
"""
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

    # --- tables -----------------------------------------------------------------------------

    def open(self, name: str) -> None:
        """Go to a page by the side."""
        self.at(f"desk-{name}").click()
        expect(self.at("page")).to_have_attribute("data-table", name)
        expect(self.at("waiting")).to_have_count(0)

    def search(self, text: str) -> None:
        """Type into the search field and press Enter."""
        self.at("search").fill(text)
        self.at("search").press("Enter")

    @property
    def rows(self) -> Locator:
        """The rows of the table that is open."""
        return self.at("table-row")

    def cells(self, column: str) -> Locator:
        """The cells of one column."""
        return self.page.locator(f"td[data-column={column}]")

    def is_fit_for_everybody(self) -> None:
        """Every control has a name that can be read aloud, and is large enough to be hit."""
        found: list[str] = self.page.evaluate(UNFIT)
        assert found == []

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
