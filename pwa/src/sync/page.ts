/** One answer to a pull, checked before anything believes it. */
import type { Change } from "../replica/held.ts";
import type { SaidSum } from "../replica/sums.ts";
import { field, integer, type Reply } from "./network.ts";

export interface Page {
  readonly reset: boolean;
  readonly changes: readonly Change[];
  readonly cursor: string;
  readonly hasMore: boolean;
  readonly lastApplied: number;
  readonly sums: Readonly<Record<string, SaidSum>> | null;
  readonly serverTime: number | null;
  readonly minApp: string | null;
  /** How many rows did not fit, or came only with work; null: a server that says it later. */
  readonly leftOut: number | null;
  /** What envelopes written from now on name as their `base`. */
  readonly base: string | null;
}

function isChange(value: unknown): value is Change {
  return (
    typeof field(value, "channel") === "string" &&
    typeof field(value, "entity") === "string" &&
    typeof field(value, "id") === "string" &&
    integer(value, "seq") !== null &&
    typeof field(value, "row") === "object"
  );
}

const text = (value: unknown): string | null => (typeof value === "string" ? value : null);

/** Cursors are opaque but for their start, which is what `base` is made of. */
function baseOf(body: unknown, cursor: string): string | null {
  return text(field(body, "base")) ?? /^[^:]+:\d+/.exec(cursor)?.[0] ?? null;
}

export function page(reply: Reply): Page | null {
  const { body } = reply;
  const changes = field(body, "changes");
  const asked = field(body, "asked") ?? [];
  const cursor = text(field(body, "cursor"));
  const lastApplied = integer(body, "last_applied_seq");
  if (!Array.isArray(changes) || !changes.every(isChange)) return null;
  if (!Array.isArray(asked) || !asked.every(isChange)) return null;
  if (cursor === null || lastApplied === null) return null;
  return {
    reset: field(body, "reset") === true,
    changes: [...changes, ...asked],
    cursor,
    hasMore: field(body, "has_more") === true,
    lastApplied,
    sums: (field(body, "sums") ?? null) as Page["sums"],
    serverTime: integer(body, "server_time_ms"),
    minApp: text(field(body, "min_app")),
    leftOut: integer(body, "left_out"),
    base: baseOf(body, cursor),
  };
}

/** Whether version `ours` ("1.4.0") is older than `least`. */
export function isOlder(ours: string, least: string): boolean {
  const [a, b] = [ours, least].map((version) => version.split(".").map(Number)) as [
    number[],
    number[],
  ];
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const [mine, wanted] = [a[i] ?? 0, b[i] ?? 0];
    if (mine !== wanted) return mine < wanted;
  }
  return false;
}
