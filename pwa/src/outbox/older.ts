/** Journals of earlier epochs, looked at again after the server came back from a backup. */
import { type Entry, fact, factIn, putFact, type Storage, writing } from "../storage.ts";
import type { Result } from "../sync/push.ts";
import { from } from "./journal.ts";
import { unsent } from "./sending.ts";

export interface OlderJournal {
  readonly device: string;
  readonly epoch: number;
  /** As far as they are still held; oldest first. */
  readonly entries: readonly Entry[];
}

/** The next one to ask about, or null. */
export async function nextOlder(storage: Storage): Promise<OlderJournal | null> {
  const [epoch] = (await fact(storage, "older")) ?? [];
  const device = (await fact(storage, "enrolment"))?.device;
  if (epoch === undefined || device === undefined) return null;
  const held = await storage.getAll("journal", from(device, epoch, 1));
  return { device, epoch, entries: held.filter((entry) => entry.epoch === epoch) };
}

export function olderDone(storage: Storage, epoch: number): Promise<void> {
  return writing(storage, ["facts"], async (tx) => {
    const left = (await factIn(tx, "older")) ?? [];
    await putFact(
      tx,
      "older",
      left.filter((one) => one !== epoch),
    );
  });
}

/** Lost over there: unsent again, and shown as such. */
export function olderUnsent(storage: Storage, entries: readonly Entry[]): Promise<void> {
  return writing(storage, ["journal"], async (tx) => {
    for (const entry of entries) await tx.objectStore("journal").put(unsent(entry));
  });
}

export function olderNamed(
  storage: Storage,
  entries: readonly Entry[],
  results: readonly Result[],
): Promise<void> {
  return writing(storage, ["journal"], async (tx) => {
    for (const entry of entries) {
      const result = results.find((one) => one.id === entry.id && one.seq === entry.seq);
      if (!result) continue;
      const { outcome, codes } = result;
      await tx.objectStore("journal").put({ ...entry, state: "acked", outcome, codes });
    }
  });
}
