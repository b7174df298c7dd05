/** A floor with work waiting to be sent. */
import { headAt, type Letter, newEpoch, seatAfter, write } from "../domain/envelope.ts";
import { newId } from "../domain/ids.ts";
import type { Handheld } from "../handheld.ts";
import { ANNA, Floor, MORNING } from "./floor.ts";
import { emptyBin } from "./gestures.ts";

/** A device with `count` gestures on disk that the server has not heard of. */
export async function withQueue(
  count: number,
): Promise<{ floor: Floor; device: Handheld; ids: string[] }> {
  const floor = new Floor();
  const device = await floor.atWork();
  floor.server.fault = () => null;
  const ids: string[] = [];
  for (let n = 0; n < count; n++) ids.push((await device.record(emptyBin(n))).id);
  await device.syncNow();
  floor.server.fault = () => undefined;
  floor.server.questions.length = 0;
  return { floor, device, ids };
}

/** What another handheld has written: `count` gestures after those that it had `before`. */
export function written(
  device: string,
  count: number,
  before: readonly string[] = [],
): readonly string[] {
  let head = newEpoch(1);
  for (const text of before) head = headAt(seatAfter(head), text);
  const texts = [...before];
  for (let n = 0; n < count; n++) {
    const seat = seatAfter(head);
    const text = write(letterOf(device, texts.length), seat);
    head = headAt(seat, text);
    texts.push(text);
  }
  return texts;
}

const letterOf = (device: string, n: number): Letter => {
  const { kind, payload } = emptyBin(n);
  const who = { actor: ANNA.id, grant: null, task: null, lease: null, base: null, cause: null };
  const when = { wall_ms: MORNING, mono_ms: n, boot: "boot-1" };
  return { id: newId(MORNING), device, kind, ...who, ...when, app: "1.0.0", payload };
};

/** The bodies of the pushes the server has seen. */
export const pushes = (floor: Floor) =>
  floor.server.questions
    .filter(({ path }) => path === "/sync/push")
    .map(({ body }) => body as { first_seq: number; ops: string[] } & Record<string, unknown>);
