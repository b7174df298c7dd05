"""Labels through the screens: chosen and sent at a desk, asked for at the dock, offline too."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Playwright, expect

from tests.e2e.conftest import DESK, GiveScanner
from tests.e2e.house import GTINS, House, Installation, Server
from tests.e2e.office import Desk
from tests.unit.labels.fake_printer import fake_printer, nobody_there
from tests.unit.labels.reading import pictures, scans
from tests.unit.labels.zebra import Printed, printed

MUG = "Ceramic mug white"
COUNT_PRINTS = "() => { window.printed = 0; window.print = () => { window.printed += 1; }; }"
NewContext = Callable[..., BrowserContext]


def sam(new_context: NewContext, server: Server, installation: Installation) -> Desk:
    page = new_context(viewport=DESK, has_touch=False).new_page()
    desk = Desk(page, f"http://127.0.0.1:{server.port}/").sign_in("sam", installation.password)
    desk.at("desk-labels").click()
    expect(desk.at("preview")).to_have_js_property("complete", value=True)
    return desk


def add_printer(desk: Desk, name: str, port: int, roll: str) -> None:
    desk.at("add-printer").click()
    form = desk.at("printer-form")
    form.locator("input[name=name]").fill(name)
    form.locator("input[name=host]").fill(f"127.0.0.1:{port}")
    form.locator("select[name=roll]").select_option(roll)
    desk.at("save-printer").click()
    expect(desk.at("printer").filter(has_text=name)).to_be_visible()


def read(labels: list[Printed]) -> list[tuple[str, str]]:
    return [scan for label in labels for scan in scans(label.picture)]


def test_labels_are_chosen_looked_at_and_sent_to_a_printer(
    new_context: NewContext,
    server: Server,
    installation: Installation,
    playwright_driver: Playwright,
) -> None:
    playwright_driver.selectors.set_test_id_attribute("data-test")
    with fake_printer() as dock:
        desk = sam(new_context, server, installation)
        add_printer(desk, "Dock", dock.port, "roll-100x50")
        add_printer(desk, "Away", nobody_there(), "roll-105x148")

        desk.page.locator("input[name=first]").fill("A-01-1")
        desk.page.locator("input[name=last]").fill("A-04-2")
        desk.page.locator("select[name=arrow]").select_option("up")
        expect(desk.at("labels-count")).to_contain_text("Labels: 8, pages: 1. A-01-1 … A-04-2")
        desk.shoot("labels-places")
        desk.is_fit_for_everybody()
        expect(desk.at("send")).to_have_count(1)  # the other roll does not fit
        desk.at("send").click()
        expect(desk.at("job-state")).to_have_text("Printed")

        (stream,) = dock.taken
        assert read(printed(stream)) == [
            ("]Q1", f"TMP:A-{bay:02d}-{level}") for bay in range(1, 5) for level in (1, 2)
        ]

        desk.page.evaluate(COUNT_PRINTS)
        desk.at("print").click()
        desk.page.wait_for_function("() => window.printed === 1")
        (paper,) = pictures(desk.page.pdf(prefer_css_page_size=True, format="A4"))
        assert [data for _, data in scans(paper)] == [
            f"TMP:A-{bay:02d}-{level}" for bay in range(1, 5) for level in (1, 2)
        ]
        desk.page.evaluate("() => dispatchEvent(new Event('afterprint'))")
        expect(desk.at("label-pages")).to_have_count(0)

        desk.page.locator("select[name=kind]").select_option("lpn")
        desk.at("new-lpn").click()
        expect(desk.page.locator("input[name=first]")).to_have_value("U0000001")
        desk.at("send").click()
        waits = desk.at("job").filter(has_text="Away")
        expect(waits).to_contain_text("The printer is off or elsewhere")
        desk.shoot("labels-queue")
        waits.get_by_test_id("cancel-job").click()
        expect(waits).to_contain_text("Cancelled")


def test_a_new_pallet_is_labelled_at_the_dock(
    scanner: GiveScanner,
    new_context: NewContext,
    server: Server,
    installation: Installation,
    house: House,
) -> None:
    rosa = scanner("B-100")
    with fake_printer() as dock:
        add_printer(sam(new_context, server, installation), "Dock", dock.port, "roll-105x148")
        rosa.sent_and_fetched()
        rosa.door("receive")
        rosa.scan("DOCK-1", "Dock DOCK-1")
        rosa.page.evaluate(COUNT_PRINTS)

        rosa.wire.cut()  # the number comes from the handheld's own block
        rosa.tap("action-new_unit")
        rosa.says("U0000001")
        rosa.scan(GTINS[MUG], MUG)
        rosa.key_in(6)
        rosa.says(f"6 × {MUG}")
        rosa.tap("action-label")
        rosa.says("No network")
        rosa.shoot("label-offline")

        rosa.wire.mend()
        rosa.drained()
        rosa.door("receive")
        rosa.tap("action-label")
        rosa.says("Label: Dock")
        rosa.shoot("label")
        house.wait_for({"receiving.receive_line"})
        rosa.page.wait_for_timeout(1_000)

    (stream,) = dock.taken
    (label,) = printed(stream)
    assert scans(label.picture) == [("]C0", "TMU:U0000001")]
    assert {MUG, "6 pcs"} <= set(label.words)
    assert rosa.page.evaluate("() => window.printed") == 0
