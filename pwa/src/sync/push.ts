/** What is sent, and what the answer means; no I/O. */
import type { Head } from "../domain/envelope.ts";
import type { Outcome } from "../domain/operation.ts";
import type { ClockReading, Entry } from "../storage.ts";
import { field, integer, problemCode, type Reply } from "./network.ts";

export const MOST_OPERATIONS = 200;
/** The contract says 256 KiB for the body; the rest is room for the fields around the operations. */
const MOST_BYTES = 250 * 1024;

/** What the device held at one instant, read in one transaction with its clocks. */
export interface Cut {
  readonly device: string;
  readonly head: Head;
  /** The first number the server has not named yet. */
  readonly expected: number;
  /** From `expected` on, gapless unless something is lost; at most one chunk. */
  readonly entries: readonly Entry[];
  readonly clock: ClockReading | undefined;
  readonly wall_ms: number;
  readonly mono_ms: number;
}

export interface Surroundings {
  readonly boot: string;
  readonly app: string;
  readonly parked: boolean;
  readonly persisted: boolean | null;
  readonly used: number | null;
  /** Only a question about an older journal: nobody goes on in it. */
  readonly asks?: boolean;
}

/** As many of the first operations as one push may carry; always at least one. */
export function chunk(entries: readonly Entry[], most: number): readonly Entry[] {
  let bytes = 0;
  const end = entries.findIndex((entry, index) => {
    bytes += new TextEncoder().encode(JSON.stringify(entry.text)).length + 1;
    return index > 0 && (index >= most || bytes > MOST_BYTES);
  });
  return end < 0 ? entries : entries.slice(0, end);
}

export function body(cut: Cut, sent: readonly Entry[], around: Surroundings): string {
  const { head, expected, clock } = cut;
  const last = expected + sent.length - 1;
  return JSON.stringify({
    protocol: 1,
    device: cut.device,
    epoch: head.epoch,
    boot: around.boot,
    cut_wall_ms: cut.wall_ms,
    cut_mono_ms: cut.mono_ms,
    clock: said(clock, cut.wall_ms),
    first_seq: expected,
    ops: sent.map((entry) => entry.text),
    has_more: last < head.seq,
    head_seq: head.seq,
    pending: head.seq - expected + 1,
    parked: around.parked && last >= head.seq,
    ...(around.asks ? { asks: true } : {}),
    storage: { persisted: around.persisted, used: around.used },
    app: around.app,
  });
}

/** Before the first exchange nothing is known about the offset; a minute of round trip says so. */
function said(clock: ClockReading | undefined, wall_ms: number): object {
  if (!clock) return { offset_ms: 0, rtt_ms: 60_000, wall_ms };
  return { offset_ms: clock.offset_ms, rtt_ms: clock.rtt_ms, wall_ms: clock.wall_ms };
}

export interface Result {
  readonly seq: number;
  readonly id: string;
  readonly outcome: Outcome;
  readonly codes: readonly string[];
}

export type Verdict =
  /** Named operations are safe; continue at `expected`. */
  | {
      readonly type: "decided";
      readonly results: readonly Result[];
      readonly expected: number;
      readonly incarnation: string | null;
      readonly serverTime: number | null;
      readonly pull: boolean;
    }
  /** The server lacks what it had named before, or was restored: send again from there. */
  | { readonly type: "rewind"; readonly expected: number }
  | {
      readonly type: "rotate";
      readonly reason: "clone" | "gap" | "wiped";
      readonly lost: readonly [number, number | null] | null;
      readonly resendFrom: number | null;
    }
  | { readonly type: "halve" }
  | Waiting;

/** Keep everything, keep scanning, say why; the same bytes go out again later. */
export interface Waiting {
  readonly type: "wait";
  readonly code: string | null;
  readonly retryAfter: number | null;
  readonly offline: boolean;
}

const wait = (code: string | null, retryAfter: number | null = null): Verdict => ({
  type: "wait",
  code,
  retryAfter,
  offline: false,
});

const OUTCOMES: readonly unknown[] = ["applied", "flagged", "exception", "refused"];

function isResult(value: unknown): value is Result {
  return (
    integer(value, "seq") !== null &&
    typeof field(value, "id") === "string" &&
    OUTCOMES.includes(field(value, "outcome")) &&
    Array.isArray(field(value, "codes"))
  );
}

/** The operations an answer names; those it does not stay as they are. */
export function namedIn(reply: Reply): readonly Result[] {
  const results = field(reply.body, "results");
  return Array.isArray(results) ? results.filter(isResult) : [];
}

function decided(cut: Cut, sent: readonly Entry[], reply: Reply): Verdict {
  const expected = integer(reply.body, "expected_seq");
  const results = field(reply.body, "results");
  if (expected === null || !Array.isArray(results) || !results.every(isResult)) {
    return wait("sync.unreadable_answer");
  }
  // The server remembers more than this device ever wrote, as far as it knows.
  if (expected > cut.head.seq + 1) return wiped(expected);
  if (expected < cut.expected) return { type: "rewind", expected };
  const next = Math.min(expected, cut.expected + sent.length);
  if (sent.length > 0 && next <= cut.expected) return wait("sync.no_progress");
  const incarnation = field(reply.body, "incarnation");
  const directives = field(reply.body, "directives");
  return {
    type: "decided",
    results,
    expected: next,
    incarnation: typeof incarnation === "string" ? incarnation : null,
    serverTime: integer(reply.body, "server_time_ms"),
    pull: Array.isArray(directives) && directives.includes("pull"),
  };
}

const wiped = (expected: number): Verdict => ({
  type: "rotate",
  reason: "wiped",
  lost: [expected, null],
  resendFrom: null,
});

function gap(cut: Cut, firstHeld: number | null, reply: Reply): Verdict {
  const expected = integer(reply.body, "expected_seq");
  if (expected === null || expected < 1) return wait("sync.unreadable_answer");
  if (expected > cut.head.seq + 1) return wiped(expected);
  const first = firstHeld ?? cut.head.seq + 1;
  if (first > expected) {
    return { type: "rotate", reason: "gap", lost: [expected, first - 1], resendFrom: expected };
  }
  // Asked for exactly what it was sent: sending it again at once would spin.
  return expected === cut.expected ? wait("sync.sequence_gap") : { type: "rewind", expected };
}

/**
 * What an answer to a push means for the device.
 * `firstHeld`: lowest number it still holds at or after the one a gap answer asks for.
 */
export function judge(
  cut: Cut,
  sent: readonly Entry[],
  reply: Reply | null,
  firstHeld: number | null,
): Verdict {
  if (reply === null) return { type: "wait", code: null, retryAfter: null, offline: true };
  const code = problemCode(reply);
  if (reply.status === 200) return decided(cut, sent, reply);
  if (reply.status === 413) return sent.length > 1 ? { type: "halve" } : wait(code);
  if (reply.status === 409 && code === "sync.sequence_gap") return gap(cut, firstHeld, reply);
  if (reply.status === 409 && code === "sync.rotate_epoch") {
    return { type: "rotate", reason: "clone", lost: null, resendFrom: null };
  }
  if (reply.status === 401) return wait("device.unknown");
  if (reply.status === 426) return wait("sync.update_needed");
  return wait(code, reply.retryAfter);
}
