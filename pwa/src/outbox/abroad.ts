/** Journals of other names: what this handheld was before, and what it has handed in for others. */
import { headAt, newEpoch, reseat, seatAfter } from "../domain/envelope.ts";
import { type Entry, fact, type Storage, writing } from "../storage.ts";
import { from, inOrder } from "./journal.ts";
import { unsent } from "./sending.ts";

type Place = Pick<Entry, "id" | "device" | "epoch" | "seq">;

const waits = ({ state }: Entry): boolean => state === "queued" || state === "sent";

/** The first that waits in each of them, the oldest journal first. */
export async function waitingAbroad(storage: Storage): Promise<readonly Entry[]> {
  const device = (await fact(storage, "enrolment"))?.device;
  const states = await Promise.all(
    (["queued", "sent"] as const).map((state) =>
      storage.getAllFromIndex("journal", "state", state),
    ),
  );
  const abroad = states.flat().filter((entry) => entry.device !== device);
  const firsts = new Map<string, Entry>();
  for (const entry of abroad.sort(inOrder)) {
    const journal = `${entry.device} ${entry.epoch}`;
    if (!firsts.has(journal)) firsts.set(journal, entry);
  }
  return [...firsts.values()];
}

/** What waits from there on, gapless. */
export async function waitingFrom(storage: Storage, place: Place): Promise<readonly Entry[]> {
  const held = await heldFrom(storage, place);
  const end = held.findIndex((entry) => !waits(entry));
  return end < 0 ? held : held.slice(0, end);
}

/** What is held from there on, gapless. */
export async function heldFrom(
  storage: Storage,
  { device, epoch, seq }: Place,
): Promise<readonly Entry[]> {
  const entries = await storage.getAll("journal", from(device, epoch, seq));
  const first = entries[0]?.seq ?? 0;
  const end = entries.findIndex((entry, index) => entry.seq !== first + index);
  return end < 0 ? entries : entries.slice(0, end);
}

/** Moves what waits from there on into another journal of its device; ids and payloads stay. */
export function branchOff(storage: Storage, place: Place, epoch: number): Promise<void> {
  return writing(storage, ["journal"], async (tx) => {
    const journal = tx.objectStore("journal");
    const held = await journal.getAll(from(place.device, place.epoch, place.seq));
    let head = newEpoch(epoch);
    for (const entry of held.filter(waits)) {
      const seat = seatAfter(head);
      const text = reseat(entry.text, seat);
      head = headAt(seat, text);
      await journal.delete([entry.device, entry.epoch, entry.seq]);
      await journal.put({ ...unsent(entry), epoch, seq: seat.seq, text });
    }
  });
}
