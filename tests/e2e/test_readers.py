"""A reader is let in at a desk, a pallet goes through its door, and a supervisor says so."""

import json
import re
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from typing import Any

from playwright.sync_api import BrowserContext, Playwright, expect

from app.identification.epc_encoding import encode_epc
from tests.e2e.conftest import DESK
from tests.e2e.house import SKUS, House, Installation, Server
from tests.e2e.office import Desk
from tests.warehouse import DOCK

NewContext = Callable[..., BrowserContext]
TAG = encode_epc("urn:epc:id:sscc:0614141.1234567890", "sscc-96", 0)
SSCC = "106141412345678908"
MUG = "Ceramic mug white"


def post(server: Server, token: str, *antennas: int) -> Any:
    """The reader says that a tag went past these antennas, just now."""
    events = [
        {
            "event": n,
            "epc": TAG,
            "antenna": antenna,
            "rssi": -48.5,
            "time": (datetime.now(UTC) - timedelta(seconds=5 - 0.5 * n)).isoformat(),
        }
        for n, antenna in enumerate([each for each in antennas for _ in range(2)])
    ]
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    with closing(HTTPConnection("127.0.0.1", server.port)) as line:
        line.request("POST", "/api/v1/rfid/reads", json.dumps(events), headers)
        with line.getresponse() as answer:
            return json.loads(answer.read())


def bind(desk: Desk, antenna: int, side: str) -> None:
    form = desk.at("bind-form")
    form.locator("input[name=antenna]").fill(str(antenna))
    form.locator("select[name=place]").select_option(label=DOCK)
    form.locator("select[name=meaning]").select_option("dock_in")
    form.locator("select[name=side]").select_option(side)
    form.get_by_test_id("bind").click()
    expect(desk.at("points").locator("tr")).to_have_count(antenna)


def test_a_pallet_read_at_the_door_is_received_when_a_supervisor_says_so(
    new_context: NewContext,
    server: Server,
    installation: Installation,
    house: House,
    playwright_driver: Playwright,
) -> None:
    playwright_driver.selectors.set_test_id_attribute("data-test")
    mugs = {"item": house.item(SKUS[MUG]), "packaging": None, "lot": None, "expiry": None}
    house.done(
        "purchasing.save_asn",
        {
            "number": "ASN-77",
            "supplier": None,
            "purchase_order": None,
            "units": [{"code": SSCC, "contents": [{**mugs, "quantity": 40}]}],
            "lines": [],
        },
    )
    page = new_context(viewport=DESK, has_touch=False).new_page()
    desk = Desk(page, f"http://127.0.0.1:{server.port}/").sign_in("sam", installation.password)

    desk.at("desk-readers").click()
    page.locator("input[name=name]").fill("Door 1")
    desk.at("register").click()
    found = re.search(r"Bearer (\w{64})", desk.at("token-value").inner_text())
    assert found
    desk.is_fit_for_everybody()
    desk.at("token-done").click()
    expect(desk.at("token")).to_have_count(0)
    bind(desk, 1, "outside")
    bind(desk, 2, "inside")
    assert found[1] not in page.content()

    assert post(server, found[1], 1, 2)["accepted"] == 4
    desk.at("desk-gates").click()
    proposal = desk.at("receipt")
    expect(proposal).to_contain_text(SSCC)
    expect(proposal).to_contain_text("Inwards")
    desk.is_fit_for_everybody()
    desk.shoot("gates")
    assert house.on_hand(SKUS[MUG], DOCK) == 0
    proposal.get_by_test_id("confirm").click()
    expect(desk.at("receipt")).to_have_count(0)
    expect(desk.at("feedback")).to_contain_text("Done")

    assert house.on_hand(SKUS[MUG], DOCK) == 40
    desk.open("tag_visits")
    expect(desk.rows).to_have_count(1)
