/** A floor with work waiting to be sent. */
import type { Handheld } from "../handheld.ts";
import { Floor } from "./floor.ts";
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

/** The bodies of the pushes the server has seen. */
export const pushes = (floor: Floor) =>
  floor.server.questions
    .filter(({ path }) => path === "/sync/push")
    .map(({ body }) => body as { first_seq: number; ops: string[] } & Record<string, unknown>);
