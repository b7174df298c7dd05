/** Which own operations lie on top of the rows, and which a void has taken away again. */
import type { Envelope } from "../domain/envelope.ts";
import type { Entry } from "../storage.ts";
import { draw } from "./effects.ts";
import type { Held } from "./held.ts";
import { Overlay } from "./overlay.ts";

/** An entry with its envelope opened. */
export interface Posted {
  readonly entry: Entry;
  readonly envelope: Envelope;
}

/** Not yet shown by the server, and not refused by it. */
export const isPending = ({ entry }: Posted): boolean =>
  entry.state !== "settled" && entry.outcome !== "refused";

/** The rows with everything own and pending on top; `posted` oldest first, settled ones included. */
export function overlaid(held: Held, posted: readonly Posted[]): Overlay {
  const rows = new Overlay(held);
  const pending = posted.filter(isPending);
  const voided = new Set(
    pending.flatMap(({ envelope }) =>
      envelope.kind === "operations.void" ? [envelope.cause] : [],
    ),
  );
  for (const one of pending) if (!voided.has(one.envelope.id)) draw(rows, one.envelope, 1);
  for (const one of posted) {
    if (one.entry.state === "settled" && voided.has(one.envelope.id)) draw(rows, one.envelope, -1);
  }
  return rows;
}
