"""One handheld that lives through everything: its browser, its wire, its server, its memory.

What the screen says is noted outside of the browser at once, so that it outlives the browser.
"""

import itertools
import os
import re
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Error, Page, Playwright, expect
from sqlalchemy import select

from app.db import snapshot
from app.pipeline.models import OpenException, StoredOperation
from tests.e2e.conftest import HANDHELD, PATIENCE_MS
from tests.e2e.hearing import LISTEN, OK, SILENT, STOPPED, UNSAVED, WHERE, Moment, tone_of
from tests.e2e.house import GTINS, House, Installation, Server, look_into, tallyman
from tests.e2e.scanner import KEYS, Scanner, Watch
from tests.e2e.wire import Wire
from tests.provision.chromium import Chromium

BADGE = "B-400"
CRASH_MS = 5_000
SERIAL = re.compile(rb"01\d{14}91(Q\d{6})")  # our number on the label, in the envelope
RELEASE = re.compile(r"tallyman-[0-9a-f]{12}")


@dataclass
class Rig:
    """The handheld and everything around it that may fail."""

    driver: Playwright
    chromium: Chromium
    installation: Installation
    server: Server
    house: House
    wire: Wire
    profile: Path
    watch: Watch = field(default_factory=Watch)
    heard: list[str] = field(default_factory=list)
    said: dict[str, None] = field(default_factory=dict)  # labels of which ok was said
    declared: set[str] = field(default_factory=set)  # labels lost, and declared as lost
    arrived: Counter[str] = field(default_factory=Counter)  # labels in the server's log
    seen: int = 0  # of the server's log
    labels: int = 0
    releases: int = 0
    torn: list[str] = field(default_factory=list)  # scans that the screen stopped, and why
    context: BrowserContext | None = None
    hand: Scanner | None = None

    # --- the browser ------------------------------------------------------------------------

    def start(self) -> None:
        """Start the browser on the profile that stays, and open the app."""
        self.context = self.driver.chromium.launch_persistent_context(
            self.profile,
            executable_path=self.chromium.program,
            args=self.chromium.arguments(),
            env=dict(self.chromium.environment()),
            viewport=HANDHELD,
            has_touch=True,
        )
        self.context.set_default_timeout(PATIENCE_MS)
        self.watch.over(self.context)
        self.context.expose_function("hear", self.hears)
        self.context.add_init_script(LISTEN)
        self.context.add_init_script(KEYS)
        self.hand = Scanner(self.context.pages[0], self.wire)

    def join(self) -> None:
        """Enrol and sign in, for the first time or after everything was forgotten."""
        self.scanner.enrol(tallyman(self.installation, "enrolment-code").strip())
        self.scanner.sign_in(BADGE, self.installation.pin)

    def hears(self, words: str) -> None:
        """Note what a page tells."""
        self.heard.append(words)

    @property
    def scanner(self) -> Scanner:
        """What is in the hand."""
        assert self.hand
        return self.hand

    @property
    def page(self) -> Page:
        """The page in front."""
        return self.scanner.page

    def open(self) -> None:
        """Open the app where it was."""
        self.page.goto(self.scanner.address, wait_until="commit")
        expect(
            self.scanner.at("queue-badge").or_(self.scanner.at("instruction")).first
        ).to_be_visible()

    def again(self) -> None:
        """Start the browser that was killed."""
        if self.context is not None:
            with suppress(Error):
                self.context.close()
        self.start()
        self.open()

    def other_page(self) -> None:
        """Open the app in a new page; the one before is gone, or stays as another tab."""
        assert self.context
        self.hand = Scanner(self.context.new_page(), self.wire)
        self.open()

    def kill(self) -> None:
        """Take the power away from every process of the browser."""
        for process in processes(self.profile):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)

    def crash(self, page: Page) -> None:
        """End the process of a page, and of what shares it: other tabs, the service worker.

        A worker that dies while a debugger, such as this rig, is attached to it leaves a target
        behind that every navigation then waits for; without one the browser starts it anew.
        """
        with suppress(Error), page.expect_event("crash", timeout=CRASH_MS):
            page.goto("chrome://crash", timeout=CRASH_MS)
        assert self.context
        assert self.context.browser
        cable = self.context.browser.new_browser_cdp_session()
        for target in cable.send("Target.getTargets")["targetInfos"]:
            if target["type"] == "service_worker":
                cable.send("Target.closeTarget", {"targetId": target["targetId"]})
        cable.detach()

    def tell(self, command: str, **what: Any) -> Any:
        """Say something to the browser itself."""
        cable = self.page.context.new_cdp_session(self.page)
        try:
            return cable.send(command, what)
        finally:
            with suppress(Error):
                cable.detach()

    @property
    def origin(self) -> str:
        """Whose storage it is."""
        return self.scanner.address.rstrip("/")

    # --- the work ---------------------------------------------------------------------------

    def to_bin(self, place: str) -> None:
        """Go on with the bin that is being counted, or begin this one."""
        self.scanner.door("count")
        if "Scan what is here" not in self.scanner.reads("instruction"):
            self.scanner.scan(place, f"Count {place}")

    def finish(self) -> None:
        """Say that there is nothing else in the bin."""
        self.scanner.tap("primary")
        self.scanner.says("Counted: ")

    def label(self, goods: str) -> str:
        """Print a label nobody else has: its number is what is looked for on the server."""
        self.labels += 1
        return f"]C101{GTINS[goods]:0>14}91Q{self.labels:06d}"

    def note(self, goods: str) -> str:
        """Scan goods and wait for what the screen says."""
        label = self.label(goods)
        before = self.now()
        self.scanner.scan(label)
        return self.waited(label, before)

    def in_a_hurry(self, goods: str, moment_ms: int) -> Callable[[], None]:
        """Scan goods and do not wait; called afterwards, tells whether ok had been said."""
        label = self.label(goods)
        before = self.now()
        self.scanner.scan(label)
        time.sleep(moment_ms / 1000)

        def told() -> None:
            if OK in map(tone_of, self.answers(before)):
                self.said[label] = None

        return told

    def now(self) -> Moment:
        """Which answer stands on the screen: what is said after it answers what is scanned now."""
        answer, page = self.page.evaluate(WHERE)
        return Moment(len(self.heard), answer, page)

    def answers(self, since: Moment) -> list[str]:
        """What the page has said since; an answer that was only heard late is none of them."""
        return [one for one in self.heard[since.heard :] if since.before(one)]

    def waited(self, label: str, before: Moment, seconds: float = 20) -> str:
        """Wait for the screen's answer to a label; remember it if it was ok."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for one in self.answers(before):
                if tone_of(one) in {OK, UNSAVED, *STOPPED}:
                    if tone_of(one) == OK:
                        self.said[label] = None
                    return tone_of(one)
            self.page.wait_for_timeout(10)
        return SILENT

    def scene(self) -> str:
        """What there is to see and to hear, for a message about what did not come."""
        keys = self.page.evaluate("() => window.keysHeard.slice(-45)")
        gaps = [round(b[1] - a[1]) for a, b in itertools.pairwise(keys)]
        typed = " ".join(key for key, _ in keys)
        return f"{self.scanner.stop()}; keys {typed}; gaps {gaps}; heard {self.heard[-6:]}"

    # --- the server -------------------------------------------------------------------------

    def heal(self) -> None:
        """Everything works again; wait until nothing is left to send."""
        self.wire.mend()
        if self.server.process is None:
            self.server.start()
        self.scanner.drained()
        self.scanner.unsent(0)

    def publish(self) -> None:
        """Put another release in its place: the same app, another worker."""
        self.releases += 1
        for name in ("index.html", "sw.js"):
            file = self.server.pwa / name
            file.write_text(RELEASE.sub(f"tallyman-{self.releases:012x}", file.read_text()))
            for packed in self.server.pwa.glob(f"{name}.*"):
                packed.unlink()

    def look(self) -> None:
        """Read on in the server's log."""
        with snapshot() as session:
            rows = session.execute(
                select(
                    StoredOperation.commit_seq, StoredOperation.envelope, StoredOperation.alias
                ).where(
                    StoredOperation.stream == self.house.site,
                    StoredOperation.commit_seq > self.seen,
                )
            )
            for commit, envelope, alias in rows:
                self.seen = max(self.seen, commit)
                found = SERIAL.search(envelope)
                if found and not alias:
                    self.arrived[found[1].decode()] += 1

    def gaps(self) -> dict[str, dict[str, Any]]:
        """The losses that were declared: exception → what it says."""
        with snapshot() as session:
            rows = session.scalars(select(OpenException).where(OpenException.code == "device_gap"))
            return {row.id: dict(row.detail) for row in rows}

    def findings(self) -> list[str]:
        """What is wrong now that everything is healed: nothing, or it is a bug."""
        self.look()
        told = {label: number(label) for label in self.said}
        held = " ".join(entry["text"] for entry in self.scanner.journal())
        wrong = [
            f"{label}: ok was said, {self.arrived[n]} arrived, "
            f"{'held' if n in held else 'not held'}; heard {self.heard[-12:]}"
            for label, n in told.items()
            if self.arrived[n] != (0 if label in self.declared else 1)
        ]
        wrong += [f"{n} arrived {times} times" for n, times in self.arrived.items() if times > 1]
        wrong += self._journal()
        wrong += [f"the page complained: {words}" for words in self.watch.complaints]
        self.watch.complaints.clear()
        return wrong

    def journalled(self) -> int:
        """How many operations the handheld holds."""
        return len(self.scanner.journal())

    def _journal(self) -> list[str]:
        """What the handheld holds is on the server, under the same numbers."""
        journal = self.scanner.journal()
        with snapshot() as session:
            held = {
                (device, epoch, seq): operation
                for device, epoch, seq, operation in session.execute(
                    select(
                        StoredOperation.device,
                        StoredOperation.epoch,
                        StoredOperation.seq,
                        StoredOperation.operation,
                    ).where(StoredOperation.device.in_({entry["device"] for entry in journal}))
                )
            }
        return [
            f"held as {entry['epoch']}:{entry['seq']} {entry['state']}, not on the server"
            for entry in journal
            if held.get((entry["device"], entry["epoch"], entry["seq"])) != entry["id"]
        ]


def number(label: str) -> str:
    """The part of a label that is its own; it may itself end with what leads to it."""
    return "Q" + label.rpartition("91Q")[2]


def processes(profile: Path) -> list[int]:
    """Find every process of the browser that runs on this profile."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended meanwhile
            if str(profile).encode() in (process / "cmdline").read_bytes():
                found.append(int(process.name))
    return found


@contextmanager
def rigged(
    driver: Playwright, chromium: Chromium, installation: Installation, pwa: Path, profile: Path
) -> Iterator[Rig]:
    """Set everything up: a server on a build that may be replaced, a handheld signed in."""
    driver.selectors.set_test_id_attribute("data-test")
    expect.set_options(timeout=PATIENCE_MS)
    server = Server(installation, pwa)
    server.start()
    wire = Wire(server.port)
    try:
        with look_into(installation) as house:
            rig = Rig(driver, chromium, installation, server, house, wire, profile)
            rig.start()
            rig.scanner.open()
            rig.join()
            yield rig
            with suppress(Error):
                assert rig.context
                rig.context.close()
    finally:
        wire.close()
        server.stop()
    assert "Traceback" not in server.log(), server.log()
