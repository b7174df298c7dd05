"""A queue of thousands, written by the app's own store, drained by the app on a slow machine."""

import subprocess
import tempfile
import time
from pathlib import Path

from app.proving.bench.stopwatch import TAKE, TIMES, WATCH
from tests.e2e.house import ROOT
from tests.e2e.mishaps import GOODS, noted
from tests.e2e.rig import Rig
from tests.provision import chromium

FLOOD = 10_000
SLOWER = 4  # times, as a handheld is
BATCH = 100  # operations in one transaction
PATIENCE = 900.0
STILL, MOST = 20, 200  # scans before it drains, and while it does
BETWEEN_MS = 400
SOURCES = ROOT / "pwa" / "src"
STORE = """
export { append } from "{sources}/outbox/journal.ts";
export { fact, openStorage } from "{sources}/storage.ts";
export { newId } from "{sources}/domain/ids.ts";
"""
WRITE = """
async ([times, place]) => {
  const storage = await store.openStorage();
  const enrolment = await store.fact(storage, "enrolment");
  const person = await store.fact(storage, "person");
  const letters = Array.from({ length: times }, (_, n) => ({
    id: store.newId(Date.now()), device: enrolment.device, kind: "counting.finish_bin",
    actor: person.id, grant: person.grant, task: null, lease: null, base: null,
    wall_ms: Date.now(), mono_ms: Math.round(performance.now()), boot: "flood", cause: null,
    app: "1.0.0",
    payload: { sheet: crypto.randomUUID(), place, empty: true, scans: [] },
  }));
  await store.append(storage, letters);
  storage.close();
}
"""


def flood(rig: Rig, operations: int = FLOOD) -> str:
    """Fill the queue, load the app anew on a slow processor, and let it drain."""
    rig.to_bin("D-08-3")
    rig.wire.cut()
    rig.page.evaluate(bundled())
    place = rig.house.place("D-01-2")
    for start in range(0, operations, BATCH):
        rig.page.evaluate(WRITE, [min(BATCH, operations - start), place])
    rig.page.add_init_script(WATCH)
    cable = rig.page.context.new_cdp_session(rig.page)
    cable.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    began = time.monotonic()
    rig.scanner.reload()
    rig.scanner.shows("unsent", str(operations))
    opened = time.monotonic() - began
    still = [timed(rig) for _ in range(STILL)]
    rig.wire.mend()
    began = time.monotonic()
    rig.page.evaluate("() => dispatchEvent(new Event('online'))")
    busy: list[float] = []
    while rig.scanner.at("unsent").count():
        assert time.monotonic() < began + PATIENCE, rig.scanner.reads("unsent")
        if len(busy) < MOST:
            busy.append(timed(rig))
        rig.page.wait_for_timeout(BETWEEN_MS)
    drained = time.monotonic() - began
    cable.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    rig.heal()
    assert rig.findings() == []
    return (
        f"{operations} operations on a processor {SLOWER} times slower:"
        f" open after {opened:.1f} s, drained in {drained:.1f} s;"
        f" a scan is in sight after {p95(still):.0f} ms (p95 of {len(still)}) while it waits,"
        f" {p95(busy):.0f} ms (of {len(busy)}) while it drains"
    )


def timed(rig: Rig) -> float:
    """Scan something and let the page say after how many milliseconds its answer was painted."""
    rig.page.evaluate(TAKE)
    noted(rig, GOODS[rig.labels % len(GOODS)])
    rig.page.wait_for_function("() => window.stopwatch.seen > 0")
    return float(rig.page.evaluate(TIMES)["seen"])


def p95(times: list[float]) -> float:
    """What nineteen of twenty stay below."""
    return sorted(times)[min(len(times) * 95 // 100, len(times) - 1)]


def bundled() -> str:
    """The app's own store, as a script for a page."""
    with tempfile.TemporaryDirectory() as folder:
        entry, script = Path(folder) / "store.ts", Path(folder) / "store.js"
        entry.write_text(STORE.replace("{sources}", str(SOURCES)))
        subprocess.run(
            [
                chromium.installed_node().program,
                ROOT / "pwa" / "node_modules" / "rolldown" / "bin" / "cli.mjs",
                entry,
                *("--format", "iife", "--name", "store", "--file", script),
            ],
            cwd=ROOT / "pwa",
            check=True,
            capture_output=True,
        )
        return script.read_text()
