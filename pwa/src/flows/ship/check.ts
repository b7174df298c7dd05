/** A closed tote against its list: what is in it, what is missing, what does not belong. Pure. */
import type { Scan } from "../../domain/operation.ts";
import type { ResolvedItem } from "../../domain/resolved.ts";
import type { OrderRow, ToteGoods } from "../../domain/rows.ts";
import { say } from "../../words/text.ts";
import type { Feedback } from "../flow.ts";
import {
  type Group,
  type Piece,
  type SweptGesture,
  sorted,
  UNKNOWN_A_LINE,
} from "../sweep/swept.ts";

/** Goods as they were heard or seen, as far as their tag or label tells them apart. */
interface Found extends Group {
  readonly lot: string | null;
  readonly serial: string | null;
}

export interface Check {
  /** The tote that lies open to the sled; null = the order as a whole. */
  readonly tote: string | null;
  readonly seen: readonly string[];
  readonly read: readonly Found[];
  /** By labels that many pieces share: the same pieces may have been read by their tags, too. */
  readonly scanned: readonly Found[];
  readonly unknown: readonly Scan[];
  /** What goes with the shipment as its evidence. */
  readonly scans: readonly Scan[];
}

export const checkOf = (tote: string | null): Check => ({
  tote,
  seen: [],
  read: [],
  scanned: [],
  unknown: [],
  scans: [],
});

export function checked(before: Check, { tags }: SweptGesture): Check {
  const { pieces, unknown } = sorted(tags, before.seen);
  if (pieces.length + unknown.length === 0) {
    return before;
  }
  const read = pieces.flatMap(({ filling }) => filling.scans);
  return {
    ...before,
    seen: [
      ...before.seen,
      ...pieces.map(({ identity }) => identity),
      ...unknown.map(({ data }) => data),
    ],
    read: pieces.map(foundIn).reduce(withOne, before.read),
    unknown: [...before.unknown, ...unknown],
    scans: [...before.scans, ...read, ...unknown].slice(0, UNKNOWN_A_LINE),
  };
}

/** One more by its label; a piece with a serial is itself only once. */
export function lookedAt(before: Check, goods: ResolvedItem): Check {
  const { item, lot, quantity, scan } = goods;
  const serial = item.tracking === "serial" ? goods.serial : null;
  const found: Found = { item: item.id, lot, serial, count: quantity };
  const scans = [...before.scans, scan].slice(0, UNKNOWN_A_LINE);
  if (serial === null) {
    return { ...before, scanned: withOne(before.scanned, found), scans };
  }
  return before.seen.includes(serial)
    ? before
    : { ...before, seen: [...before.seen, serial], read: withOne(before.read, found), scans };
}

const foundIn = ({ filling }: Piece): Found => ({
  item: filling.item,
  lot: filling.lot,
  serial: filling.serial,
  count: filling.quantity,
});

const same = (one: Found, other: Found): boolean =>
  one.item === other.item && one.lot === other.lot && one.serial === other.serial;

function withOne(before: readonly Found[], one: Found): readonly Found[] {
  const known = before.find((each) => same(each, one));
  const sum = { ...one, count: one.count + (known?.count ?? 0) };
  return [...before.filter((each) => each !== known), sum];
}

export interface Comparison {
  readonly lines: ReadonlyArray<{
    readonly item: string;
    readonly read: number;
    readonly picked: number;
  }>;
  readonly missing: number;
  /** More of them than are on the list. */
  readonly over: readonly Group[];
  /** Goods that are not on the list: another item, another lot, another piece. */
  readonly foreign: readonly Group[];
  readonly unknown: number;
}

/** What was picked into the tote; of an order as a whole, or of a tote of old, what was picked for it. */
export function listOf(order: OrderRow, tote: string | null): readonly ToteGoods[] {
  const own = order.totes.find((unit) => unit.lpn === tote)?.goods;
  return (
    own ??
    order.lines.map(({ item, picked }) => ({ item, lot: null, serial: null, quantity: picked }))
  );
}

export function compared(check: Check, order: OrderRow): Comparison {
  const list = listOf(order, check.tote);
  const picked = sums(list.map(({ item, quantity }) => ({ item, count: quantity })));
  const read = sums(check.read.filter((one) => belongs(one, list)));
  const scanned = sums(check.scanned.filter((one) => belongs(one, list)));
  const lines = [...picked].map(([item, of]) => ({
    item,
    // Pieces read and pieces scanned may be the same ones: neither is added to the other.
    read: Math.max(read.get(item) ?? 0, scanned.get(item) ?? 0),
    picked: of,
  }));
  return {
    lines,
    missing: lines.reduce((sum, line) => sum + Math.max(0, line.picked - line.read), 0),
    over: lines.flatMap(({ item, read, picked }) =>
      read > picked ? [{ item, count: read - picked }] : [],
    ),
    foreign: groups([...check.read, ...check.scanned].filter((one) => !belongs(one, list))),
    unknown: check.unknown.length,
  };
}

/** What a label does not tell cannot be held against it. */
const belongs = (one: Found, list: readonly ToteGoods[]): boolean =>
  list.some(
    ({ item, lot, serial }) =>
      item === one.item &&
      (one.lot === null || lot === null || lot === one.lot) &&
      (one.serial === null || serial === null || serial === one.serial),
  );

function sums(some: readonly Group[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { item, count } of some) counts.set(item, (counts.get(item) ?? 0) + count);
  return counts;
}

const groups = (some: readonly Group[]): Group[] =>
  [...sums(some)].map(([item, count]) => ({ item, count }));

const total = (some: readonly Group[]): number => some.reduce((sum, { count }) => sum + count, 0);

export function verdict({ lines, missing, over, foreign, unknown }: Comparison): Feedback {
  const strange = total(foreign) + unknown;
  if (missing + total(over) + strange > 0) {
    const words = say("sweep.check_differs", { missing, over: total(over), foreign: strange });
    return { tone: "caution", words };
  }
  const count = lines.reduce((sum, line) => sum + line.read, 0);
  return { tone: "ok", words: say("sweep.all_there", { count }) };
}
