"""A handheld in a worker's hand: what can be scanned, tapped and read on it."""

import asyncio
import re
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, ConsoleMessage, Locator, Page, expect

from tests.e2e.wire import Wire

ENTER = {"text": "\r", "code": "Enter", "windowsVirtualKeyCode": 13}
PACE = 0.001  # seconds between two strokes of a wedge
ECHO_MS = 350  # a second trigger pull sooner than this is taken for an echo of the first
WAITING = "() => navigator.serviceWorker.getRegistration().then((ours) => ours.waiting !== null)"
NOTED = """
async () => {
  const base = await new Promise((resolve, reject) => {
    const opening = indexedDB.open("tallyman");
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  try {
    return await new Promise((resolve, reject) => {
      const asking = base.transaction("journal").objectStore("journal").getAll();
      asking.onsuccess = () => resolve(asking.result);
      asking.onerror = () => reject(asking.error);
    });
  } finally {
    base.close();
  }
}
"""
# What a browser writes by itself when the network or the server says no.
OF_THE_NETWORK = re.compile(r"Failed to load resource: (net::ERR_|the server responded with)")

# What the page was given: a scan without an answer was either not heard, or not understood.
KEYS = """
window.keysHeard = [];
addEventListener("keydown", (event) => {
  window.keysHeard = [...window.keysHeard.slice(-60), [event.key, event.timeStamp]];
}, true);
"""


@dataclass
class Watch:
    """Listens for everything a page complains about."""

    complaints: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        """Hear every page of the context, opened or to be opened."""
        context.on("console", self._heard)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not OF_THE_NETWORK.match(message.text):
            self.complaints.append(message.text)


@dataclass
class Scanner:
    """The page object of the handheld app."""

    page: Page
    wire: Wire
    shots: Path | None = None

    @property
    def address(self) -> str:
        """Where the app is: at this scanner's end of its wire."""
        return f"http://127.0.0.1:{self.wire.port}/"

    def open(self) -> "Scanner":
        """Open the app, and wait for the worker that keeps it on the device."""
        self.page.add_init_script(KEYS)
        self.page.goto(self.address)
        self.page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
        self.shows("instruction", "Scan the enrolment code")
        return self

    # --- who --------------------------------------------------------------------------------

    def enrol(self, code: str) -> "Scanner":
        """Join the site."""
        self.shoot("enrol")
        self.scan(f"TME:{code}")
        self.shows("instruction", "Scan your badge")
        return self

    def sign_in(self, badge: str, pin: str) -> "Scanner":
        """Sign in at the start of the shift: the doors open."""
        self.unlock(badge, pin)
        expect(self.at("home")).to_be_visible()
        self.shoot("home")
        return self

    def unlock(self, badge: str, pin: str) -> None:
        """Scan the badge and tap the PIN."""
        self.scan(f"TMB:{badge}")
        expect(self.at("keypad")).to_be_visible()
        self.shoot("pin")
        for digit in pin:
            self.tap(f"key-{digit}")
        self.tap("key-ok")

    def sign_over(self, badge: str, pin: str) -> "Scanner":
        """Give it to somebody else, who signs in where this one stopped."""
        if self.page.locator("button[data-test=home]").count():
            self.page.locator("button[data-test=home]").tap()
        return self.sign_in(badge, pin)

    # --- hands ------------------------------------------------------------------------------

    def at(self, name: str) -> Locator:
        """Find a part of the screen."""
        return self.page.get_by_test_id(name)

    def scan(self, text: str, says: str | None = None) -> None:
        """Type fast and end with Enter, as a wedge does; `says` is what the screen answers."""
        strokes: list[dict[str, object]] = []
        for key in [*text, "Enter"]:
            down = {"key": key, **ENTER} if key == "Enter" else {"key": key, "text": key}
            strokes += [{"type": "keyDown", **down}, {"type": "keyUp", "key": key}]
        cable = self.page.context.new_cdp_session(self.page)
        all_at_once(cable, strokes)
        cable.detach()
        if says is not None:
            self.says(says)

    def scan_again(self, text: str, says: str | None = None) -> None:
        """Pull the trigger a second time, slowly enough not to be an echo."""
        self.page.wait_for_timeout(ECHO_MS)
        self.scan(text, says)

    def tap(self, name: str) -> None:
        """Tap a button."""
        self.at(name).tap()

    def choose(self, words: str) -> None:
        """Tap one of the answers on the screen."""
        self.at("choice").filter(has_text=words).tap()

    def door(self, name: str) -> None:
        """Go home and through a door."""
        if self.at("back").is_visible():
            self.tap("back")
        if self.at("home").is_visible() and self.page.locator("button[data-test=home]").count():
            self.page.locator("button[data-test=home]").tap()
        self.tap(f"door-{name}")
        expect(self.at(f"flow-{name}")).to_be_visible()

    def key_in(self, quantity: int, *, doubted: bool = False) -> None:
        """Tap a number into the pad behind the quantity; one far off is asked about once."""
        self.tap("quantity")
        for digit in str(quantity):
            self.tap(f"key-{digit}")
        self.shoot("quantity")
        self.tap("key-ok")
        if doubted:
            self.shows("keypad-value", f"{quantity}? Press OK again.")
            self.shoot("doubted")
            self.tap("key-ok")
        expect(self.at("keypad")).to_be_hidden()

    def reload(self) -> None:
        """Load the page anew, from what the device keeps."""
        self.page.reload()

    # --- eyes -------------------------------------------------------------------------------

    def says(self, words: str) -> None:
        """Wait until the screen says these words, as an answer or as an instruction."""
        expect(self.at("stop")).to_contain_text(words)

    def shows(self, name: str, words: str) -> None:
        """Wait until this part of the screen reads so; in vain, tell the whole screen."""
        try:
            expect(self.at(name)).to_have_text(words)
        except AssertionError as missing:
            missing.add_note(f"The screen: {self.at_large()}")
            raise

    def at_large(self) -> str:
        """Tell all there is to see, and the last keys the page was given and when."""
        keys = self.page.evaluate("() => window.keysHeard")
        return f"{self.page.locator('body').inner_text()!r} after {keys}"

    def reads(self, name: str) -> str:
        """Read a part of the screen."""
        return self.at(name).inner_text()

    def stop(self) -> tuple[str, ...]:
        """Where the work stands, as far as the screen tells."""
        parts = ("instruction", "progress", "target", "goods", "quantity-value")
        return tuple(self.reads(part) for part in parts if self.at(part).is_visible())

    def next_release_is_here(self) -> None:
        """Wait until the browser has fetched another version and keeps it for later."""
        deadline = time.monotonic() + 60
        while not self.page.evaluate(WAITING):
            assert time.monotonic() < deadline, "no new version came"
            self.page.wait_for_timeout(100)

    def shoot(self, name: str) -> None:
        """Keep a picture, where pictures are wanted."""
        if self.shots is not None:
            taken = len(list(self.shots.glob("*.png")))
            self.page.screenshot(path=self.shots / f"{taken:02d}-{name}.png")

    # --- the queue --------------------------------------------------------------------------

    def journal(self) -> list[dict[str, Any]]:
        """What the device has on its disk, oldest first."""
        found: list[dict[str, Any]] = self.page.evaluate(NOTED)
        return sorted(found, key=lambda entry: (entry["epoch"], entry["seq"]))

    def unsent(self, count: int) -> None:
        """Wait until the header says how many are still to be sent."""
        if count == 0:
            expect(self.at("unsent")).to_have_count(0)
        else:
            self.shows("unsent", str(count))

    def link(self, state: str) -> None:
        """Wait until the header says how the connection is."""
        expect(self.at("queue-badge")).to_have_attribute("data-state", state)

    def send_now(self) -> None:
        """Press send on the queue screen and come back."""
        self.tap("queue-badge")
        self.tap("primary")
        self.shoot("queue")
        self.tap("queue-badge")

    def sent_and_fetched(self) -> None:
        """Send and fetch once, and wait for the end of both: nothing is under way any more."""
        self.tap("queue-badge")
        self.tap("primary")
        self.shows("primary", "Send now")
        self.tap("queue-badge")

    def pulled(self) -> None:
        """Fetch what the house has decided meanwhile."""
        self.tap("queue-badge")
        before = self.at("queue-contact").get_attribute("data-at") or ""
        self.tap("primary")
        expect(self.at("queue-contact")).not_to_have_attribute("data-at", before)
        self.tap("queue-badge")

    def drained(self) -> None:
        """Send until nothing is left."""
        self.tap("queue-badge")
        self.tap("primary")
        self.link("sent")
        self.tap("queue-badge")


def all_at_once(cable: CDPSession, strokes: list[dict[str, object]]) -> None:
    """Put all keys on the cable: a wedge does not wait for the page between two of them.

    Each bears the time at which it was typed, as from a keyboard: a browser that is busy when they
    come would otherwise date them apart, and make a slow person of a scanner.
    """
    inner = cable._impl_obj  # noqa: SLF001 - the public way waits for the page at every key
    began = time.time() - PACE * len(strokes)

    async def typed() -> None:
        type_key = "Input.dispatchKeyEvent"
        sent = (
            inner.send(type_key, {**stroke, "timestamp": began + PACE * n}, timeout=None)
            for n, stroke in enumerate(strokes)
        )
        await asyncio.gather(*sent)

    cable._sync(typed())  # noqa: SLF001
