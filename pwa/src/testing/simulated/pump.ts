/** Lets everything go on that can without an answer from outside. */
import { disks } from "./indexeddb.ts";

const turn = (): Promise<void> => new Promise((go) => setImmediate(go));

export async function settled(): Promise<void> {
  for (;;) {
    await turn();
    let moved = false;
    for (const disk of disks.values()) moved = disk.step() || moved;
    if (!moved) return;
  }
}
