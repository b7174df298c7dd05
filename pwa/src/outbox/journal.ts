/** The operation store: what hands did, in order, until the server has shown that it is safe. */
import type { Left } from "../device.ts";
import {
  headAt,
  LARGEST_ENVELOPE,
  type Letter,
  newEpoch,
  type Seat,
  seatAfter,
  sizeOf,
  write,
} from "../domain/envelope.ts";
import {
  type Entry,
  type Facts,
  fact,
  factIn,
  putFact,
  type Reading,
  type Storage,
  type Writing,
  writing,
} from "../storage.ts";

const WEEK_MS = 7 * 24 * 3600 * 1000;

export class TooLarge extends Error {
  override readonly name = "TooLarge";
}

/** All envelopes of one epoch from `seq` on. */
export const from = (device: string, epoch: number, seq: number): IDBKeyRange =>
  IDBKeyRange.bound([device, epoch, seq], [device, epoch, Number.MAX_SAFE_INTEGER]);

/** All envelopes of one device. */
export const of = (device: string): IDBKeyRange =>
  IDBKeyRange.bound([device, 0, 0], [device, Number.MAX_SAFE_INTEGER, 0]);

export async function runningHead(tx: Writing | Reading): Promise<Facts["head"]> {
  return (await factIn(tx, "head")) ?? newEpoch(1);
}

/**
 * Numbers, chains and stores the operations of one gesture, and how it leaves its flow, in one
 * strict transaction; resolves when the disk has it. A kill keeps all of it or nothing: an
 * operation whose flow does not know it would be done again. The predecessor is read inside, so
 * two tabs cannot take the same number.
 */
export function append(
  storage: Storage,
  letters: readonly Letter[],
  left: Left | null = null,
): Promise<readonly Entry[]> {
  return writing(storage, ["journal", "facts", "drafts"], async (tx) => {
    const entries = await seated(tx, letters);
    if (left) await tx.objectStore("drafts").put(left.state, left.flow);
    return entries;
  });
}

/** One after the other in the chain, but asked for and written together: a sled brings hundreds. */
async function seated(tx: Writing, letters: readonly Letter[]): Promise<readonly Entry[]> {
  const journal = tx.objectStore("journal");
  const ids = journal.index("id");
  const [before, known] = await Promise.all([
    runningHead(tx),
    Promise.all(letters.map(({ id }) => ids.get(id))),
  ]);
  // Said twice (a kill between disk and screen) is said once.
  const entries = new Map(known.flatMap((entry) => (entry ? [[entry.id, entry]] : [])));
  const fresh: Entry[] = [];
  let head = before;
  for (const letter of letters) {
    if (entries.has(letter.id)) continue;
    const seat = seatAfter(head);
    const entry = entryAt(seat, letter);
    head = headAt(seat, entry.text);
    entries.set(entry.id, entry);
    fresh.push(entry);
  }
  if (fresh.length > 0) {
    await Promise.all([...fresh.map((entry) => journal.add(entry)), putFact(tx, "head", head)]);
  }
  return letters.flatMap(({ id }) => entries.get(id) ?? []);
}

function entryAt(seat: Seat, letter: Letter): Entry {
  const text = write(letter, seat);
  if (sizeOf(text) > LARGEST_ENVELOPE) throw new TooLarge(letter.kind);
  return {
    device: letter.device,
    epoch: seat.epoch,
    seq: seat.seq,
    id: letter.id,
    text,
    state: "queued",
    outcome: null,
    codes: [],
    at: letter.wall_ms,
    settledAt: null,
  };
}

/** Everything not yet settled and the last `recent` before it, oldest first. */
export async function unsettledAnd(storage: Storage, recent: number): Promise<Entry[]> {
  const tx = storage.transaction(["journal", "facts"], "readonly");
  const journal = tx.objectStore("journal");
  const device = (await factIn(tx, "enrolment"))?.device ?? "";
  const head = await runningHead(tx);
  const found = await Promise.all([
    ...(["queued", "sent", "acked"] as const).map((state) => journal.index("state").getAll(state)),
    journal.getAll(from(device, head.epoch, head.seq - recent + 1)),
    // A young epoch: what was done just before it counts as recent too.
    head.epoch > 1 && head.seq < recent ? lastOf(tx, device, recent) : [],
  ]);
  const kept = new Map(found.flat().map((entry) => [entry.id, entry]));
  return [...kept.values()].sort(inOrder);
}

async function lastOf(tx: Reading, device: string, most: number): Promise<Entry[]> {
  const found: Entry[] = [];
  let cursor = await tx.objectStore("journal").openCursor(of(device), "prev");
  for (; cursor && found.length < most; cursor = await cursor.continue()) found.push(cursor.value);
  return found;
}

export function inOrder(a: Entry, b: Entry): number {
  return a.device === b.device ? a.epoch - b.epoch || a.seq - b.seq : a.at - b.at;
}

export async function byId(storage: Storage, id: string): Promise<Entry | undefined> {
  return await storage.getFromIndex("journal", "id", id);
}

/** Forgets what has been settled for a week; the head stays, so numbers go on. */
export async function purge(storage: Storage, now: number): Promise<number> {
  return await writing(storage, ["journal"], async (tx) => {
    let purged = 0;
    let cursor = await tx.objectStore("journal").index("state").openCursor("settled");
    for (; cursor; cursor = await cursor.continue()) {
      if ((cursor.value.settledAt ?? now) > now - WEEK_MS) continue;
      await cursor.delete();
      purged++;
    }
    return purged;
  });
}

interface Run {
  readonly device: string;
  readonly epoch: number;
  readonly first_seq: number;
  readonly ops: string[];
  /** How many of the first are settled: only a server from a backup lacks them. */
  settled: number;
}

/** What a rescue from another machine needs: every envelope, by device and epoch. */
export async function exported(storage: Storage, now: number): Promise<object> {
  const entries = await storage.getAll("journal");
  const enrolment = await fact(storage, "enrolment");
  return {
    format: "tallyman-queue",
    device: enrolment?.device ?? null,
    site: enrolment?.site ?? null,
    exported_at: new Date(now).toISOString(),
    journals: runs(entries, enrolment?.device),
  };
}

export function runs(entries: readonly Entry[], own: string | undefined): readonly Run[] {
  const found: Run[] = [];
  for (const { device, epoch, seq, text, state, outcome } of [...entries].sort(inOrder)) {
    let run = found.at(-1);
    const follows = run && run.first_seq + run.ops.length === seq && run.epoch === epoch;
    if (!run || !follows || run.device !== device) {
      run = { device, epoch, first_seq: seq, ops: [], settled: 0 };
      found.push(run);
    }
    // What a pull alone has shown went by its number, and a twin may have told another story there.
    const named = state === "settled" && (device !== own || outcome !== null);
    if (named && run.settled === run.ops.length) run.settled++;
    run.ops.push(text);
  }
  return found;
}
