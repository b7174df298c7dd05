"""The office at a desk: the inbox of what contradicts."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect


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
