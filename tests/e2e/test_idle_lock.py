"""Nobody touches it for a quarter of an hour: it locks, and what it holds is safe and hidden."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.conftest import DESK, GiveScanner
from tests.e2e.house import GTINS, House, Installation, Server
from tests.e2e.office import Desk

MUG = "Ceramic mug white"
QUARTER_HOUR_MS = 15 * 60 * 1000


def set_a_clock(page: Page) -> None:
    """From here on the page's time can be moved on."""
    page.clock.install()
    page.reload()


def test_a_handheld_left_lying_about_goes_to_the_next_person(
    scanner: GiveScanner, house: House, installation: Installation
) -> None:
    """Offline: the same PIN goes on at the same line; somebody else begins with nothing of it."""
    rosa = scanner("B-100")
    rosa.sign_over("B-400", installation.pin)
    rosa.sign_over("B-100", installation.pin)
    set_a_clock(rosa.page)
    rosa.door("receive")
    rosa.scan("DOCK-1", "Dock DOCK-1")
    rosa.scan("PO-1001", "Order PO-1001")
    rosa.wire.cut()
    rosa.scan(GTINS[MUG], f"1 × {MUG}")
    stood = rosa.stop()

    rosa.page.clock.fast_forward(QUARTER_HOUR_MS - 60_000)
    expect(rosa.at("flow-receive")).to_be_visible()
    rosa.page.clock.fast_forward(120_000)
    rosa.shows("instruction", "Scan your badge")
    rosa.shows("feedback", "Locked after 15 minutes. Your work is kept.")
    rosa.shoot("locked")
    rosa.reload()
    rosa.shows("instruction", "Scan your badge")

    rosa.unlock("B-400", installation.pin)
    expect(rosa.at("stop")).to_be_visible()
    expect(rosa.page.locator("body")).not_to_contain_text(MUG)
    expect(rosa.page.locator("body")).not_to_contain_text("PO-1001")
    rosa.page.clock.fast_forward(QUARTER_HOUR_MS)
    rosa.unlock("B-100", installation.pin)
    expect(rosa.at("flow-receive")).to_be_visible()
    assert rosa.stop() == stood

    rosa.wire.mend()
    rosa.drained()
    house.assert_holds_once(rosa.journal())


def test_a_desk_left_alone_asks_for_the_password(
    new_context: Callable[..., BrowserContext], server: Server, installation: Installation
) -> None:
    """What was on the screen is gone at once, and the cookie opens nothing any more."""
    context = new_context(viewport=DESK, has_touch=False)
    sam = Desk(context.new_page(), f"http://127.0.0.1:{server.port}/")
    sam.sign_in("sam", installation.password)
    set_a_clock(sam.page)
    sam.open("orders")
    (cookie,) = [kept for kept in context.cookies() if "tallyman" in kept["name"]]

    with sam.page.expect_response(lambda answer: answer.request.method == "DELETE"):
        sam.page.clock.fast_forward(QUARTER_HOUR_MS)

    expect(sam.at("sign-in")).to_be_visible()
    context.add_cookies([{"name": cookie["name"], "value": cookie["value"], "url": sam.address}])
    answer = context.request.get(f"{sam.address}api/v1/session")
    assert answer.status == 401
    sam.sign_in("sam", installation.password)
