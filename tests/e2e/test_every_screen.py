"""On every screen: a scan is answered; typing, camera and undo are one tap away."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import GiveScanner
from tests.e2e.scanner import Scanner

FLOWS = ("receive", "putaway", "pick", "ship", "count", "move", "lookup")
BESIDE = ("queue", "todo", "settings", "office")
BIN, NOTHING, BACK = "D-08-3", "Nothing to undo", "One step back"


@pytest.fixture
def alex(scanner: GiveScanner) -> Scanner:
    """Somebody who may do everything on the floor."""
    return scanner("B-400")


# What nobody knows is carried all the same, once it is scanned again.
CARRIED = ("putaway", "move")


def wrong(at_work: Scanner, code: str, flow: str) -> None:
    """The screen says what it got and what it wants, loudly."""
    carried = flow in CARRIED
    tone, wanted = ("caution", "Scan again:") if carried else ("wrong", "Expected:")
    expect(at_work.at("feedback")).to_have_attribute("data-said", tone)
    expect(at_work.at("feedback")).to_contain_text(f"Unknown: {code}. {wanted}")


def test_every_flow_takes_a_scan_in_every_way(alex: Scanner) -> None:
    """By wedge, by keys, over the camera and over every pad; and undo answers."""
    for flow in FLOWS:
        alex.page.goto(f"{alex.address}#/{flow}")
        expect(alex.at(f"flow-{flow}")).to_be_visible()
        alex.scan(f"wedge {flow}")
        wrong(alex, f"wedge {flow}", flow)
        for tool, sheet in (("code", "codepad"), ("camera", "camera-view")):
            alex.tap(tool)
            expect(alex.at(sheet)).to_be_visible()
            alex.scan(f"over {tool} {flow}")
            wrong(alex, f"over {tool} {flow}", flow)
            expect(alex.at(sheet)).to_be_hidden()
        alex.tap("code")
        for key in "204":
            alex.tap(f"key-{key}")
        alex.tap("key-ok")
        wrong(alex, "204", flow)
        undone = BACK if flow in CARRIED else NOTHING  # a doubt is a step
        alex.tap("undo")
        alex.shows("feedback", undone)
        alex.scan("TMC:UNDO")
        alex.shows("feedback", undone)


def test_beside_the_flows_a_scan_opens_where_it_belongs(alex: Scanner) -> None:
    """Wherever somebody looked last, the next scan is answered without a tap."""
    for screen in ("", *BESIDE):
        alex.page.goto(f"{alex.address}#/{screen}")
        expect(alex.at("flow-lookup")).to_have_count(0)
        alex.scan_again(BIN)
        alex.shows("target", BIN)
        alex.shows("title", "Look up")
        alex.tap("back")
        alex.shows("instruction", "Scan anything")


def test_no_camera_is_said_and_typing_is_left(alex: Scanner) -> None:
    """A scanner without a camera, or one that may not use it, says so."""
    alex.door("lookup")
    alex.tap("camera")
    expect(alex.at("camera-view")).to_contain_text("No camera here. Type the code.")
    alex.tap("back")
    alex.tap("code")
    expect(alex.at("codepad")).to_be_visible()
