/** What was handed in here for another handheld: kept, in case the server comes back from a backup. */
import type { Run } from "../device.ts";
import { type Envelope, read } from "../domain/envelope.ts";
import { type Entry, factIn, putFact, type Storage, type Writing, writing } from "../storage.ts";
import { runningHead } from "./journal.ts";

/**
 * Keeps what the server has named; it lies beside the own journals, is shown again to a server of
 * another incarnation as they are, and is purged as they are. At a desk the file is what is kept.
 * Returns whether it has to go in again: another server than the last one heard of has answered.
 */
export function keepRescued(
  storage: Storage,
  run: Run,
  incarnation: string | null,
  now: number,
): Promise<boolean> {
  return writing(storage, ["journal", "facts"], async (tx) => {
    if (!(await hasRoom(tx, run))) return false;
    const known = await factIn(tx, "incarnation");
    if (known === undefined && incarnation) await putFact(tx, "incarnation", incarnation);
    // Either answer may be from before a restore: shown once more, it does no harm.
    const gone = known !== undefined && incarnation !== known;
    for (const entry of entriesOf(run, now)) {
      const held = await tx.objectStore("journal").get([entry.device, entry.epoch, entry.seq]);
      if (held) continue;
      await tx.objectStore("journal").put(gone ? { ...entry, state: "queued" } : entry);
    }
    return gone;
  });
}

/** The numbers of the running journal, and above, are for what is still to be done here. */
async function hasRoom(tx: Writing, { device, epoch }: Run): Promise<boolean> {
  const own = (await factIn(tx, "enrolment"))?.device;
  return own !== undefined && (own !== device || epoch < (await runningHead(tx)).epoch);
}

function entriesOf({ device, epoch, first, ops }: Run, now: number): readonly Entry[] {
  return ops.flatMap((text, n) => {
    const envelope = legible(text);
    if (!envelope) return [];
    const place = { device, epoch, seq: first + n, id: envelope.id, text, at: envelope.wall_ms };
    return [{ ...place, state: "settled", outcome: null, codes: [], settledAt: now }];
  });
}

function legible(text: string): Pick<Envelope, "id" | "wall_ms"> | null {
  try {
    const { id, wall_ms } = read(text);
    return typeof id === "string" && typeof wall_ms === "number" ? { id, wall_ms } : null;
  } catch {
    return null;
  }
}
