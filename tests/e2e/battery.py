"""Mishap after mishap on one handheld; after each, what was said to be saved must be there.

`python -m tests.e2e.battery --cycles 100 --seed 1 --resume FILE`
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

from playwright.sync_api import sync_playwright

from tests.e2e.flood import FLOOD, flood
from tests.e2e.house import ROOT, furnished
from tests.e2e.mishaps import MISHAPS
from tests.e2e.record import Kept, Played, table, tree
from tests.e2e.rig import Rig, rigged
from tests.provision import chromium

BINS = [f"{aisle}-{bay:02d}-{level}" for aisle in "CD" for bay in range(5, 9) for level in (2, 3)]


def drawn(seed: int, cycles: int) -> list[str]:
    """Draw what happens: every kind once where there is room, then by weight."""
    chance = Random(f"battery {seed}")
    names, weights = list(MISHAPS), [weight for _, weight in MISHAPS.values()]
    once = chance.sample(names, len(names))
    return (once + chance.choices(names, weights, k=max(cycles - len(once), 0)))[:cycles]


def play(rig: Rig, seed: int, cycles: Iterable[tuple[int, str]]) -> Iterator[Played]:
    """Play each mishap, by its number in the seed, and heal; gives what it came to."""
    for n, name in cycles:
        chance = Random(f"{seed} {n} {name}")
        began, before = time.monotonic(), sum(rig.arrived.values())
        rig.to_bin(chance.choice(BINS))
        MISHAPS[name][0](rig, chance)
        rig.heal()
        wrong = rig.findings()
        arrived = sum(rig.arrived.values()) - before
        yield Played(seed, n, name, arrived, round(time.monotonic() - began, 1), wrong)


def main() -> int:
    """Run it from the command line: 0 when every cycle was clean."""
    asked = argparse.ArgumentParser(prog="python -m tests.e2e.battery")
    asked.add_argument("--cycles", type=int, default=100)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--only", choices=MISHAPS, help="this kind and no other")
    asked.add_argument("--resume", type=Path, metavar="FILE", help="runs of one tree add up in it")
    asked.add_argument("--flood", type=int, default=0, metavar="N", help=f"as {FLOOD} at the end")
    given = asked.parse_args()
    found = chromium.find()
    if found is None:
        sys.stderr.write("Chromium is not installed\n")
        return 2
    chromium_node()
    kept = Kept(given.resume, tree())
    names = [given.only] * given.cycles if given.only else drawn(given.seed, given.cycles)
    played = {(one.seed, one.cycle, one.kind) for one in kept.played()}
    cycles = [
        (n, name) for n, name in enumerate(names, start=1) if (given.seed, n, name) not in played
    ]
    with tempfile.TemporaryDirectory(prefix="tallyman-battery-") as folder, sync_playwright() as d:
        home = Path(folder)
        installation = furnished(home / "home", f"sqlite:///{home / 'home' / 'tallyman.db'}")
        pwa = Path(shutil.copytree(ROOT / "pwa" / "dist", home / "pwa"))
        with rigged(d, found, installation, pwa, home / "profile") as rig:
            clean = told(play(rig, given.seed, cycles), kept)
            if clean and given.flood:
                sys.stdout.write(f"{flood(rig, given.flood)}\n")
            for scene in rig.torn:
                sys.stdout.write(f"stopped, and scanned again: {scene}\n")
    for line in table(kept.played()):
        sys.stdout.write(f"{line}\n")
    return 0 if clean else 1


def chromium_node() -> None:
    """Let Playwright run on the Node we install, as the tests do."""
    if chromium.node_is_installed():
        os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(chromium.installed_node().program))


def told(cycles: Iterable[Played], kept: Kept) -> bool:
    """Say and keep what each cycle came to; stops at the first that is not clean."""
    for one in cycles:
        kept.keep(one)
        said = "; ".join(one.wrong) or "clean"
        sys.stdout.write(f"{one.cycle:4} {one.kind:17} {one.seconds:5.1f} s {said}\n")
        sys.stdout.flush()
        if one.wrong:
            return False
    return True


if __name__ == "__main__":
    sys.exit(main())
