/** What everything that talks upwards needs. */
import type { Mint } from "../domain/ids.ts";
import type { Entry, Storage } from "../storage.ts";
import type { Clock } from "./clock.ts";
import type { Reply, Wire } from "./network.ts";
import { chunk, MOST_OPERATIONS, type Surroundings } from "./push.ts";

export interface Sending {
  readonly storage: Storage;
  readonly wire: Wire;
  readonly clock: Clock;
  readonly newId: Mint;
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

export interface Sent {
  readonly sent: readonly Entry[];
  readonly reply: Reply | null;
}

/** As many of the first as get through: where a letter is too large, half of it goes. */
export async function asMuchAsFits(
  entries: readonly Entry[],
  ask: (sent: readonly Entry[]) => Promise<Reply | null>,
): Promise<Sent> {
  for (let most = MOST_OPERATIONS; ; ) {
    const sent = chunk(entries, most);
    const reply = await ask(sent);
    if (reply?.status !== 413 || sent.length < 2) return { sent, reply };
    most = Math.floor(sent.length / 2);
  }
}
