/** The journal as the sender sees it: what goes out next, and what an answer changes. */
import type { Head } from "../domain/envelope.ts";
import {
  type ClockReading,
  type Entry,
  type Facts,
  factIn,
  putFact,
  type Storage,
  type Writing,
  writing,
} from "../storage.ts";
import type { Clock } from "../sync/clock.ts";
import type { Cut, Result } from "../sync/push.ts";
import { from, runningHead } from "./journal.ts";

export interface Outgoing {
  readonly cut: Cut;
  readonly credential: string;
}

export function expectedIn(head: Head, expected: Facts["expected"] | undefined): number {
  return expected?.epoch === head.epoch ? expected.seq : 1;
}

/** Head, operations and clocks of one instant; marks what it takes as sent. Null: not enrolled. */
export function takeCut(storage: Storage, clock: Clock, most: number): Promise<Outgoing | null> {
  return writing(storage, ["journal", "facts"], async (tx) => {
    const enrolment = await factIn(tx, "enrolment");
    if (!enrolment) return null;
    const head = await runningHead(tx);
    const expected = expectedIn(head, await factIn(tx, "expected"));
    const range = from(enrolment.device, head.epoch, expected);
    const entries = await tx.objectStore("journal").getAll(range, most);
    const cut = {
      device: enrolment.device,
      head,
      expected,
      entries: unbroken(entries),
      clock: await factIn(tx, "clock"),
      wall_ms: clock.wall(),
      mono_ms: clock.mono(),
    };
    await markSent(tx, cut.entries);
    return { cut, credential: enrolment.credential };
  });
}

function unbroken(entries: readonly Entry[]): readonly Entry[] {
  const first = entries[0]?.seq ?? 0;
  const end = entries.findIndex((entry, index) => entry.seq !== first + index);
  return end < 0 ? entries : entries.slice(0, end);
}

async function markSent(tx: Writing, entries: readonly Entry[]): Promise<void> {
  const fresh = entries.filter((entry) => entry.state === "queued");
  const journal = tx.objectStore("journal");
  await Promise.all(fresh.map((entry) => journal.put({ ...entry, state: "sent" })));
}

/** Marks what the server named, and where it wants to go on, in one transaction. */
export function acknowledge(
  storage: Storage,
  cut: Cut,
  results: readonly Result[],
  expected: number,
  learned: { readonly clock: ClockReading | null; readonly incarnation: string | null },
  now: number,
): Promise<void> {
  return writing(storage, ["journal", "facts"], async (tx) => {
    const journal = tx.objectStore("journal");
    for (const result of results) {
      const entry = await journal.get([cut.device, cut.head.epoch, result.seq]);
      if (entry?.id !== result.id) continue;
      const state = entry.state === "settled" ? "settled" : "acked";
      await journal.put({ ...entry, state, outcome: result.outcome, codes: result.codes });
    }
    await putFact(tx, "expected", { epoch: cut.head.epoch, seq: expected });
    await putFact(tx, "lastSync", now);
    if (learned.clock) await putFact(tx, "clock", learned.clock);
    if (learned.incarnation) await greet(tx, cut, learned.incarnation);
  });
}

/**
 * Another incarnation is a server from a backup: what it had named in older epochs must be asked for
 * too, and what was handed in as a rescue is handed in again.
 */
async function greet(tx: Writing, cut: Cut, incarnation: string): Promise<void> {
  const before = await factIn(tx, "incarnation");
  if (before === incarnation) return;
  await putFact(tx, "incarnation", incarnation);
  if (before === undefined) return;
  await againAbroad(tx, cut.device);
  if (cut.head.epoch === 1) return;
  const earlier = IDBKeyRange.bound([cut.device, 0, 0], [cut.device, cut.head.epoch, 0]);
  const keys = await tx.objectStore("journal").getAllKeys(earlier);
  await putFact(tx, "older", [...new Set(keys.map(([, epoch]) => epoch))]);
}

/** Nobody else may have it: its own handheld is gone, or goes by another name. */
async function againAbroad(tx: Writing, own: string): Promise<void> {
  const journal = tx.objectStore("journal");
  const abroad = [
    IDBKeyRange.bound(["", 0, 0], [own, 0, 0]),
    IDBKeyRange.bound([own, Number.MAX_SAFE_INTEGER, 0], ["\uffff", 0, 0]),
  ];
  const held = await Promise.all(abroad.map((range) => journal.getAll(range)));
  await Promise.all(held.flat().map((entry) => journal.put(unsent(entry))));
}

/** The server has lost what it had named: everything from there is unsent again, and shown as such. */
export function rewind(storage: Storage, cut: Cut, expected: number): Promise<void> {
  return writing(storage, ["journal", "facts"], async (tx) => {
    const journal = tx.objectStore("journal");
    const again = await journal.getAll(from(cut.device, cut.head.epoch, expected));
    await Promise.all(again.map((entry) => journal.put(unsent(entry))));
    await putFact(tx, "expected", { epoch: cut.head.epoch, seq: expected });
  });
}

export function unsent(entry: Entry): Entry {
  return { ...entry, state: "queued", outcome: null, codes: [], settledAt: null };
}

/** The lowest number held from `seq` on. */
export async function firstHeld(storage: Storage, cut: Cut, seq: number): Promise<number | null> {
  const range = from(cut.device, cut.head.epoch, seq);
  const [first] = await storage.getAll("journal", range, 1);
  return first?.seq ?? null;
}
