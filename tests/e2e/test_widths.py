"""At 1280 nothing of the office lies beyond the right edge, in either language, row open or not."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.e2e.conftest import DESK
from tests.e2e.house import Installation, Server, tallyman
from tests.e2e.office import Desk
from tests.e2e.tour_office import BEHIND, PAGES, SPEAK, TABLES, TILES

# Reached from a row of another table.
FROM_ROWS = (("stock", "postings"), ("asn_units", "sightings"))
# Whatever scrolls or cuts: what lies beyond its edge cannot be seen.
TOO_WIDE = """
() => [document.documentElement, ...document.querySelectorAll(".office *")]
  .filter((part) => part.scrollWidth > part.clientWidth && part.clientWidth > 1)
  .filter((part) => part === document.documentElement
    || getComputedStyle(part).overflowX !== "visible" && !part.matches("input, select"))
  .map((part) => `${part.className || part.tagName}: ${part.scrollWidth} > ${part.clientWidth}`)
"""
# As long as people make them.
ITEMS = """sku,name,tracking
GALV-TRAY-300X3000,"Galvanised cable tray with perforated cover, 300 mm, 3 m",lot
"""


@pytest.fixture
def sam(
    new_context: Callable[..., BrowserContext], server: Server, installation: Installation
) -> Desk:
    """A supervisor at a desk of the usual size."""
    items = installation.home / "items.csv"
    items.write_text(ITEMS)
    tallyman(installation, "import", "items", str(items))
    page = new_context(viewport=DESK, has_touch=False).new_page()
    return Desk(page, f"http://127.0.0.1:{server.port}/").sign_in("sam", installation.password)


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_page_scrolls_sideways(sam: Desk, language: str) -> None:
    sam.page.evaluate(SPEAK, language)
    sam.page.reload()
    too_wide: dict[str, list[str]] = {}
    for tile in TILES:
        go(sam, "now")
        sam.at(f"tile-{tile}").click()
        sam.page.wait_for_timeout(300)
        too_wide[f"now, {tile}"] = sam.page.evaluate(TOO_WIDE)
    for first, name in FROM_ROWS:
        go(sam, first)
        sam.at("open-row").first.click()
        sam.at(f"to-{name}").click()
        settled(sam, name)
        too_wide[name] = sam.page.evaluate(TOO_WIDE)
    for name in (*TABLES, *PAGES, *BEHIND):
        go(sam, name)
        too_wide[name] = sam.page.evaluate(TOO_WIDE)
        if name in TABLES and sam.rows.count():
            sam.at("open-row").first.click()
            expect(sam.at("drawer")).to_be_visible()
            too_wide[f"{name}, a row open"] = sam.page.evaluate(TOO_WIDE)

    assert {name: parts for name, parts in too_wide.items() if parts} == {}
    assert len(too_wide) > len(TABLES) * 3 // 2


def go(sam: Desk, name: str) -> None:
    """Open a page by its address."""
    sam.page.goto(f"{sam.address}#/office/{name}")
    settled(sam, name)


def settled(sam: Desk, name: str) -> None:
    """Wait until the page has what it shows."""
    if name in (*TABLES, *(leads for _, leads in FROM_ROWS)):
        expect(sam.at("page")).to_have_attribute("data-table", name)
        expect(sam.page.locator("[data-test=table], [data-test=empty]")).to_be_visible()
    sam.page.wait_for_timeout(300)
    expect(sam.at("waiting")).to_have_count(0)
