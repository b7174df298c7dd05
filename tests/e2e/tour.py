"""A tour of the handheld: every screen in the states that matter, one after the other."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from app.demo.cast import sscc
from tests.e2e.house import GTINS
from tests.e2e.scanner import Scanner

PALLET, LATER = sscc(1), sscc(3)
TEA, BLACK_TEA, COFFEE = "Green tea 20 bags", "Black tea 50 bags", "Ground coffee 500 g"
MUG, LAMP = "Ceramic mug white", "Desk lamp"
TOTE, FLOWS = "TMT:T-07", ("putaway", "pick", "ship", "count", "move", "lookup")
FADED_MS = 1_000  # after which the app itself has nothing more to say about the colour
HOLD = "(tone) => { document.querySelector('.screen').dataset.tone = tone; }"
LET_GO = "() => { delete document.querySelector('.screen').dataset.tone; }"
NO_DISK = """
() => {
  IDBObjectStore.prototype.kept = IDBObjectStore.prototype.add;
  IDBObjectStore.prototype.add = () => { throw new DOMException("full", "QuotaExceededError"); };
}
"""
DISK = "() => { IDBObjectStore.prototype.add = IDBObjectStore.prototype.kept; }"

Look = Callable[[Page, str], None]


class FloorTour:
    """Works as somebody on the floor does, and stops wherever there is something to look at."""

    def __init__(self, scanner: Scanner, look: Look) -> None:
        self.scanner = scanner
        self.look = look

    def see(self, name: str) -> None:
        """Look at the screen as it is."""
        self.look(self.scanner.page, name)

    def flash(self, name: str, tone: str) -> None:
        """Look at a colour that lasts less than a second, held for as long as that takes."""
        self.scanner.page.wait_for_timeout(FADED_MS)
        self.scanner.page.evaluate(HOLD, tone)
        self.see(name)
        self.scanner.page.evaluate(LET_GO)

    def sheet(self, tool: str, name: str) -> None:
        """Look behind a button, where it is shown, and close again what it opened."""
        if not self.scanner.at(tool).is_visible():
            return
        self.scanner.tap(tool)
        self.see(name)
        self.scanner.tap("back")

    def enter(self, flow: str) -> None:
        """Go through a door; the first time its coach has three things to say."""
        self.scanner.door(flow)
        mark = self.scanner.at("coach")
        if mark.count():
            self.see(f"{flow}-coach")
        while mark.count():
            mark.tap()
        self.see(flow)

    # --- who --------------------------------------------------------------------------------

    def arrive(self, code: str, badge: str, pin: str) -> None:
        """Join the site, miss the PIN once, sign in."""
        self.see("enrol")
        self.scanner.scan("TME:NOT-A-CODE")
        expect(self.scanner.at("feedback")).not_to_be_empty()
        self.see("enrol-refused")
        self.scanner.enrol(code)
        self.see("badge")
        self.scanner.scan(f"TMB:{badge}")
        expect(self.scanner.at("keypad")).to_be_visible()
        self.see("pin")
        for digit in "000000":
            self.scanner.tap(f"key-{digit}")
        self.scanner.tap("key-ok")
        expect(self.scanner.at("feedback")).not_to_be_empty()
        self.see("pin-wrong")
        self.scanner.reload()
        self.scanner.shows("instruction", "Scan your badge")
        self.scanner.sign_in(badge, pin)
        self.see("home")

    def beside(self) -> None:
        """What is not a flow."""
        for screen in ("settings", "todo", "queue"):
            self.scanner.page.goto(f"{self.scanner.address}#/{screen}")
            expect(self.scanner.at(screen)).to_be_visible()
            self.see(screen)
        self.scanner.page.goto(f"{self.scanner.address}#/scanner")
        self.scanner.shows("scanner-ask", "Scan the set-up code")
        self.see("scanner")
        self.scanner.scan(GTINS[LAMP])
        expect(self.scanner.at("finding-other_code")).to_be_visible()
        self.see("scanner-judged")
        self.scanner.page.goto(f"{self.scanner.address}#/")

    # --- flows ------------------------------------------------------------------------------

    def receive(self) -> None:
        self.enter("receive")
        self.scanner.scan("DOCK-1", "Dock DOCK-1")
        self.see("receive-at-dock")
        self.scanner.scan(f"]C100{PALLET}", "received")
        self.flash("receive-pallet", "ok")
        self.scanner.scan("PO-1001", "Order PO-1001")
        self.see("receive-order")
        self.scanner.scan(GTINS[BLACK_TEA], f"1 × {BLACK_TEA}")
        self.see("receive-goods")
        self.numbers()
        self.sheet("more", "receive-more")
        self.scanner.scan("A-01-9")
        expect(self.scanner.at("feedback")).to_have_attribute("data-said", "caution")
        self.see("receive-unknown")
        self.unclear()
        self.damaged()
        self.scanner.scan(GTINS[LAMP])
        expect(self.scanner.at("feedback")).to_contain_text(LAMP)
        self.see("receive-not-ordered")
        self.scanner.scan_again(GTINS[LAMP], f"1 × {LAMP}")
        self.lot()

    def numbers(self) -> None:
        """The pad: a plain number, one that is far off, and a code typed in."""
        self.scanner.tap("quantity")
        self.see("pad")
        for digit in "500":
            self.scanner.tap(f"key-{digit}")
        self.scanner.tap("key-ok")
        self.see("pad-doubted")
        self.scanner.tap("back")
        self.scanner.key_in(12)
        self.scanner.tap("code")
        for digit in "204":
            self.scanner.tap(f"key-{digit}")
        self.see("codepad")
        self.scanner.tap("back")
        self.sheet("camera", "camera")

    def unclear(self) -> None:
        """A code that nobody knows is named, one that says two things is chosen."""
        self.scanner.tap("action-name_it")
        self.see("what-is-it")
        self.scanner.scan(GTINS[LAMP], LAMP)
        self.see("what-is-it-how")
        self.scanner.tap("back")
        self.scanner.scan(f"]C1010{GTINS[COFFEE]}10L717261231", "Two meanings")
        self.see("which-meaning")
        self.scanner.tap("back")

    def damaged(self) -> None:
        self.scanner.tap("action-damaged")
        expect(self.scanner.at("choices")).to_be_visible()
        self.see("receive-reason")
        self.scanner.tap("undo")

    def lot(self) -> None:
        """Goods that have a lot, on a label that does not say it."""
        self.scanner.tap("primary")
        self.scanner.scan("PO-1002", "Order PO-1002")
        self.scanner.scan(GTINS[COFFEE])
        expect(self.scanner.at("instruction")).to_contain_text("ot")
        self.see("receive-lot")
        self.sheet("code", "receive-lot-pad")

    def put_away(self) -> None:
        self.enter("putaway")
        self.scanner.scan(f"]C100{PALLET}", "Scan the bin")
        self.see("putaway-bin")
        target = self.scanner.reads("target")
        self.scanner.scan("DOCK-2")
        expect(self.scanner.at("feedback")).not_to_be_empty()
        self.see("putaway-another")
        self.scanner.scan_again(target, f"in {target}")
        self.flash("putaway-done", "ok")

    def pick(self) -> None:
        self.enter("pick")
        self.scanner.tap("primary")
        self.scanner.says("Go there and scan")
        self.see("pick-place")
        target, goods = self.scanner.reads("target"), self.scanner.reads("goods")
        self.scanner.scan("A-08-3" if target != "A-08-3" else "B-08-3")
        expect(self.scanner.at("feedback")).to_have_attribute("data-said", "wrong")
        self.see("pick-wrong-place")
        self.scanner.scan(target, "Scan the goods")
        self.see("pick-goods")
        self.scanner.scan(GTINS[MUG if goods != MUG else TEA])
        expect(self.scanner.at("feedback")).to_have_attribute("data-said", "wrong")
        self.see("pick-wrong-item")
        self.scanner.scan(GTINS[goods], "Scan the tote")
        self.see("pick-tote")
        self.scanner.scan(TOTE, f"× {goods}")
        self.flash("pick-done", "ok")
        self.finish_walk()

    def finish_walk(self) -> None:
        """Pick the rest; report the last stop short."""
        stops = int(self.scanner.reads("progress").rpartition(" ")[2])
        for stop in range(stops - 1):
            goods = self.scanner.reads("goods")
            self.scanner.scan(self.scanner.reads("target"), "Scan the goods")
            if stop == stops - 2:
                self.short()
                return
            self.scanner.scan(GTINS[goods], f"× {goods}")

    def short(self) -> None:
        self.scanner.tap("action-short")
        expect(self.scanner.at("choices")).to_be_visible()
        self.see("pick-short")
        self.scanner.at("choice").first.tap()
        self.scanner.says("Ready for work")
        self.see("pick-finished")

    def ship(self) -> None:
        self.enter("ship")
        self.scanner.drained()
        self.scanner.scan(TOTE, "scan the stage")
        self.see("ship-stage")
        self.scanner.scan("STAGE-1", "Check, then ship")
        self.see("ship-check")
        self.scanner.tap("primary")
        self.scanner.says("shipped")
        self.flash("ship-done", "ok")

    def count(self, place: str, goods: str) -> None:
        self.enter("count")
        self.scanner.scan(place, f"Count {place}")
        self.see("count-place")
        self.scanner.scan(GTINS[goods], f"1 × {goods} noted")
        self.scanner.key_in(3, doubted=False)
        self.scanner.says(f"3 × {goods} noted")
        self.see("count-goods")
        self.scanner.tap("primary")
        self.scanner.says(f"Counted: {place}")
        self.flash("count-done", "ok")

    def move(self, place: str, goods: str) -> None:
        self.enter("move")
        self.scanner.scan(place)
        self.scanner.scan(GTINS[goods])
        self.scanner.says(goods)
        self.see("move-goods")
        self.scanner.tap("back")

    def look_up(self, place: str, goods: str) -> None:
        self.enter("lookup")
        self.scanner.scan(place)
        self.scanner.shows("target", place)
        self.see("lookup-place")
        self.scanner.scan(GTINS[goods])
        expect(self.scanner.at("goods").or_(self.scanner.at("target")).first).to_be_visible()
        self.see("lookup-item")

    # --- trouble ----------------------------------------------------------------------------

    def offline(self) -> None:
        """Without a network the badge says how much is unsent, and a put-away is not checked."""
        self.scanner.wire.cut()
        self.scanner.door("putaway")
        self.scanner.scan(f"]C100{LATER}", "Scan the bin")
        self.scanner.scan(self.scanner.reads("target"), "in ")
        self.scanner.unsent(1)
        self.see("offline-putaway")
        self.scanner.door("receive")
        self.scanner.link("offline")
        self.see("offline")
        self.scanner.tap("queue-badge")
        self.see("offline-queue")
        self.scanner.tap("queue-badge")
        self.scanner.wire.mend()

    def full_disk(self, place: str) -> None:
        """What could not be written is said loudly."""
        self.scanner.door("count")
        self.scanner.scan(place)
        self.scanner.page.evaluate(NO_DISK)
        self.scanner.scan(GTINS[LAMP])
        expect(self.scanner.at("not-saved")).to_be_visible()
        self.see("not-saved")
        self.scanner.page.evaluate(DISK)

    def in_spanish(self) -> None:
        """Longer words must fit too."""
        self.scanner.page.goto(f"{self.scanner.address}#/settings")
        self.scanner.tap("language-es")
        self.see("es-settings")
        for flow in FLOWS:
            self.scanner.page.goto(f"{self.scanner.address}#/{flow}")
            expect(self.scanner.at(f"flow-{flow}")).to_be_visible()
            self.see(f"es-{flow}")
        self.scanner.page.goto(f"{self.scanner.address}#/settings")
        self.scanner.tap("language-en")
