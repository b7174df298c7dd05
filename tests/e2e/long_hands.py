"""Hands of the long day: they follow what the screen says, and tell the book what they did."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.e2e.long_day import CARTONS, CODES, NUMBERS, Book, Pallet, name
from tests.e2e.scanner import Scanner

DOCK, STAGE, BLOCKED = "DOCK-1", "STAGE-1", "B-99"
FORGOTTEN_MS = 1_100  # what a wedge began and never ended
Shift = Iterator[None]
SEEN = """
(words) => new Promise((found, lost) => {
  const end = Date.now() + 60000;
  const read = (part) => document.querySelector(`[data-test=${part}]`)?.innerText ?? "";
  const look = () => {
    const text = document.querySelector("[data-test=stop]")?.textContent ?? "";
    const word = words.find((each) => text.includes(each));
    if (word !== undefined) {
      const parts = ["instruction", "target", "goods", "quantity-value", "facts", "feedback"];
      found(Object.fromEntries([["word", word], ...parts.map((part) => [part, read(part)])]));
    } else if (Date.now() > end) {
      const keys = window.keysHeard.map(([key, at]) => `${key}@${Math.round(at)}`).join(" ");
      lost(new Error(`expected ${words.join(" or ")}, the screen says: ${text}; keys: ${keys}`));
    } else {
      setTimeout(look, 5);
    }
  };
  look();
})
"""


@dataclass
class Hand:
    """Somebody with a handheld; every gesture is counted, by the line it served."""

    scanner: Scanner
    book: Book
    lines: dict[str, Counter[str]] = field(default_factory=dict)
    gestures: int = 0
    unheard: int = 0  # gestures made while the wire was cut
    cut: bool = False
    last: str = ""

    def sees(self, *words: str) -> dict[str, Any]:
        """Wait for one of these words; returns what the screen shows then."""
        seen: dict[str, Any] = self.scanner.page.evaluate(SEEN, list(words))
        return seen

    def _made(self, gestures: int = 1) -> None:
        self.gestures += gestures
        self.unheard += gestures if self.cut else 0

    def scan(self, code: str, *words: str) -> dict[str, Any]:
        """Pull the trigger, and wait for what the screen answers; the same twice is no echo."""
        if code == self.last:
            self.scanner.scan_again(code)
        else:
            self.scanner.scan(code)
        if not self._was_heard(code):  # a page on a starved machine misses keys
            self.scanner.page.wait_for_timeout(FORGOTTEN_MS)
            self.scanner.scan(code)
        self.last = code
        self._made()
        return self.sees(*words)

    def _was_heard(self, code: str) -> bool:
        """Whether the page was given every key of a scan; what it makes of them is its own."""
        keys: list[tuple[str, float]] = self.scanner.page.evaluate("() => window.keysHeard")
        return "".join(key for key, _ in keys).endswith(f"{code}Enter")

    def tap(self, button: str, *words: str) -> dict[str, Any]:
        """Tap a button, and wait for what the screen answers."""
        self.scanner.tap(button)
        self._made()
        return self.sees(*words)

    def number(self, quantity: int, *words: str) -> None:
        """Key a number in."""
        self.scanner.key_in(quantity)
        self._made()
        if words:
            self.sees(*words)

    def did(self, kind: str, scans: int = 0, taps: int = 0, numbers: int = 0) -> None:
        """Note what a line has cost."""
        counted = self.lines.setdefault(kind, Counter())
        counted.update(lines=1, scans=scans, taps=taps, numbers=numbers)

    def lose_the_network(self) -> None:
        """From now on nobody hears of what this handheld does."""
        self.scanner.wire.cut()
        self.cut = True

    def find_the_network(self) -> None:
        """The network is back."""
        self.scanner.wire.mend()
        self.cut = False


class Receiver(Hand):
    """Unloads the trucks and puts away."""

    def announced(self, pallets: Iterable[Pallet]) -> Shift:
        """One scan brings a whole pallet in."""
        self.scanner.door("receive")
        self.sees("Scan order, pallet or goods")
        for pallet in pallets:
            self.scan(f"]C100{pallet.code}", f"{pallet.code[-6:]} received")
            self._came(pallet)
            self.did("receive a pallet", scans=1)
            yield

    def strangers(self, pallets: Iterable[Pallet]) -> Shift:
        """Nobody announced these: their label, their goods, their number."""
        self.scanner.door("receive")
        self.scan("PO-2", "Order PO-2")
        for pallet in pallets:
            self.scan(f"]C100{pallet.code}", "Goods go onto")
            self.scan(CODES[pallet.item], f"1 × {name(pallet.item)}")
            self.number(pallet.pieces, f"{pallet.pieces} × {name(pallet.item)}")
            self._came(pallet)
            self.did("receive an unannounced pallet", scans=2, numbers=1)
            yield
        self.tap("primary", "Finished")

    def _came(self, pallet: Pallet) -> None:
        pallet.place = DOCK
        self.book.received[pallet.item] += pallet.pieces

    def cartons(self) -> Shift:
        """Loose goods: one too many of some, some of them broken."""
        self.scanner.door("receive")
        self.scan("PO-3", "Order PO-3")
        for n, (_, good, damaged) in CARTONS.items():
            self.scan(CODES[n], f"1 × {name(n)}")
            self.number(good, f"{good} × {name(n)}")
            self.did("receive a line", scans=1, numbers=1)
            self.book.loose[(DOCK, n)] += good
            self.book.received[n] += good + damaged
            if damaged:
                self.tap("action-damaged", "Why?")
                self.scanner.at("choice").first.tap()
                self._made()
                self.sees("Scan the damaged goods")
                self.scan(CODES[n], f"1 × {name(n)}")
                self.number(damaged, f"{damaged} × {name(n)}")
                self.did("report damage", scans=1, taps=2, numbers=1)
            yield
        self.tap("primary", "Finished")

    def put_away(self, pallets: Sequence[Pallet]) -> Shift:
        """Each to the bin the screen proposes; the first is held to a closed bin before."""
        self.scanner.door("putaway")
        for n, pallet in enumerate(pallets):
            seen = self.scan(f"]C100{pallet.code}", "Scan the bin")
            if not n:
                self.scan(BLOCKED, f"{BLOCKED} is blocked")
            target = seen["target"]
            self.scan(f"TMP:{target}", f"in {target}")
            pallet.place = target
            self.did("put away", scans=2)
            yield

    def store_cartons(self) -> Shift:
        """Loose goods go where such goods lie."""
        self.scanner.door("putaway")
        for n, (_, good, _) in CARTONS.items():
            target = self.scan(CODES[n], "Scan the bin")["target"]
            self.scan(f"TMP:{target}", f"in {target}")
            self.book.loose[(DOCK, n)] -= good
            self.book.loose[(target, n)] += good
            self.did("put away", scans=2)
            yield


class Picker(Hand):
    """Takes work, walks it, and ships what was picked."""

    def work(self, orders: int) -> Shift:
        """Ask for so many orders, walk them, and ship them."""
        yield from self.walk(self.take(orders), cluster=orders > 1)

    def take(self, orders: int) -> set[int]:
        """Ask for work."""
        self.scanner.door("pick")
        if orders > 1:
            self.number(orders)
        seen = self.tap("primary", "Go there and scan", "No work now")
        self.did("take work", taps=1, numbers=int(orders > 1))
        return set() if seen["word"] == "No work now" else {0}

    def walk(self, taken: set[int], *, cluster: bool) -> Shift:
        """Go from stop to stop until there is none, then ship."""
        totes: set[int] = set()
        while taken:
            seen = self.sees("Go there and scan", "Scan the goods", "Scan the pallet", "Ready for")
            if seen["word"] == "Ready for":
                break
            totes.add(self.stop(seen, totes, cluster=cluster))
            yield
        if totes:
            yield from self.ship(sorted(totes))

    def stop(self, seen: dict[str, Any], totes: set[int], *, cluster: bool) -> int:
        """Take what is there of what the screen asks for; returns the order."""
        order = int(re.findall(r"-(\d+)", seen["facts"])[-1])
        n, place, asked = NUMBERS[seen["goods"]], seen["target"], int(seen["quantity-value"])
        scans = 0
        if seen["word"] == "Go there and scan":
            seen, scans = self.scan(f"TMP:{place}", "Scan the goods", "Scan the pallet"), 1
        found = min(self.book.there(place, n), asked)
        if found:
            scans += self._taken(seen, order, n, found, first=cluster or order not in totes)
            kind = "pick a line in a cluster" if cluster else "pick a line"
            tote = int(not cluster and order not in totes)
            self.did(kind, scans=scans - tote, numbers=int(found < asked))
            if tote:
                self.did("take a tote", scans=1)
        if found < asked:
            self._short(order, n, asked - found)
        return order

    def _taken(self, seen: dict[str, Any], order: int, n: int, found: int, *, first: bool) -> int:
        """Goods in hand and into the tote; returns the scans."""
        place = seen["target"]
        if found < int(seen["quantity-value"]):
            self.number(found)
        then = "Scan the tote" if first else f"{found} × {name(n)}"
        scans = 1
        if seen["word"] == "Scan the pallet":
            scans = self._unit(place, n, found, then)
        else:
            self.scan(CODES[n], then)
            self.book.loose[(place, n)] -= found
        if first:
            self.scan(f"TMT:T-{order:03d}", f"{found} × {name(n)}")
        self.book.picked.setdefault(order, Counter())[n] += found
        return scans + int(first)

    def _unit(self, place: str, n: int, found: int, then: str) -> int:
        """Two pallets of the same may stand here: the wrong one is stopped."""
        here = [p for p in self.book.pallets if (p.place, p.item) == (place, n)]
        for scans, pallet in enumerate(here, start=1):
            if self.scan(f"]C100{pallet.code}", then, "Wrong pallet")["word"] == then:
                pallet.pieces -= found
                return scans
        raise AssertionError(f"no pallet of {name(n)} fits at {place}")

    def _short(self, order: int, n: int, missing: int) -> None:
        self.tap("action-short", "Why is it short?")
        self.scanner.at("choice").first.tap()
        self._made()
        self.sees(f"Short {missing} × {name(n)}")
        self.book.short.setdefault(order, Counter())[n] += missing
        self.did("report a short", taps=2)

    def ship(self, orders: Iterable[int]) -> Shift:
        """Bring each tote to the stage and let it go."""
        self.scanner.door("ship")
        for order in orders:
            if order not in self.book.picked:
                continue
            self.scan(f"TMT:T-{order:03d}", f"Order SO-{order:03d}")
            self.scan(f"TMP:{STAGE}", "Check, then ship")
            self.tap("primary", f"SO-{order:03d} shipped")
            self.book.shipped.add(order)
            self.did("ship an order", scans=2, taps=1)
            yield


class BlindCounter(Hand):
    """Counts blind."""

    def count(self, places: Iterable[str]) -> Shift:
        """Say what is there, and that nothing else is."""
        self.scanner.door("count")
        for place in places:
            self.scan(f"TMP:{place}", f"Count {place}")
            for n in NUMBERS.values():
                if pieces := self.book.loose[(place, n)]:
                    self.scan(CODES[n], f"1 × {name(n)} noted")
                    self.number(pieces, f"{pieces} × {name(n)} noted")
                    self.did("count a line", scans=1, numbers=1)
            for pallet in self.book.pallets:
                if pallet.place == place:
                    self.scan(f"]C100{pallet.code}", "Pallet noted")
                    self.did("count a pallet", scans=1)
            self.tap("primary", f"Counted: {place}")
            self.did("count a bin", scans=1, taps=1)
            yield
