"""A count waits for a handheld that went away, until a supervisor stops waiting for it."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, expect
from sqlalchemy import select

from app.db import snapshot
from app.documents.models import CountSheet
from app.people.models import Device, Grant
from tests.e2e.conftest import DESK, GiveScanner
from tests.e2e.house import SKUS, House, Installation, Server
from tests.e2e.office import Desk
from tests.e2e.test_recounts import MUG, count

LOOKS = 40  # of three seconds each: a heartbeat every twenty, a look of the server every fifteen


def decisions() -> list[tuple[str, str | None]]:
    """Of every count, how it stands and who decided it."""
    with snapshot() as session:
        sheets = session.scalars(select(CountSheet))
        return [(sheet.state, sheet.decided_by) for sheet in sheets]


def handheld_of(person: str) -> str:
    """The name of the handheld on which somebody logged in."""
    with snapshot() as session:
        named = select(Device.label).join(Grant, Grant.device == Device.id)
        label: str = session.scalars(named.where(Grant.person == person)).one()
        return label


def test_the_system_approves_what_leaves_nothing_to_judge(
    scanner: GiveScanner,
    new_context: Callable[..., BrowserContext],
    server: Server,
    installation: Installation,
    house: House,
) -> None:
    """Cora is out of reach with a log-in: she may have taken anything. Alex counts exactly."""
    place = house.place_of(SKUS[MUG])
    cora, alex = scanner("B-300"), scanner("B-400")
    cora.drained()
    cora.wire.cut()
    alex.door("count")
    count(alex, place, MUG, house.on_hand(SKUS[MUG], place))
    alex.drained()
    page = new_context(viewport=DESK, has_touch=False).new_page()
    sam = Desk(page, f"http://127.0.0.1:{server.port}/").sign_in("sam", installation.password)
    sam.at("desk-counts").click()
    expect(sam.at("certainty")).to_contain_text("Provisional")
    expect(sam.at("zone-through")).to_have_count(1)
    sam.shoot("provisional")
    sam.is_fit_for_everybody()

    sam.open("devices")
    expect(sam.cells("standing").first).to_have_text("Waited for")
    sam.shoot("handhelds")
    sam.rows.filter(has_text=handheld_of(house.person("B-300"))).get_by_role("button").click()
    sam.at("exclude-reason").fill("fell into the canal")
    sam.shoot("exclude")
    sam.is_fit_for_everybody()
    sam.at("exclude").click()
    expect(sam.at("include")).to_be_visible()
    expect(sam.page.locator("[data-test=drawer]")).to_contain_text("fell into the canal")
    sam.shoot("excluded")

    sam.at("desk-counts").click()
    for _ in range(LOOKS):
        if decisions() == [("approved", "system")]:
            break
        sam.page.wait_for_timeout(3_000)
    assert decisions() == [("approved", "system")]
    sam.at("refresh").click()
    expect(sam.at("count-sheet")).to_have_count(0)
    assert house.variances(place) == []
