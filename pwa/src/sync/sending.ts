/** What everything that talks upwards needs. */
import type { Storage } from "../storage.ts";
import type { Clock } from "./clock.ts";
import type { Reply, Wire } from "./network.ts";
import type { Surroundings } from "./push.ts";

export interface Sending {
  readonly storage: Storage;
  readonly wire: Wire;
  readonly clock: Clock;
  /** Whether nobody may work here offline and no work is held, what the disk looks like, … */
  readonly surroundings: () => Promise<Surroundings>;
}

export function post(
  { wire }: Sending,
  credential: string,
  path: string,
  body: string,
): Promise<Reply | null> {
  const headers = { Authorization: `Device ${credential}`, "Content-Type": "application/json" };
  return wire({ method: "POST", path, headers, body });
}
