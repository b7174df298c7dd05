"""A new version comes out in the middle of a count: offered between tasks, never before."""

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import GiveScanner
from tests.e2e.house import GTINS, House

BIN, MUG, LAMP = "D-08-3", "Ceramic mug white", "Desk lamp"
STYLES = re.compile(r"assets/main-[\w-]+\.css")
NEW_STYLES = "assets/main-of-the-next-release.css"
RELEASE = re.compile(r"tallyman-[0-9a-f]{12}")


@pytest.fixture
def pwa(pwa: Path, tmp_path: Path) -> Path:
    """A copy of the build that this test may replace."""
    return Path(shutil.copytree(pwa, tmp_path / "pwa"))


def publish(built: Path) -> None:
    """Put the next release in its place: another asset, another shell, another worker."""
    [styles] = built.glob("assets/main-*.css")
    styles.rename(built / NEW_STYLES)
    for name in ("index.html", "sw.js"):
        text = (built / name).read_text()
        text = RELEASE.sub("tallyman-0123456789ab", STYLES.sub(NEW_STYLES, text))
        (built / name).write_text(text)
    for packed in [*built.glob("*.br"), *built.glob("*.gz"), *built.glob("assets/main-*.css.*")]:
        packed.unlink()


def is_next_release(page: Page) -> bool:
    return page.locator(f"link[href$='{NEW_STYLES}']").count() == 1


def test_an_update_waits_for_the_end_of_the_task(
    scanner: GiveScanner, house: House, pwa: Path
) -> None:
    """The count goes on in the old version; the new one finds the queue as it was."""
    cora = scanner("B-300")
    cora.door("count")
    cora.scan(BIN, f"Count {BIN}")
    cora.scan(GTINS[MUG], f"1 × {MUG} noted")
    cora.link("sent")
    publish(pwa)
    before = cora.stop()
    cora.reload()
    cora.next_release_is_here()
    cora.shows("instruction", "Scan what is here")
    assert cora.stop() == before
    assert not is_next_release(cora.page)
    expect(cora.at("update")).to_have_count(0)

    cora.wire.cut()
    cora.scan(GTINS[LAMP], f"1 × {LAMP} noted")
    cora.tap("primary")
    cora.says(f"Received: {BIN}")
    cora.unsent(2)
    cora.page.locator("button[data-test=home]").tap()
    cora.shoot("update-offered")
    with cora.page.expect_navigation():
        cora.tap("update")
    expect(cora.at("home")).to_be_visible()
    assert is_next_release(cora.page)
    cora.unsent(2)
    assert len(cora.journal()) == 3

    cora.wire.mend()
    cora.drained()
    house.assert_holds_once(cora.journal())
    sheets = house.variances(BIN)
    assert sorted(sheets) == [("D-005", 1), ("D-007", 1)]
