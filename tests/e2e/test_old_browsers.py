"""The oldest browsers that are supported, and those that are not."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from app.demo.cast import sscc
from tests.e2e.house import House, Installation, Server, tallyman
from tests.e2e.scanner import Scanner, Watch
from tests.e2e.wire import Wire

PALLET = sscc(1)
# What Chrome 100 and Safari 16.4 between them lack, of everything that newer browsers have.
LACKING = """() => {
  delete Navigator.prototype.locks;
  delete Navigator.prototype.wakeLock;
  delete Navigator.prototype.vibrate;
  delete Crypto.prototype.randomUUID;
  if (window.StorageManager) for (const name of ["getDirectory", "persist"]) {
    delete StorageManager.prototype[name];
  }
  delete window.BroadcastChannel;
  for (const name of ["toSorted", "toReversed", "toSpliced", "with"]) delete Array.prototype[name];
  for (const name of ["groupBy"]) { delete Object[name]; delete Map[name]; }
  for (const name of ["withResolvers", "try"]) delete Promise[name];
  for (const name of ["any", "timeout"]) delete AbortSignal[name];
  for (const name of ["union", "intersection", "difference"]) delete Set.prototype[name];
  for (const name of ["isWellFormed", "toWellFormed"]) delete String.prototype[name];
  delete Array.fromAsync;
  delete URL.canParse;
  delete URL.parse;
}"""
LOSSES = {"persist", "locks", "tabs", "wake", "vibration", "random", "opfs"}
TOO_OLD = {
    "no modules": "() => { delete HTMLScriptElement.prototype.noModule; }",
    "an old library": "() => { delete window.structuredClone; }",
    "no database": "() => { Object.defineProperty(window, 'indexedDB', { value: null }); }",
}


@pytest.fixture
def old_scanner(
    new_context: Callable[..., BrowserContext],
    installation: Installation,
    new_wire: Callable[[], Wire],
) -> Scanner:
    """A handheld whose browser lacks all of it, in Rosa's hand."""
    context = new_context()
    context.add_init_script(f"({LACKING})()")
    scanner = Scanner(context.new_page(), new_wire())
    code = tallyman(installation, "enrolment-code").strip()
    return scanner.open().enrol(code).sign_in("B-100", installation.pin)


@pytest.fixture(autouse=True)
def named_parts(playwright_driver: object) -> None:
    """Parts of the screen are found by their `data-test`."""
    playwright_driver.selectors.set_test_id_attribute("data-test")  # type: ignore[attr-defined]


def test_a_browser_that_lacks_what_it_may_lack_receives_offline(
    old_scanner: Scanner, house: House
) -> None:
    """Every missing part is a stated loss, and none of them is a scan."""
    old_scanner.door("receive")
    old_scanner.wire.cut()
    old_scanner.scan("DOCK-1", "Dock DOCK-1")
    old_scanner.scan(f"]C100{PALLET}", "received")
    old_scanner.unsent(1)
    old_scanner.reload()
    expect(old_scanner.at("flow-receive")).to_be_visible()
    old_scanner.unsent(1)
    old_scanner.wire.mend()
    old_scanner.drained()

    house.assert_holds_once(old_scanner.journal())
    assert house.at(house.lpn(PALLET)) == house.place("DOCK-1")
    old_scanner.page.goto(f"{old_scanner.address}#/settings")
    said = {
        str(part.get_attribute("data-test")).removeprefix("lack-")
        for part in old_scanner.page.locator("[data-test^=lack-]").all()
    }
    assert said >= LOSSES


@pytest.mark.parametrize("lack", list(TOO_OLD))
def test_a_browser_that_is_too_old_gets_one_plain_page(
    new_context: Callable[..., BrowserContext], server: Server, lack: str
) -> None:
    """In words a supervisor can act on, and without a loop."""
    context = new_context()
    context.add_init_script(f"({TOO_OLD[lack]})()")
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{server.port}/")

    page.wait_for_url(re.compile(r"/too-old\.html$"))
    expect(page.locator("h1").first).to_have_text("This browser is too old for Tallyman.")
    expect(page.locator("[lang=es] h1")).to_be_visible()
    expect(page.locator("body")).to_contain_text("version 100 or newer")
    assert page.evaluate("() => document.styleSheets.length") == 1


@pytest.fixture
def unreadable(pwa: Path, tmp_path: Path) -> Path:
    """A build in a language that this browser does not speak yet."""
    copy = Path(shutil.copytree(pwa, tmp_path / "pwa"))
    for main in copy.glob("assets/main-*.js"):
        main.write_text(f"const later = from the future;\n{main.read_text()}")
    for packed in [*copy.glob("assets/main-*.js.*")]:
        packed.unlink()
    return copy


@pytest.fixture
def future(installation: Installation, unreadable: Path) -> Iterator[Server]:
    """Serves it."""
    running = Server(installation, unreadable)
    running.start()
    yield running
    running.stop()


def test_a_browser_that_cannot_read_the_app_gets_that_page_too(
    new_context: Callable[..., BrowserContext], future: Server, watch: Watch
) -> None:
    page = new_context().new_page()
    page.goto(f"http://127.0.0.1:{future.port}/")

    page.wait_for_url(re.compile(r"/too-old\.html$"))
    watch.complaints.clear()  # that it could not read the app is what it complained about


def offered(page: Page) -> None:
    """The browser asks whether the app may be installed, as Chromium does on a phone."""
    page.evaluate(
        """() => {
          const event = new Event("beforeinstallprompt", { cancelable: true });
          event.prompt = () => { window.prompted = true; return Promise.resolve(); };
          window.kept = !window.dispatchEvent(event);
        }"""
    )


def test_installing_is_offered_between_tasks_only(
    scanner: Callable[[str], Scanner],
) -> None:
    cora = scanner("B-300")
    cora.door("count")
    cora.scan("D-08-3", "Count D-08-3")
    cora.scan("D-001", "noted")
    offered(cora.page)
    assert cora.page.evaluate("() => window.kept")
    cora.page.locator("button[data-test=home]").tap()
    expect(cora.at("install")).to_have_count(0)
    cora.tap("door-count")
    cora.tap("primary")
    cora.says("Counted:")
    cora.page.locator("button[data-test=home]").tap()
    cora.tap("install")

    assert cora.page.evaluate("() => window.prompted")
    expect(cora.at("install")).to_have_count(0)
