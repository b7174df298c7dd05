/** Fetches what changed, page by page; a reset fills a shadow store and swaps. Never touches the journal's envelopes. */
import { unwrap } from "idb";
import type { Head } from "../domain/envelope.ts";
import { runningHead } from "../outbox/journal.ts";
import { Held } from "../replica/held.ts";
import { differing } from "../replica/sums.ts";
import {
  type ClockReading,
  type Entry,
  fact,
  factIn,
  type PullMark,
  putFact,
  type RowStore,
  type Storage,
  type Writing,
  writing,
} from "../storage.ts";
import { type Clock, exchanged } from "./clock.ts";
import { problemCode, type Reply, type Wire } from "./network.ts";
import { isOlder, type Page, page } from "./page.ts";

export interface Pulling {
  readonly storage: Storage;
  readonly wire: Wire;
  readonly clock: Clock;
  readonly app: string;
  /** What the screens look at; it is replaced in one step when a shadow is complete. */
  held(): Held;
  /** In one step: these rows, and these operations no longer on top of them. */
  show(held: Held, mark: PullMark, settled: readonly string[]): void;
}

export type PullEnd =
  | { readonly type: "pulled" }
  | { readonly type: "outdated"; readonly least: string }
  | {
      readonly type: "stopped";
      readonly code: string | null;
      readonly retryAfter: number | null;
      readonly offline: boolean;
    };

const EMPTY: PullMark = { store: "rows_a", cursor: null, base: null, pulledAt: null };

/** A server that resets, or sums that differ, more often than this end the attempt. */
const MOST_RESETS = 2;

/** Where the download stands: into the store that is shown, or into its shadow. */
interface Stand {
  readonly shadow: boolean;
  readonly store: RowStore;
  readonly cursor: string | null;
  readonly held: Held;
}

const shadowOf = (shown: RowStore): RowStore => (shown === "rows_a" ? "rows_b" : "rows_a");

/** Pulls until the server has no more; storage errors reject. */
export async function pull(parts: Pulling): Promise<PullEnd> {
  const mark = (await fact(parts.storage, "pull")) ?? EMPTY;
  let stand = mark.cursor === null ? await empty(parts, mark) : shown(parts, mark);
  let resets = 0;
  let epoch = await epochToSettle(parts.storage);
  for (;;) {
    const asked = await ask(parts, epoch, stand.cursor);
    if (asked.page === null) return asked.end;
    const { page: got } = asked;
    if (got.reset && stand.cursor !== null) {
      if (++resets > MOST_RESETS) return stopped("sync.reset_again");
      stand = await empty(parts, mark);
    }
    const after = await take(parts, stand, got, { epoch, clock: asked.clock });
    if (after === "differs") {
      if (++resets > MOST_RESETS) return stopped("sync.rows_differ");
      stand = await empty(parts, mark);
      continue;
    }
    stand = after;
    if (got.hasMore) continue;
    // One question shows one epoch; after a rotation there may be several to settle.
    const next = await epochToSettle(parts.storage);
    if (next > epoch) {
      epoch = next;
      continue;
    }
    if (got.minApp !== null && isOlder(parts.app, got.minApp)) {
      return { type: "outdated", least: got.minApp };
    }
    return { type: "pulled" };
  }
}

const stopped = (code: string | null): PullEnd => ({
  type: "stopped",
  code,
  retryAfter: null,
  offline: false,
});

const shown = (parts: Pulling, mark: PullMark): Stand => ({
  shadow: false,
  store: mark.store,
  cursor: mark.cursor,
  held: parts.held(),
});

async function empty(parts: Pulling, mark: PullMark): Promise<Stand> {
  const store = shadowOf(mark.store);
  await writing(parts.storage, [store], (tx) => tx.objectStore(store).clear());
  return { shadow: true, store, cursor: null, held: new Held() };
}

/** The oldest epoch with operations the server has named but not yet shown; otherwise the running one. */
async function epochToSettle(storage: Storage): Promise<number> {
  const tx = storage.transaction(["journal", "facts"], "readonly");
  const head: Head = await runningHead(tx);
  const device = (await factIn(tx, "enrolment"))?.device;
  const acked = await tx.objectStore("journal").index("state").getAll("acked");
  const epochs = acked.filter((entry) => entry.device === device).map((entry) => entry.epoch);
  return Math.min(head.epoch, ...epochs);
}

type Asked =
  | { readonly page: Page; readonly clock: ClockReading | null }
  | { readonly page: null; readonly end: PullEnd };

async function ask(parts: Pulling, epoch: number, cursor: string | null): Promise<Asked> {
  const enrolment = await fact(parts.storage, "enrolment");
  if (!enrolment) return { page: null, end: stopped("device.not_enrolled") };
  const after = cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`;
  const started = { wall_ms: parts.clock.wall(), mono_ms: parts.clock.mono() };
  const reply = await parts.wire({
    method: "GET",
    path: `/sync/pull?epoch=${epoch}&limit=500${after}`,
    headers: { Authorization: `Device ${enrolment.credential}` },
    body: null,
  });
  const got = reply?.status === 200 ? page(reply) : null;
  if (got === null) return { page: null, end: noPage(reply) };
  const clock = exchanged(parts.clock, started, got.serverTime);
  return { page: got, clock };
}

function noPage(reply: Reply | null): PullEnd {
  if (reply === null) return { type: "stopped", code: null, retryAfter: null, offline: true };
  if (reply.status === 200) return stopped("sync.unreadable_answer");
  const code = reply.status === 401 ? "device.unknown" : problemCode(reply);
  return { type: "stopped", code, retryAfter: reply.retryAfter, offline: false };
}

interface Told {
  readonly epoch: number;
  readonly clock: ClockReading | null;
}

/**
 * Rows, cursor and what they settle in one transaction, then the same in memory.
 * A shadow is shown, and settles, with its last page only; if its sums differ it is not shown at all.
 */
async function take(
  parts: Pulling,
  stand: Stand,
  got: Page,
  told: Told,
): Promise<Stand | "differs"> {
  const last = !got.hasMore;
  if (stand.shadow) {
    // Not shown yet, so memory may run ahead of the disk.
    stand.held.apply(got.changes);
    if (last && differs(stand.held, got)) return "differs";
  }
  const brought = stand.held.askedWith(stand.shadow ? [] : got.changes);
  const before = await fact(parts.storage, "pull");
  const mark: PullMark = {
    store: stand.store,
    cursor: got.cursor,
    base: got.base,
    pulledAt: last ? parts.clock.wall() : (before?.pulledAt ?? null),
    leftOut: got.leftOut === null ? (before?.leftOut ?? 0) : Math.max(got.leftOut - brought, 0),
  };
  const visible = !stand.shadow || last;
  const settled = await writing(parts.storage, ["journal", stand.store, "facts"], async (tx) => {
    putRows(tx, stand.store, got);
    if (!visible) return [];
    await putFact(tx, "pull", mark);
    if (told.clock) await putFact(tx, "clock", told.clock);
    return settle(tx, told.epoch, got, parts.clock.wall());
  });
  if (!stand.shadow) stand.held.apply(got.changes);
  if (visible) parts.show(stand.held, mark, settled);
  if (!stand.shadow && last && differs(stand.held, got)) return "differs";
  return { ...stand, shadow: stand.shadow && !last, cursor: got.cursor };
}

const differs = (held: Held, got: Page): boolean =>
  got.sums !== null && differing(held.sums(), got.sums).length > 0;

/** Thousands of rows: without a promise for each. A failing one ends the transaction, which tells. */
function putRows(tx: Writing, store: RowStore, got: Page): void {
  const rows = unwrap(tx.objectStore(store)) as IDBObjectStore;
  for (const { channel, entity, id, seq, row } of got.changes) {
    if (row === null) rows.delete([channel, entity, id]);
    else rows.put({ channel, entity, id, seq, row });
  }
}

/** What the server has shown to be applied; the rows of the same page already contain it. */
async function settle(
  tx: Writing,
  epoch: number,
  { lastApplied, hasMore }: Page,
  now: number,
): Promise<string[]> {
  const journal = tx.objectStore("journal");
  const device = (await factIn(tx, "enrolment"))?.device;
  const states = ["sent", "acked"] as const;
  const found = await Promise.all(states.map((state) => journal.index("state").getAll(state)));
  // Of another journal only what is named: it was so before this was asked, so the rows have it.
  const shown = (e: Entry): boolean =>
    e.device === device && e.epoch === epoch
      ? e.seq <= lastApplied
      : e.state === "acked" && !hasMore;
  const settled = found.flat().filter(shown);
  for (const entry of settled) await journal.put({ ...entry, state: "settled", settledAt: now });
  return settled.map((entry) => entry.id);
}
