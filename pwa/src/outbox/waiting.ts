/** How much has not reached the server, and since when. */
import type { Entry } from "../storage.ts";

/** From here on it is worth a word, though nothing is in danger. */
const MANY = 500;
const LONG_MS = 4 * 3600 * 1000;

export interface Waiting {
  readonly unsent: number;
  /** Milliseconds since 1970 of the oldest gesture that waits. */
  readonly oldest: number | null;
  readonly code: "queue.waiting" | null;
}

export function waiting(unsent: readonly Entry[], now: number): Waiting {
  const oldest = unsent.reduce<number | null>((at, one) => Math.min(at ?? one.at, one.at), null);
  const worth = unsent.length >= MANY || (oldest !== null && now - oldest > LONG_MS);
  return { unsent: unsent.length, oldest, code: worth ? "queue.waiting" : null };
}
