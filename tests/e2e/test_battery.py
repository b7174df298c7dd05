"""Whatever happens to a handheld: what was shown as saved arrives once, or its loss is declared."""

import shutil
from pathlib import Path

from playwright.sync_api import Playwright

from tests.e2e import battery
from tests.e2e.flood import flood
from tests.e2e.house import Installation
from tests.e2e.mishaps import MISHAPS
from tests.e2e.rig import rigged
from tests.provision.chromium import Chromium

SEED = 1
QUEUE = 600


def test_what_was_said_to_be_saved_outlives_every_mishap(
    playwright_driver: Playwright,
    installed_chromium: Chromium,
    installation: Installation,
    pwa: Path,
    tmp_path: Path,
) -> None:
    """Each kind once, on one handheld, and a long queue in the end; the command does hundreds."""
    build = Path(shutil.copytree(pwa, tmp_path / "pwa"))
    cycles = battery.drawn(SEED, len(MISHAPS))
    assert set(cycles) == MISHAPS.keys()
    with rigged(
        playwright_driver, installed_chromium, installation, build, tmp_path / "profile"
    ) as rig:
        for one in battery.play(rig, SEED, enumerate(cycles, start=1)):
            assert one.wrong == [], f"cycle {one.cycle}, {one.kind}"
        flood(rig, QUEUE)
        assert len(rig.said) > 2 * len(MISHAPS)
