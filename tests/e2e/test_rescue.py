"""A handheld that will not send any more: its file comes in at a desk, and nothing twice."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, FilePayload, expect

from tests.e2e.conftest import DESK, GiveScanner
from tests.e2e.house import GTINS, SKUS, House, Installation, Server
from tests.e2e.office import Desk

MUG = "Ceramic mug white"


def saved_file(text: bytes) -> FilePayload:
    return FilePayload(name="tallyman-queue.json", mimeType="application/json", buffer=text)


def test_the_file_of_a_scanner_without_network_comes_in_at_a_desk(
    scanner: GiveScanner,
    new_context: Callable[..., BrowserContext],
    house: House,
    installation: Installation,
    server: Server,
) -> None:
    """New ones are counted as new, known ones as known; the scanner itself may come back later."""
    rosa = scanner("B-100")
    rosa.door("receive")
    rosa.scan("DOCK-1", "Dock DOCK-1")
    rosa.scan("PO-1001", "Order PO-1001")
    rosa.wire.cut()
    for n in (1, 2, 3):
        rosa.scan_again(GTINS[MUG], f"{n} × {MUG}")
    rosa.unsent(3)
    rosa.tap("queue-badge")
    with rosa.page.expect_download() as saved:
        rosa.tap("export")
    kept = Path(saved.value.path()).read_bytes()

    page = new_context(viewport=DESK, has_touch=False).new_page()
    sam = Desk(page, f"http://127.0.0.1:{server.port}/")
    sam.sign_in("sam", installation.password).open("devices")
    sam.at("rescue").click()
    file = sam.page.locator("input[name=rescue]")
    file.set_input_files(saved_file(b"{}"))
    expect(sam.at("rescued")).to_contain_text("This is no rescue file.")
    file.set_input_files(saved_file(kept))
    expect(sam.at("rescued")).to_contain_text("3 new, now in the books")
    expect(sam.at("rescued")).to_contain_text("0 were known already")
    expect(sam.at("rescue-keep")).to_be_visible()
    sam.is_fit_for_everybody()
    sam.shoot("rescued")
    file.set_input_files(saved_file(kept))
    expect(sam.at("rescued")).to_contain_text("3 were known already")
    assert house.on_hand(SKUS[MUG], "DOCK-1") == 3

    rosa.wire.mend()
    rosa.tap("queue-badge")
    rosa.drained()
    house.assert_holds_once(rosa.journal())
    assert house.on_hand(SKUS[MUG], "DOCK-1") == 3
