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
import { from, runningHead } from "./journal.ts";
import { unsent } from "./sending.ts";

/** Remembers that a rotation was begun, before the server is asked; a second begin keeps the first. */
export function beginRotation(storage: Storage, rotation: Rotation): Promise<Rotation> {
  return writing(storage, ["facts"], async (tx) => {
    const begun = await factIn(tx, "rotation");
    if (begun) return begun;
    await putFact(tx, "rotation", rotation);
    return rotation;
  });
}

const waits = (entry: Entry): boolean => entry.state === "queued" || entry.state === "sent";

/** Moves what the server has not named into `epoch`; ids, payloads and times stay as they were. */
export function moveInto(storage: Storage, epoch: number): Promise<void> {
  return writing(storage, ["journal", "facts"], async (tx) => {
    const device = (await factIn(tx, "enrolment"))?.device ?? "";
    const old = await runningHead(tx);
    const resendFrom = (await factIn(tx, "rotation"))?.resendFrom ?? null;
    await tx.objectStore("facts").delete("rotation");
    if (old.epoch === epoch) return;
    const held = await tx.objectStore("journal").getAll(from(device, old.epoch, 1));
    const moving = held.filter(
      (entry) => waits(entry) || (resendFrom !== null && entry.seq >= resendFrom),
    );
    await reseatAll(tx, moving, epoch);
  });
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
