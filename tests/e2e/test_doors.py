"""At the doors: only a badge is a badge, and every refusal names what was asked for."""

from playwright.sync_api import expect

from tests.e2e.conftest import GiveScanner
from tests.e2e.house import GTINS, Installation

MUG = "Ceramic mug white"


def test_only_a_badge_is_a_badge(scanner: GiveScanner, installation: Installation) -> None:
    """Goods, and whatever else is scanned at the badge, are stopped; the next badge opens."""
    cora = scanner("B-300")
    cora.tap("sign-off")
    cora.shows("instruction", "Scan your badge")
    cora.scan(GTINS[MUG])
    cora.shows("feedback", "Goods. Expected: a badge")
    cora.scan("left by the cleaner")
    cora.shows("feedback", "Unknown: left by the cleaner. Expected: a badge")
    expect(cora.at("keypad")).to_be_hidden()

    cora.scan("TMB:B-300")
    cora.shows("title", "Cora Counter")
    cora.scan("D-08-3")
    cora.shows("feedback", "Place. Expected: a badge")
    cora.shows("title", "Cora Counter")
    wrong = "000000" if installation.pin != "000000" else "000001"
    for digit in wrong:
        cora.tap(f"key-{digit}")
    cora.tap("key-ok")
    cora.shows("feedback", "Badge or PIN is wrong")
    cora.sign_in("B-300", installation.pin)


def test_the_office_asks_for_a_password(scanner: GiveScanner) -> None:
    """What is wrong there is the name or the password, not a badge."""
    cora = scanner("B-300")
    cora.tap("sign-off")
    cora.tap("door-settings")
    cora.page.goto(f"{cora.address}#/office")
    cora.page.locator("input[name=username]").fill("sam")
    cora.page.locator("input[name=password]").fill("not this one")
    cora.tap("primary")
    cora.shows("feedback", "Name or password is wrong")
