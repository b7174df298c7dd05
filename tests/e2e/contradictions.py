"""How people who cannot hear of each other contradict each other, and who decides."""

from playwright.sync_api import expect

from tests.e2e.house import GTINS
from tests.e2e.office import Desk
from tests.e2e.scanner import Scanner

TEA, TOWEL, MUG = "Black tea 50 bags", "Bath towel", "Ceramic mug white"
ORDERED, SPARE = 12, "D-08-3"
VERDICTS = {  # contradiction → what the supervisor decides, and whose stories he reads
    "over_pick": ("put_back", "Paul Picker", "Alex Allround"),
    "over_receipt": ("accept", "Rosa Receiver", "Alex Allround"),
    "not_ordered": ("accept", "Rosa Receiver", "Alex Allround"),
    "negative_stock": ("recount", "Rosa Receiver", "Alex Allround"),
    "rule_broken": ("relocate", "Alex Allround"),
}
MAY_STILL_SETTLE = {"negative_stock"}


def receive_too_much(one: Scanner, dock: str) -> None:
    """All that was ordered of the tea, for the second time; and towels that nobody ordered."""
    one.wire.cut()
    one.door("receive")
    one.scan(dock, f"Dock {dock}")
    one.scan("PO-1001", "Order PO-1001")
    one.scan(GTINS[TEA], f"1 × {TEA}")
    one.key_in(ORDERED)
    one.says(f"{ORDERED} × {TEA}")
    one.scan(GTINS[TOWEL], "Not ordered")
    one.scan_again(GTINS[TOWEL], f"1 × {TOWEL}")


def clear_out(one: Scanner, place: str, pieces: int, target: str) -> None:
    """Carry all towels of a place to another."""
    one.door("move")
    one.scan(place, f"From {place}")
    one.scan(GTINS[TOWEL], "Scan the new place")
    one.key_in(pieces, doubted=True)
    one.scan(target, f"in {target}")


def count_mugs(alex: Scanner, place: str, pieces: int) -> None:
    """Blind."""
    alex.door("count")
    alex.scan(place, f"Count {place}")
    alex.scan(GTINS[MUG], f"1 × {MUG} noted")
    alex.key_in(pieces)
    alex.says(f"{pieces} × {MUG} noted")
    alex.tap("primary")
    alex.says(f"Counted: {place}")


def settle(sam: Desk, code: str, resolution: str, *tellers: str) -> None:
    """Read both stories, and decide with one tap."""
    case = sam.exception(code)
    if code in MAY_STILL_SETTLE and not case.count():
        sam.at("show-settling").click()  # nobody has to wait until it has
    expect(case).to_have_count(1)
    case.click()
    for teller in tellers:
        expect(sam.at("story").filter(has_text=teller).first).to_be_visible()
    sam.shoot(code)
    sam.at(f"resolve-{resolution}").click()
    expect(case).to_have_count(0)
    sam.at("show-open").click()
