"""Hostile codes through every way into the page: shown as text, executed never."""

import json

from playwright.sync_api import expect

from tests.api.hostile_codes import MARKUP, SQL, TURNS
from tests.e2e.conftest import GiveScanner
from tests.e2e.house import GTINS, House
from tests.e2e.scanner import ECHO_MS
from tests.e2e.wedge import Wedge

MUG = GTINS["Ceramic mug white"]
EVIL = (*MARKUP[:3], MARKUP[5], *SQL[:2], "\x1b[2J\x07TMP:A", f"A{TURNS}B", "9" * 5_000)
LONG = 100  # typed key by key it would take too long
TRIPWIRE = "() => { window.alert = () => { window.tripped = true; }; }"


def test_nothing_of_a_code_is_executed(scanner: GiveScanner, house: House) -> None:
    """As keys and as injected text, on the screens that show what they got."""
    cora = scanner("B-300")
    page, wedge = cora.page, Wedge(cora.page)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate(TRIPWIRE)
    cora.wire.cut()
    cora.door("count")
    tags = page.evaluate("() => document.querySelectorAll('*').length")
    for code in EVIL:
        ways = [wedge.injects, wedge.pastes]
        if code.isprintable() and len(code) < LONG:
            ways.append(wedge.types)
        for send in ways:
            page.wait_for_timeout(ECHO_MS)
            send(code)
            expect(cora.at("feedback")).to_have_attribute("data-said", "wrong")
            expect(cora.at("feedback")).to_contain_text("Unknown:")
            shown = cora.reads("stop")
            assert not any(sign in shown for sign in TURNS[:8] + "\x1b\x07"), shown
            assert len(shown) < 2_000
            assert page.locator("img, iframe, svg[onload]").count() == 0
    cora.door("lookup")
    for code in EVIL:
        wedge.injects(code)
        cora.page.wait_for_timeout(60)
    page.goto(f"{cora.address}#/scanner")
    expect(cora.at("scanner-ask")).to_be_visible()
    for code in MARKUP[:2]:
        wedge.types(code)
        expect(cora.at("finding-other_code")).to_contain_text(code)
    page.goto(f"{cora.address}#/count")
    expect(cora.at("flow-count")).to_be_visible()
    cora.scan("D-08-3", "Count D-08-3")
    cora.scan(MUG)
    cora.says("noted")
    assert abs(page.evaluate("() => document.querySelectorAll('*').length") - tags) < 60
    assert not page.evaluate("() => window.tripped === true")

    noted = [json.loads(entry["text"])["kind"] for entry in cora.journal()]
    assert noted == ["counting.count_line"]
    cora.wire.mend()
    cora.drained()
    house.assert_holds_once(cora.journal())
