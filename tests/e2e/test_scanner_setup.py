"""Setting up a scanner: one printed code, and the screen says what is wrong and what to change."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import GiveScanner
from tests.e2e.house import GTINS, House
from tests.e2e.scanner import Scanner
from tests.e2e.test_scanner_input import hears
from tests.e2e.wedge import GS, Wedge

CODE = f'91YzAqWmi-_/:.()+=?%&"{GS}9203456781'
NAMED = f"]C1{CODE}"
MUG = GTINS["Ceramic mug white"]
# An English scanner at a handheld with a German keyboard.
GERMAN = str.maketrans('yzYZ-_/:()+=?&"]', "zyZYß?-Ö)=`´_/Ä+")


@pytest.fixture
def cora(scanner: GiveScanner) -> Scanner:
    """A counter whose handheld has no network, in front of the page for scanners."""
    handed = scanner("B-300")
    handed.wire.cut()
    handed.tap("door-settings")
    handed.tap("door-scanner")
    return handed


def judged(at_work: Scanner, outcome: str, *findings: str) -> None:
    """The page has listened, and says this."""
    expect(at_work.at("scanner-judged")).to_have_attribute("data-outcome", outcome)
    shown = at_work.page.locator("[data-test^=finding-]")
    expect(shown).to_have_count(len(findings))
    for finding in findings:
        expect(at_work.at(f"finding-{finding}")).to_be_visible()


def test_what_is_wrong_is_said(cora: Scanner) -> None:
    """Every way of speaking is told apart by what arrives, without network."""
    wedge = Wedge(cora.page)
    cora.shows("scanner-ask", "Scan the set-up code")
    cora.shoot("scanner-ask")
    wedge.types(NAMED)
    judged(cora, "good")
    cora.shoot("scanner-good")
    wedge.injects(NAMED)
    judged(cora, "good")
    wedge.types(CODE)
    judged(cora, "works", "aim_off")
    wedge.types(NAMED, suffix=None)
    judged(cora, "stops", "no_suffix")
    cora.shoot("scanner-stops")
    wedge.types(*NAMED.split(GS))
    judged(cora, "stops", "cut_at_gs")
    wedge.types(NAMED.replace(GS, ""))
    judged(cora, "stops", "gs_lost")
    wedge.injects(NAMED)
    wedge.types(NAMED)
    judged(cora, "stops", "both_ways")
    wedge.types(NAMED, NAMED)
    judged(cora, "helped", "doubled")
    wedge.types(NAMED.upper())
    judged(cora, "stops", "capitals_lost")
    wedge.types(MUG)
    judged(cora, "stops", "other_code")
    expect(cora.at("scanner-kept")).to_have_count(0)


def test_what_can_be_made_up_for_is(cora: Scanner, house: House) -> None:
    """From then on every screen reads this scanner, and the house gets what is printed."""
    wedge = Wedge(cora.page)

    def sent(code: str) -> str:
        return f"~{code.replace(GS, '|').translate(GERMAN)}"

    wedge.types(sent(NAMED))
    judged(cora, "helped", "gs_replaced", "layout", "prefix")
    cora.shoot("scanner-helped")
    cora.reload()
    expect(cora.at("scanner-kept")).to_be_visible()
    cora.page.goto(f"{cora.address}#/")
    cora.door("count")
    wedge.types(sent("TMP:D-08-3"))
    cora.says("Count D-08-3")
    label = f"]C1010{MUG}10Az-9/y_Q{GS}21SN:1"
    wedge.types(sent(label))
    hears(cora, [label])

    cora.page.goto(f"{cora.address}#/scanner")
    cora.tap("scanner-forget")
    expect(cora.at("scanner-kept")).to_have_count(0)
    cora.page.goto(f"{cora.address}#/count")
    expect(cora.at("flow-count")).to_be_visible()
    cora.scan(MUG)
    hears(cora, [label, MUG])
    cora.wire.mend()
    cora.drained()
    house.assert_holds_once(cora.journal())


def test_two_voices_are_one_scan(cora: Scanner) -> None:
    """Keys and injected text together count once, however slowly the keys come."""
    wedge = Wedge(cora.page)
    cora.page.goto(f"{cora.address}#/")
    cora.door("count")
    cora.scan("D-08-3", "Count D-08-3")
    wedge.injects(MUG)
    wedge.slowly(MUG, 30)
    hears(cora, [MUG])
    wedge.types(f"]C1010{MUG}10A-1" * 2)
    hears(cora, [MUG, f"]C1010{MUG}10A-1"])


def test_it_is_there_before_anybody_enrols(scanner: GiveScanner) -> None:
    """The first code a new handheld scans may be the one that tells how its scanner speaks."""
    fresh = scanner("B-300")
    page = fresh.page.context.browser.new_context().new_page()  # type: ignore[union-attr]
    page.goto(fresh.address)
    page.get_by_test_id("door-scanner").click()
    expect(page.get_by_test_id("scanner-ask")).to_be_visible()
    page.get_by_test_id("help-zebra").locator("summary").click()
    expect(page.get_by_test_id("help-zebra")).to_contain_text("Keystroke output")
    page.context.close()
