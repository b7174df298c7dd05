/** What a receiver has said so far, and what the dock waits for. */
import type { Condition, Scan } from "../../domain/operation.ts";
import type { PoLineRow } from "../../domain/rows.ts";
import type { World } from "../flow.ts";
import type { Filling, Gap } from "../goods.ts";
import { type Tally as SweepTally, UNSWEPT } from "../sweep/swept.ts";
import type { Tally } from "../tally.ts";

/** The last line booked, so that the pad can correct it and a repeated scan adds to it. */
export interface Last {
  readonly filling: Filling;
  readonly line: string | null;
  readonly unit: string | null;
  readonly condition: Condition;
  readonly reason: string | null;
  readonly tally: Tally;
}

/** What a sled has read at this dock. */
export interface SweptDock {
  readonly tally: SweepTally;
  /** Serials, pallets and tags that are booked: they may stand in the field for hours. */
  readonly seen: readonly string[];
  /** Read and not booked: of goods nobody ordered, or for more than one order, or without lot or date. */
  readonly foreign: readonly string[];
  readonly undecided: readonly string[];
  readonly lacking: readonly string[];
  /** Pallets that nobody announced: filled by hand. */
  readonly strange: readonly string[];
  /** Serials that came with announced pallets. */
  readonly aboard: readonly string[];
  readonly unknown: readonly string[];
}

/** So many booked tags are remembered at a dock. */
const REMEMBERED = 2_000;

export const UNSWEPT_DOCK: SweptDock = {
  tally: UNSWEPT,
  seen: [],
  foreign: [],
  undecided: [],
  lacking: [],
  strange: [],
  aboard: [],
  unknown: [],
};

/** Another delivery at the same dock: what was booked is still near, and what is unknown still untold. */
const carriedOver = ({ tally, seen }: SweptDock): SweptDock => ({
  ...UNSWEPT_DOCK,
  tally: { ...UNSWEPT, unknown: tally.unknown },
  seen: seen.slice(-REMEMBERED),
});

export interface Session {
  readonly dock: string;
  readonly po: string | null;
  readonly asn: string | null;
  /** The pallet being filled. */
  readonly unit: { readonly lpn: string; readonly code: string; readonly scan: Scan } | null;
  /** A pallet that was received before and scanned once now. */
  readonly doubt: string | null;
  readonly condition: Condition;
  readonly reason: string | null;
  readonly last: Last | null;
  readonly swept?: SweptDock;
}

export type State =
  | { readonly at: "dock" }
  | { readonly at: "goods"; readonly session: Session }
  | {
      readonly at: "line";
      readonly session: Session;
      readonly filling: Filling;
      readonly lines: readonly string[];
    }
  | { readonly at: "stranger"; readonly session: Session; readonly filling: Filling }
  | {
      readonly at: Gap;
      readonly session: Session;
      readonly filling: Filling;
      readonly line: string | null;
    }
  | {
      readonly at: "reason";
      readonly session: Session;
      readonly condition: "damaged" | "wrong_item";
      /** Goods scanned before the reason was known. */
      readonly filling: Filling | null;
    }
  | { readonly at: "short"; readonly session: Session }
  | { readonly at: "short_reason"; readonly session: Session; readonly line: string };

export const session = (dock: string, before?: Session): Session => ({
  dock,
  po: null,
  asn: null,
  unit: null,
  doubt: null,
  condition: "good",
  reason: null,
  last: null,
  ...(before?.swept ? { swept: carriedOver(before.swept) } : {}),
});

/** Units still to come on a line; null where nobody may know (blind) or the line is closed to counting. */
export const open = (line: PoLineRow): number | null =>
  line.ordered === null ? null : Math.max(0, line.ordered - (line.received ?? 0));

const isOpen = (line: PoLineRow): boolean => !line.closed && open(line) !== 0;

/** Every line of every open order that waits for this item. */
export const waitingFor = (item: string, world: World): PoLineRow[] =>
  world
    .all("po_line")
    .filter((line) => line.item === item && isOpen(line))
    .filter((line) => world.get("po", line.po)?.status === "open");

/** The lines of the delivery in hand: those of its order. */
export const linesOf = (po: string, world: World): PoLineRow[] =>
  world.all("po_line").filter((line) => line.po === po);

/** Lines whose remainder can be said not to come: never on a blind order. */
export const shortable = (po: string, world: World): PoLineRow[] =>
  linesOf(po, world).filter((line) => !line.closed && (open(line) ?? 0) > 0);

export const STANDS = {
  dock: true,
  goods: true,
  line: true,
  stranger: true,
  lot: true,
  serial: true,
  expiry: true,
  reason: true,
  short: true,
  short_reason: true,
} as const satisfies Record<State["at"], true>;
