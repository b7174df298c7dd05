/** A closed tote against its list: what tags say is in it, what is missing, what does not belong. Pure. */
import type { Scan } from "../../domain/operation.ts";
import type { OrderRow } from "../../domain/rows.ts";
import { say } from "../../words/text.ts";
import type { Feedback } from "../flow.ts";
import { type Group, type SweptGesture, sorted, together, UNKNOWN_A_LINE } from "../sweep/swept.ts";

export interface Check {
  readonly seen: readonly string[];
  readonly read: readonly Group[];
  readonly unknown: readonly Scan[];
  /** What goes with the shipment as its evidence. */
  readonly scans: readonly Scan[];
}

const NOTHING: Check = { seen: [], read: [], unknown: [], scans: [] };

export function checked(before: Check = NOTHING, { tags }: SweptGesture): Check {
  const { pieces, unknown } = sorted(tags, before.seen);
  if (pieces.length + unknown.length === 0) {
    return before;
  }
  const read = pieces.flatMap(({ filling }) => filling.scans);
  return {
    seen: [
      ...before.seen,
      ...pieces.map(({ identity }) => identity),
      ...unknown.map(({ data }) => data),
    ],
    read: together(before.read, pieces),
    unknown: [...before.unknown, ...unknown],
    scans: [...before.scans, ...read, ...unknown].slice(0, UNKNOWN_A_LINE),
  };
}

export interface Comparison {
  readonly lines: ReadonlyArray<{
    readonly item: string;
    readonly read: number;
    readonly picked: number;
  }>;
  readonly missing: number;
  /** Goods that are not on the list, or more of them than are. */
  readonly foreign: readonly Group[];
  readonly unknown: number;
}

export function compared(check: Check, order: OrderRow): Comparison {
  const picked = new Map<string, number>();
  for (const line of order.lines) {
    picked.set(line.item, (picked.get(line.item) ?? 0) + line.picked);
  }
  const read = new Map(check.read.map(({ item, count }) => [item, count]));
  const lines = [...picked].map(([item, of]) => ({ item, read: read.get(item) ?? 0, picked: of }));
  return {
    lines,
    missing: lines.reduce((sum, line) => sum + Math.max(0, line.picked - line.read), 0),
    foreign: [...read].flatMap(([item, count]) => {
      const over = count - (picked.get(item) ?? 0);
      return over > 0 ? [{ item, count: over }] : [];
    }),
    unknown: check.unknown.length,
  };
}

export function verdict({ lines, missing, foreign, unknown }: Comparison): Feedback {
  const strange = foreign.reduce((sum, { count }) => sum + count, unknown);
  if (missing + strange > 0) {
    return { tone: "caution", words: say("sweep.check_differs", { missing, foreign: strange }) };
  }
  const count = lines.reduce((sum, line) => sum + line.read, 0);
  return { tone: "ok", words: say("sweep.all_there", { count }) };
}
