"""A queue of thousands, written by the app's own store, drained by the app on a slow machine."""

import subprocess
import tempfile
import time
from pathlib import Path

from tests.e2e.house import ROOT
from tests.e2e.rig import Rig
from tests.provision import chromium

FLOOD = 10_000
SLOWER = 4  # times, as a handheld is
BATCH = 100  # operations in one transaction
PATIENCE = 900.0
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
    rig.wire.cut()
    rig.page.evaluate(bundled())
    place = rig.house.place("D-01-2")
    for start in range(0, operations, BATCH):
        rig.page.evaluate(WRITE, [min(BATCH, operations - start), place])
    cable = rig.page.context.new_cdp_session(rig.page)
    cable.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    began = time.monotonic()
    rig.scanner.reload()
    rig.scanner.shows("unsent", str(operations))
    opened = time.monotonic() - began
    rig.wire.mend()
    began = time.monotonic()
    rig.page.evaluate("() => dispatchEvent(new Event('online'))")
    while rig.scanner.at("unsent").count():
        assert time.monotonic() < began + PATIENCE, rig.scanner.reads("unsent")
        rig.page.wait_for_timeout(500)
    drained = time.monotonic() - began
    cable.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    rig.heal()
    assert rig.findings() == []
    return (
        f"{operations} operations on a processor {SLOWER} times slower:"
        f" open after {opened:.1f} s, drained in {drained:.1f} s"
    )


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
