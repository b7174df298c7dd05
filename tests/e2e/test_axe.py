"""axe finds nothing on any screen, in any theme: names, roles, contrast, order."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.e2e.conftest import PATIENCE_MS
from tests.e2e.house import Installation, Server
from tests.e2e.office import THEME
from tests.e2e.screens import THEMES, behind_the_doors, running, tour
from tests.provision import axe
from tests.provision.fixtures import leave_out

LOOK_OVER = """
async () => {
  const found = await axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    resultTypes: ["violations"],
  });
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}\\n    ${failureSummary}`));
}
"""


@dataclass
class Doctor:
    """Looks over every screen it is shown, in every theme."""

    script: str
    seen: list[str] = field(default_factory=list)
    found: dict[str, list[str]] = field(default_factory=dict)

    def look(self, page: Page, name: str) -> None:
        """Note what is wrong with this screen."""
        # The policy forbids foreign scripts, so it is run as the debugger runs what is typed there.
        if not page.evaluate("() => 'axe' in window"):
            self._bring(page)
        kept = page.evaluate("() => document.documentElement.dataset.theme ?? 'light'")
        for theme in THEMES:
            page.evaluate(THEME, theme)
            self.seen.append(f"{name} {theme}")
            found = page.evaluate(LOOK_OVER)
            if found:
                self.found[self.seen[-1]] = found
        page.evaluate(THEME, kept)

    def _bring(self, page: Page) -> None:
        cable = page.context.new_cdp_session(page)
        cable.send("Runtime.evaluate", {"expression": self.script})
        cable.detach()


@pytest.fixture
def doctor(request: pytest.FixtureRequest) -> Doctor:
    """Axe itself, as it was fetched."""
    script = axe.find()
    if script is None:
        leave_out(request.config, "axe is not installed")
    return Doctor(script.read_text(encoding="utf-8"))


@pytest.fixture
def ready(playwright_driver: Playwright) -> None:
    """Page objects find parts by their test ids, patiently."""
    playwright_driver.selectors.set_test_id_attribute("data-test")
    expect.set_options(timeout=PATIENCE_MS)


MOST_SCREENS = 80  # a tour that got lost on its way would find nothing either


def test_nobody_is_kept_out(
    browser: Browser,
    installation: Installation,
    server: Server,
    doctor: Doctor,
    ready: None,
    record_property: Callable[[str, object], None],
) -> None:
    tour(browser, installation, server, doctor.look, doctor.look)

    record_property("screens", len(doctor.seen))
    assert len(doctor.seen) >= MOST_SCREENS * len(THEMES)
    assert doctor.found == {}, said(doctor)


def test_nobody_is_kept_out_of_the_demo(
    browser: Browser, installation: Installation, pwa: Path, doctor: Doctor, ready: None
) -> None:
    with running(installation, "start") as server:
        behind_the_doors(browser, server, doctor.look)

    assert doctor.seen
    assert doctor.found == {}, said(doctor)


def said(doctor: Doctor) -> str:
    """Every violation once, with one of the screens it is on."""
    once = {what: screen for screen, found in doctor.found.items() for what in found}
    return "\n".join(f"{screen}: {what}" for what, screen in once.items())
