"""A handheld that the server, or its own browser, has forgotten: said, counted, enrolled anew."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, expect
from sqlalchemy import select

from app.db import snapshot, writing
from app.people.models import Device
from app.pipeline.models import Epoch
from tests.e2e.conftest import DESK, GiveScanner
from tests.e2e.house import GTINS, SKUS, House, Installation, Server, tallyman
from tests.e2e.office import Desk

MUG, BIN = "Ceramic mug white", "D-08-3"


def test_enrolled_again_it_sends_what_it_kept(
    scanner: GiveScanner, house: House, installation: Installation
) -> None:
    """Somebody enrolled another handheld in its name: it gets one of its own, and loses nothing."""
    rosa = scanner("B-100")
    rosa.door("move")
    rosa.scan("DOCK-1", "From DOCK-1")
    rosa.drained()
    with writing() as session:
        for device in session.query(Device):
            device.credential_sha = "0" * 64
    rosa.door("move")
    rosa.scan("DOCK-1")
    rosa.scan(GTINS[MUG], "Scan the new place")
    rosa.scan(BIN)
    rosa.link("trouble")
    rosa.tap("queue-badge")
    expect(rosa.at("queue-trouble")).to_have_attribute("data-code", "device.unknown")
    rosa.shoot("enrol-again")
    rosa.page.goto(f"{rosa.address}#/settings")
    rosa.tap("language-es")
    rosa.page.goto(f"{rosa.address}#/queue")
    rosa.shoot("enrol-again-es")
    rosa.page.goto(f"{rosa.address}#/settings")
    rosa.tap("language-en")
    rosa.page.goto(f"{rosa.address}#/queue")
    rosa.tap("enrol-again")
    rosa.shows("instruction", "Scan the enrolment code")
    rosa.enrol(tallyman(installation, "enrolment-code").strip())
    rosa.link("sent")

    assert house.on_hand(SKUS[MUG], BIN) == 1
    [entry] = rosa.journal()
    assert (entry["epoch"], entry["seq"], entry["codes"]) == (1, 1, ["sync.rescued"])
    with snapshot() as session:
        devices = set(session.scalars(select(Device.id)))
    assert len(devices) == 2
    assert entry["device"] in devices


def test_an_emptied_browser_is_said_and_counted_again(
    scanner: GiveScanner,
    new_context: Callable[..., BrowserContext],
    house: House,
    installation: Installation,
    server: Server,
) -> None:
    """Rosa's work since the last contact is gone; where she worked is offered to Cora."""
    rosa, cora = scanner("B-100"), scanner("B-300")
    rosa.door("move")
    rosa.scan("DOCK-1", "From DOCK-1")
    rosa.scan(GTINS[MUG], "Scan the new place")
    rosa.scan(BIN)
    rosa.drained()
    rosa.wire.cut()
    rosa.door("move")
    rosa.scan("DOCK-1")
    rosa.scan(GTINS[MUG], "Scan the new place")
    rosa.scan(BIN)
    rosa.unsent(1)
    rosa.page.goto("about:blank")
    rosa.wire.mend()
    emptied = {"origin": rosa.address.rstrip("/"), "storageTypes": "indexeddb"}
    rosa.page.context.new_cdp_session(rosa.page).send("Storage.clearDataForOrigin", emptied)

    rosa.page.goto(rosa.address)
    rosa.link("trouble")
    rosa.shoot("emptied")
    rosa.enrol(tallyman(installation, "enrolment-code").strip())
    rosa.link("sent")

    page = new_context(viewport=DESK, has_touch=False).new_page()
    sam = Desk(page, f"http://127.0.0.1:{server.port}/")
    sam.sign_in("sam", installation.password)
    sam.at("desk-exceptions").click()
    sam.exception("device_gap").click()
    expect(sam.at("lost")).to_contain_text("Nobody knows how much is lost, since")
    sam.is_fit_for_everybody()
    sam.shoot("lost-work")
    sam.at("desk-counts").click()
    expect(sam.page.get_by_text("A handheld lost work here").first).to_be_visible()
    sam.shoot("counts-after-loss")

    cora.pulled()
    cora.door("count")
    expect(cora.at("stop")).to_contain_text("A handheld lost work here")
    cora.shoot("count-after-loss")
    assert house.on_hand(SKUS[MUG], BIN) == 1


def test_a_handheld_that_forgot_even_its_name_gets_it_back_at_the_desk(
    scanner: GiveScanner,
    new_context: Callable[..., BrowserContext],
    house: House,
    installation: Installation,
    server: Server,
) -> None:
    """A stranger to the server, known to the supervisor: the loss is declared all the same."""
    rosa = scanner("B-100")
    rosa.door("move")
    rosa.scan("DOCK-1", "From DOCK-1")
    rosa.scan(GTINS[MUG], "Scan the new place")
    rosa.scan(BIN)
    rosa.drained()
    before = rosa.journal()[0]["device"]
    with writing() as session:  # it had said how much it holds before the network went
        session.get_one(Epoch, (before, 1)).head_seq = 4
    rosa.wire.cut()
    rosa.page.goto("about:blank")
    rosa.wire.mend()
    emptied = {"origin": rosa.address.rstrip("/"), "storageTypes": "indexeddb,local_storage"}
    rosa.page.context.new_cdp_session(rosa.page).send("Storage.clearDataForOrigin", emptied)
    rosa.page.goto(rosa.address)
    rosa.shows("instruction", "Scan the enrolment code")

    page = new_context(viewport=DESK, has_touch=False).new_page()
    sam = Desk(page, f"http://127.0.0.1:{server.port}/").sign_in("sam", installation.password)
    sam.open("devices")
    sam.rows.first.get_by_role("button").click()
    expect(sam.at("lost-for-good")).to_be_visible()
    expect(sam.page.locator("[data-test=drawer]")).to_contain_text("It holds at least 3")
    sam.shoot("came-back-empty")
    sam.is_fit_for_everybody()
    sam.at("in-its-place").click()
    code = sam.at("enrolment-code").inner_text().strip()
    sam.at("enrolled-in-its-place").scroll_into_view_if_needed()
    sam.shoot("in-its-place")
    sam.is_fit_for_everybody()
    rosa.enrol(code)
    rosa.link("sent")

    sam.at("desk-exceptions").click()
    sam.exception("device_gap").click()
    expect(sam.at("lost")).to_contain_text("At least 3")
    sam.shoot("lost-three")
    with snapshot() as session:
        assert set(session.scalars(select(Device.id))) == {before}
