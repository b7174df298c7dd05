/** A new epoch: the same operations in a new journal, numbered from 1. */
import { headAt, newEpoch, reseat, seatAfter } from "../domain/envelope.ts";
import {
  type Entry,
  factIn,
  putFact,
  type Rotation,
  type Storage,
  type Writing,
  writing,
} from "../storage.ts";
import { of, runningHead } from "./journal.ts";
import { expectedIn, unsent } from "./sending.ts";

/** Remembers that a rotation was begun, before the server is asked; a second begin keeps the first. */
export function beginRotation(storage: Storage, rotation: Rotation): Promise<Rotation> {
  return writing(storage, ["facts"], async (tx) => {
    const begun = await factIn(tx, "rotation");
    if (begun) return begun;
    await putFact(tx, "rotation", rotation);
    return rotation;
  });
}

/** Not named in an answer yet, even if a pull has shown it: the server may have been restored since. */
const waits = (entry: Entry, epoch: number, expected: number): boolean =>
  entry.epoch === epoch &&
  (entry.seq >= expected || entry.state === "queued" || entry.state === "sent");

/** Named once, but no longer there. */
const isLost = (entry: Entry, rotation: Rotation | undefined): boolean =>
  rotation?.resendFrom != null && entry.epoch === rotation.from && entry.seq >= rotation.resendFrom;

/** Moves what the server has not named into `epoch`; ids, payloads and times stay as they were. */
export function moveInto(storage: Storage, epoch: number): Promise<void> {
  return writing(storage, ["journal", "facts"], (tx) => move(tx, epoch));
}

/** The same as part of something greater. */
export async function move(tx: Writing, epoch: number): Promise<void> {
  const device = (await factIn(tx, "enrolment"))?.device ?? "";
  const old = await runningHead(tx);
  const rotation = await factIn(tx, "rotation");
  await tx.objectStore("facts").delete("rotation");
  if (old.epoch === epoch) return;
  // A twin, or this disk as it was before, may have given out the same numbers.
  await tx.objectStore("facts").delete("numbers");
  const held = await tx.objectStore("journal").getAll(of(device));
  const next = expectedIn(old, await factIn(tx, "expected"));
  const moving = held.filter((one) => waits(one, old.epoch, next) || isLost(one, rotation));
  await reseatAll(tx, moving, epoch);
}

async function reseatAll(tx: Writing, moving: readonly Entry[], epoch: number): Promise<void> {
  const journal = tx.objectStore("journal");
  let head = newEpoch(epoch);
  for (const entry of moving) {
    const seat = seatAfter(head);
    const text = reseat(entry.text, seat);
    head = headAt(seat, text);
    await journal.delete([entry.device, entry.epoch, entry.seq]);
    await journal.put({ ...unsent(entry), epoch, seq: seat.seq, text });
  }
  await putFact(tx, "head", head);
  await putFact(tx, "expected", { epoch, seq: 1 });
}
