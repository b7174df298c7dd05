"""Draw the app's icons anew from `icon.svg`: `python -m tests.provision.icons`."""

import os
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.provision import chromium

PUBLIC = Path(__file__).parents[2] / "pwa" / "public"
GROUND = "#0b3d2e"
# name → pixels, and how much of the square the drawing takes: a mask may cut a fifth off every side
ICONS = {
    "icon-180.png": (180, 0.9),
    "icon-192.png": (192, 1.0),
    "icon-512.png": (512, 1.0),
    "icon-mask-192.png": (192, 0.72),
    "icon-mask-512.png": (512, 0.72),
}


def draw(page: Page, name: str) -> None:
    """Draw one icon; only the plain ones keep their round, transparent corners."""
    pixels, share = ICONS[name]
    plain = share == 1.0
    size = round(pixels * share)
    ground = "transparent" if plain else GROUND
    page.set_viewport_size({"width": pixels, "height": pixels})
    svg = (PUBLIC / "icon.svg").read_text(encoding="utf-8")
    page.set_content(
        f"<style>body{{margin:0;height:100vh;display:grid;place-items:center;background:{ground}}}"
        f"svg{{width:{size}px;height:{size}px}}</style>{svg}"
    )
    page.screenshot(path=PUBLIC / name, omit_background=plain)


def main() -> int:
    """Draw all of them."""
    found = chromium.find()
    if found is None:
        sys.stderr.write("no browser; `python -m tests.provision.chromium` fetches one\n")
        return 1
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(chromium.installed_node().program))
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=found.program,
            args=found.arguments(),
            env=dict(found.environment()),
        )
        page = browser.new_page()
        for name in ICONS:
            draw(page, name)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
