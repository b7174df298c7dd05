"""What a puller holds after each page: nothing skipped, nothing from the future."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from app.proving.hammer.history import Copy, History, Journal, Mark, Pulled

FRESH = "fresh"  # how pullers are called that begin anew in the end


@dataclass
class Held:
    """The rows of one puller, the way a handheld keeps them."""

    until: Mark = field(default_factory=lambda: Mark(0, 0))
    rows: dict[Copy, tuple[int, str]] = field(default_factory=dict)
    sums: dict[str, tuple[int, int]] = field(default_factory=dict)

    def take(self, page: Pulled) -> None:
        """Apply a page."""
        if page.reset:
            self.rows.clear()
            self.sums.clear()
        for change in page.changes:
            known = self.rows.pop(change.copy, None)
            if known is not None:
                self._count(change.copy, known[0], -1)
            if change.digest is not None:
                self.rows[change.copy] = (change.seq, change.digest)
                self._count(change.copy, change.seq, 1)
        self.until = page.until

    def _count(self, copy: Copy, seq: int, by: int) -> None:
        n, xor = self.sums.get(copy[0], (0, 0))
        digest = hashlib.sha256("|".join((*copy, str(seq))).encode()).digest()
        self.sums[copy[0]] = (n + by, xor ^ int.from_bytes(digest[:8], "big"))

    def differs(self, said: Mapping[str, tuple[int, str]]) -> list[str]:
        """Name the channels whose sums are not the server's."""
        ours = {name: self.sums.get(name, (0, 0)) for name in said}
        return [name for name, (n, xor) in ours.items() if said[name] != (n, f"{xor:016x}")]


def folded(history: History) -> Iterator[str]:
    """Every page follows on the one before, its end sums are right, and all end alike."""
    lives: dict[str, list[Pulled]] = defaultdict(list)
    for page in history.pulled:
        lives[page.puller].append(page)
    ends: dict[Journal, dict[str, Held]] = defaultdict(dict)
    for puller, pages in lives.items():
        held = Held()
        for page in pages:
            yield from _follows(held, page)
            held.take(page)
            if not page.more and (wrong := held.differs(page.sums)):
                yield f"{puller}: rows of {', '.join(wrong)} are not the server's at {page.until}"
        ends[pages[-1].journal][puller] = held
    for together in ends.values():
        yield from _all_alike(together)


def _follows(held: Held, page: Pulled) -> Iterator[str]:
    since, until = Mark(0, 0) if page.reset else held.until, page.until
    if not page.reset and page.since != held.until:
        yield f"{page.puller}: asked from {page.since}, held up to {held.until}"
    if until.org < since.org or until.site < since.site:
        yield f"{page.puller}: back from {since} to {until}"
    for is_org in (True, False):
        seqs = [c.seq for c in page.changes if (c.copy[0] == "org") is is_org]
        low, high = (since.org, until.org) if is_org else (since.site, until.site)
        if any(not low < seq <= high for seq in seqs) or any(a > b for a, b in pairwise(seqs)):
            yield f"{page.puller}: {seqs} between {low} and {high}"


def _all_alike(together: Mapping[str, Held]) -> Iterator[str]:
    """Compare those that pulled on to the end with those that began anew there."""
    fresh = next((held for name, held in together.items() if name.startswith(FRESH)), None)
    if fresh is None:
        return
    for puller, held in together.items():
        if held.until == fresh.until and held.rows != fresh.rows:
            odd = {mark for mark, _ in held.rows.items() ^ fresh.rows.items()}
            yield f"{puller}: differs from a fresh pull in {sorted(odd)[:3]}"
        if held.until != fresh.until:
            yield f"{puller}: stopped at {held.until}, the end is {fresh.until}"
