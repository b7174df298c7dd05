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
VERSION = re.compile(r"version=(['\"`])\d+\.\d+\.\d+\1")
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
    [core] = built.glob("assets/handheld-*.js")
    named, times = VERSION.subn(r"version=\g<1>9.9.9\1", core.read_text())
    assert times == 1
    core.write_text(named)
    for packed in [*built.rglob("*.br"), *built.rglob("*.gz")]:
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
    cora.says(f"Counted: {BIN}")
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


def test_a_half_counted_bin_goes_on_in_the_next_version(
    scanner: GiveScanner, house: House, pwa: Path
) -> None:
    """Closed in the middle and opened by the next version: same bin, same number, same undo."""
    cora = scanner("B-300")
    cora.door("count")
    cora.scan(BIN, f"Count {BIN}")
    cora.scan(GTINS[MUG], f"1 × {MUG} noted")
    before = cora.stop()
    publish(pwa)
    cora.reload()
    cora.next_release_is_here()
    context = cora.page.context
    cora.page.close()
    cora.page = context.new_page()
    cora.page.goto(f"{cora.address}#/count")

    cora.shows("instruction", "Scan what is here")
    assert is_next_release(cora.page)
    assert cora.stop() == before
    cora.tap("undo")
    cora.says("Undone")
    cora.tap("queue-badge")
    expect(cora.at("queue")).to_contain_text("Version 9.9.9")
    cora.link("sent")
    house.assert_holds_once(cora.journal())


def test_the_other_tab_is_offered_what_the_first_one_took(
    scanner: GiveScanner, house: House, pwa: Path
) -> None:
    """What it loads later would be of a release that is not there any more."""
    cora = scanner("B-300")
    publish(pwa)
    cora.reload()
    cora.next_release_is_here()
    other = cora.page.context.new_page()
    other.goto(cora.address)
    offered = other.get_by_test_id("update")
    expect(offered).to_be_visible()
    with cora.page.expect_navigation():
        cora.tap("update")
    expect(cora.at("home")).to_be_visible()

    expect(offered).to_be_visible()
    with other.expect_navigation():
        offered.tap()

    expect(other.get_by_test_id("home")).to_be_visible()
    assert is_next_release(other)
    expect(offered).to_have_count(0)


def test_an_update_does_not_wait_for_an_answer_that_never_comes(
    scanner: GiveScanner, house: House, pwa: Path
) -> None:
    """A worker that had it in hand would keep the next one out, in browsers for five minutes."""
    cora = scanner("B-300")
    publish(pwa)
    cora.reload()
    cora.next_release_is_here()
    cora.wire.stall()
    cora.page.evaluate("() => void fetch('/not-kept')")
    cora.page.wait_for_timeout(200)

    with cora.page.expect_navigation():
        cora.tap("update")

    expect(cora.at("home")).to_be_visible()
    assert is_next_release(cora.page)
