/** What a sweep hands to a flow, and how a flow sorts it. Pure. */
import type { Scan } from "../../domain/operation.ts";
import type { Resolved, ResolvedItem } from "../../domain/resolved.ts";
import { say, type Text } from "../../words/text.ts";
import { type Feedback, type Step, stay, type World } from "../flow.ts";
import { type Filling, fill, itemName } from "../goods.ts";
import type { SweepView } from "../view.ts";

/** A tag as operations carry it: raw. */
export const scanOfTag = (epc: string): Scan => ({ data: epc, symbology: null });

/** A tag with what it means here. */
export interface Swept {
  readonly epc: string;
  readonly rssi: number | null;
  readonly resolved: Resolved;
}

export interface SweptGesture {
  readonly type: "swept";
  /** One pull of the trigger; its batches are taken back together. */
  readonly sweep: string;
  readonly tags: readonly Swept[];
  /** The trigger was let go. */
  readonly over: boolean;
}

/**
 * How a state takes tags: `batches` as they come, each once; `whole` when the trigger is let go,
 * because only all of them say what is meant; `again` also those heard before, for their strength.
 */
export type Sweeping = "batches" | "whole" | "again";

/** A tag is the thing it names: an EPC and its label are the same piece. */
export function identityOf({ epc, resolved }: Swept): string {
  switch (resolved.type) {
    case "item":
      return resolved.serial ?? epc;
    case "lpn":
      return resolved.lpn;
    case "place":
      return resolved.place.id;
    default:
      return epc;
  }
}

/** One tagged piece, or packaging, of goods. */
export interface Piece {
  readonly identity: string;
  readonly filling: Filling;
}

/** A tagged pallet; its identity is its LPN. */
export interface Unit {
  readonly identity: string;
  readonly code: string;
  readonly scan: Scan;
}

export interface Sorted {
  readonly pieces: readonly Piece[];
  readonly units: readonly Unit[];
  readonly places: ReadonlyArray<Extract<Resolved, { type: "place" }>>;
  /** Tags that mean nothing here: raw as they were read. */
  readonly unknown: readonly Scan[];
}

/** A badge or a command that happens to be near is nobody's gesture. */
const NAMELESS: ReadonlySet<Resolved["type"]> = new Set(["unknown", "ambiguous", "details"]);

/** Each thing once, what is already known left out. */
export function sorted(tags: readonly Swept[], known: readonly string[] = []): Sorted {
  const before = new Set(known);
  const fresh = new Map<string, Swept>();
  for (const tag of tags) {
    const identity = identityOf(tag);
    if (!before.has(identity)) fresh.set(identity, tag);
  }
  const pieces: Piece[] = [];
  const units: Unit[] = [];
  const places: Extract<Resolved, { type: "place" }>[] = [];
  const unknown: Scan[] = [];
  for (const [identity, { epc, resolved }] of fresh) {
    if (resolved.type === "item") pieces.push({ identity, filling: piece(resolved) });
    else if (resolved.type === "lpn") {
      units.push({ identity, code: resolved.code, scan: resolved.scan });
    } else if (resolved.type === "place") places.push(resolved);
    else if (NAMELESS.has(resolved.type)) unknown.push(scanOfTag(epc));
  }
  return { pieces, units, places, unknown };
}

/** The serial of a tag tells two pieces apart; where goods have no serials it is not booked. */
const piece = (goods: ResolvedItem): Filling =>
  goods.item.tracking === "serial" ? fill(goods) : { ...fill(goods), serial: null };

/** How many of the same goods a sweep found. */
export interface Group {
  readonly item: string;
  readonly count: number;
}

/** The groups with these pieces in them. */
export function together(groups: readonly Group[], pieces: readonly Piece[]): Group[] {
  const counts = new Map(groups.map(({ item, count }) => [item, count]));
  for (const { filling } of pieces) {
    counts.set(filling.item, (counts.get(filling.item) ?? 0) + filling.quantity);
  }
  return [...counts].map(([item, count]) => ({ item, count }));
}

/** Goods without serials are booked together, but never more tags than an operation can carry. */
const TAGS_A_LINE = 100;

/** What is booked on its own, and what is booked together: same goods, packaging and lot. */
export function lines(pieces: readonly Piece[]): Filling[] {
  const single: Filling[] = [];
  const shared = new Map<string, Filling[]>();
  for (const { filling } of pieces) {
    const key = [filling.item, filling.packaging, filling.lot].join("/");
    if (filling.serial !== null) single.push(filling);
    else shared.set(key, [...(shared.get(key) ?? []), filling]);
  }
  return [...single, ...[...shared.values()].flatMap((same) => parcels(same))];
}

function parcels(same: readonly Filling[]): Filling[] {
  const found: Filling[] = [];
  for (let at = 0; at < same.length; at += TAGS_A_LINE) {
    const [first, ...rest] = same.slice(at, at + TAGS_A_LINE);
    if (first) found.push(rest.reduce(joined, first));
  }
  return found;
}

const joined = (one: Filling, other: Filling): Filling => ({
  ...one,
  quantity: one.quantity + other.quantity,
  scans: [...one.scans, ...other.scans],
});

/** How many unknown tags an operation can carry beside its own scans. */
export const UNKNOWN_A_LINE = 200;

/** So many of them go with a pick or a load, whose own tags need the room. */
const STRANGE_BESIDE = 60;

/** Unknown tags that were heard at work, each once, until an operation takes them to the office. */
export function heardBeside(before: readonly Scan[], unknown: readonly Scan[]): readonly Scan[] {
  const known = new Set(before.map(({ data }) => data));
  return [...before, ...unknown.filter(({ data }) => !known.has(data))].slice(0, STRANGE_BESIDE);
}

/** How they look on a screen that shows nothing else of a sweep. */
export const strangeView = (unknown: readonly Scan[]): { readonly sweep?: SweepView } =>
  unknown.length > 0 ? { sweep: { groups: [], notes: unknownNote(unknown.length) } } : {};

/** The pulls so far: what the last one found, and what all of them did. */
export interface Tally {
  readonly sweep: string;
  /** Tags noted in the last pull, and those that meant nothing. */
  readonly fresh: number;
  readonly strange: number;
  readonly groups: readonly Group[];
  /** Kept raw until an operation carries them to the office. */
  readonly unknown: readonly Scan[];
}

export const UNSWEPT: Tally = { sweep: "", fresh: 0, strange: 0, groups: [], unknown: [] };

/** The tally with one batch more; another pull counts anew. */
export function tallied(
  before: Tally,
  sweep: string,
  pieces: readonly Piece[],
  units: number,
  unknown: readonly Scan[],
): Tally {
  const same = before.sweep === sweep;
  return {
    sweep,
    fresh: (same ? before.fresh : 0) + pieces.length + units,
    strange: (same ? before.strange : 0) + unknown.length,
    groups: together(before.groups, pieces),
    unknown: [...before.unknown, ...unknown].slice(0, UNKNOWN_A_LINE),
  };
}

/** What is said when the trigger is let go. */
export function summary(tally: Tally, sweep: string): Feedback {
  const { fresh, strange } = tally.sweep === sweep ? tally : UNSWEPT;
  if (strange > 0) {
    return { tone: "caution", words: say("sweep.noted_unknown", { count: fresh, strange }) };
  }
  return fresh > 0
    ? { tone: "ok", words: say("sweep.noted", { count: fresh }) }
    : { tone: "step", words: say("sweep.nothing_new") };
}

/** How a sweep looks on every screen that books its tags. */
export const sweepView = (
  tally: Tally,
  world: World,
  notes: readonly Text[] = [],
  unknown = tally.unknown.length,
): SweepView => ({
  groups: tally.groups.map(({ item, count }) => ({
    key: item,
    text: itemName(world, item),
    count: `${count}`,
  })),
  notes: [...unknownNote(unknown), ...notes],
});

export const unknownNote = (count: number): Text[] =>
  count > 0 ? [say("sweep.unknown", { count })] : [];

/**
 * Where one thing is asked for, a tag answers when it is the only one of its kind that was read:
 * a burst is never taken for a choice, and never for a second scan that confirms.
 */
export function asOne<S>(
  state: S,
  gesture: SweptGesture,
  wanted: ReadonlyArray<Resolved["type"]>,
  expected: Text,
  scanned: (resolved: Resolved) => Step<S>,
): Step<S> {
  if (!gesture.over) {
    return { state };
  }
  const usable = new Map(
    gesture.tags
      .filter(({ resolved }) => wanted.includes(resolved.type))
      .map((tag) => [identityOf(tag), tag.resolved]),
  );
  const [only] = usable.values();
  if (only && usable.size === 1) {
    return scanned(only);
  }
  return stay(
    state,
    "caution",
    only ? say("sweep.several", { count: usable.size }) : say("sweep.expected", { expected }),
  );
}
