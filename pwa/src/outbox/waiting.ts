/** How much has not reached the server, and since when. */
import type { Entry } from "../storage.ts";

/** From here on it is worth a word, though nothing is in danger. */
const MANY = 500;
const LONG_MS = 4 * 3600 * 1000;

export interface Waiting {
  readonly unsent: number;
  /** Milliseconds since 1970 of the oldest gesture that waits. */
  readonly oldest: number | null;
  /** Foreign: left by an earlier enrolment elsewhere; only an export and a rescue bring it home. */
  readonly code: "queue.waiting" | "queue.foreign" | null;
}

export function waiting(unsent: readonly Entry[], device: string | null, now: number): Waiting {
  const oldest = unsent.reduce<number | null>((at, one) => Math.min(at ?? one.at, one.at), null);
  const worth = unsent.length >= MANY || (oldest !== null && now - oldest > LONG_MS);
  const foreign = unsent.some((entry) => entry.device !== device);
  const code = foreign ? "queue.foreign" : worth ? "queue.waiting" : null;
  return { unsent: unsent.length, oldest, code };
}
