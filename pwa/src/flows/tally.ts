/** A running total over repeated scans of the same goods, each of them recorded on its own. */

import type { AnyDraft } from "../domain/operation.ts";
import { voided } from "./goods.ts";

export interface Tally {
  readonly operations: readonly string[];
  readonly total: number;
}

export const NOTHING: Tally = { operations: [], total: 0 };

export const added = (tally: Tally, operation: string, quantity: number): Tally => ({
  operations: [...tally.operations, operation],
  total: tally.total + quantity,
});

/**
 * Bring a total to the number on the pad: more is one more operation over the difference,
 * less says that the earlier ones did not happen and books the number once.
 */
export function corrected(
  tally: Tally,
  value: number,
  book: (quantity: number) => AnyDraft & { readonly id: string },
): { readonly tally: Tally; readonly record: readonly AnyDraft[] } {
  if (value === tally.total) {
    return { tally, record: [] };
  }
  if (value > tally.total) {
    const draft = book(value - tally.total);
    return { tally: added(tally, draft.id, value - tally.total), record: [draft] };
  }
  const undone = tally.operations.map(voided);
  if (value === 0) {
    return { tally: NOTHING, record: undone };
  }
  const draft = book(value);
  return { tally: added(NOTHING, draft.id, value), record: [...undone, draft] };
}
