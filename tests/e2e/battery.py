"""Mishap after mishap on one handheld; after each, what was said to be saved must be there.

`python -m tests.e2e.battery --cycles 100 --seed 1`
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

from playwright.sync_api import sync_playwright

from tests.e2e.flood import FLOOD, flood
from tests.e2e.house import ROOT, furnished
from tests.e2e.mishaps import MISHAPS
from tests.e2e.rig import Rig, rigged
from tests.provision import chromium

BINS = [f"{aisle}-{bay:02d}-{level}" for aisle in "CD" for bay in range(5, 9) for level in (2, 3)]


def drawn(seed: int, cycles: int) -> list[str]:
    """Draw what happens: every kind once where there is room, then by weight."""
    chance = Random(f"battery {seed}")
    names, weights = list(MISHAPS), [weight for _, weight in MISHAPS.values()]
    once = chance.sample(names, len(names))
    return (once + chance.choices(names, weights, k=max(cycles - len(once), 0)))[:cycles]


def play(rig: Rig, seed: int, cycles: list[str]) -> Iterator[tuple[int, str, float, list[str]]]:
    """Play each mishap and heal; gives number, kind, seconds and what was wrong."""
    for n, name in enumerate(cycles, start=1):
        chance = Random(f"{seed} {n} {name}")
        began = time.monotonic()
        rig.to_bin(chance.choice(BINS))
        MISHAPS[name][0](rig, chance)
        rig.heal()
        yield n, name, time.monotonic() - began, rig.findings()


def main() -> int:
    """Run it from the command line: 0 when every cycle was clean."""
    asked = argparse.ArgumentParser(prog="python -m tests.e2e.battery")
    asked.add_argument("--cycles", type=int, default=100)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--flood", type=int, default=0, metavar="N", help=f"as {FLOOD} at the end")
    given = asked.parse_args()
    found = chromium.find()
    if found is None:
        sys.stderr.write("Chromium is not installed\n")
        return 2
    chromium_node()
    with tempfile.TemporaryDirectory(prefix="tallyman-battery-") as folder, sync_playwright() as d:
        home = Path(folder)
        installation = furnished(home / "home", f"sqlite:///{home / 'home' / 'tallyman.db'}")
        pwa = Path(shutil.copytree(ROOT / "pwa" / "dist", home / "pwa"))
        with rigged(d, found, installation, pwa, home / "profile") as rig:
            return told(rig, given.seed, given.cycles, given.flood)


def chromium_node() -> None:
    """Let Playwright run on the Node we install, as the tests do."""
    if chromium.node_is_installed():
        os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(chromium.installed_node().program))


def told(rig: Rig, seed: int, cycles: int, flooded: int) -> int:
    """Play and tell; stops at the first cycle that is not clean."""
    began, kinds = time.monotonic(), Counter[str]()
    for n, name, seconds, wrong in play(rig, seed, drawn(seed, cycles)):
        sys.stdout.write(f"{n:4} {name:17} {seconds:5.1f} s {'; '.join(wrong) or 'clean'}\n")
        sys.stdout.flush()
        if wrong:
            return 1
        kinds[name] += 1
    if flooded:
        sys.stdout.write(f"{flood(rig, flooded)}\n")
    table = ", ".join(f"{times} {name}" for name, times in sorted(kinds.items()))
    took = time.monotonic() - began
    sys.stdout.write(
        f"{sum(kinds.values())} cycles clean, seed {seed}, {took:.0f} s: {table};"
        f" {len(rig.said)} said to be saved, {len(rig.declared)} of them declared lost\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
