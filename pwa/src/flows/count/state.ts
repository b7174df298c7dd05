/** A bin being counted: what the counter has said, and nothing else. */
import type { Scan } from "../../domain/operation.ts";
import type { Filling, Gap } from "../goods.ts";
import type { Piece, Tally as SweepTally, Unit } from "../sweep/swept.ts";
import type { Tally } from "../tally.ts";

/** What a sled has read in this bin. */
export interface SweptBin {
  readonly tally: SweepTally;
  /** Read beside the other kind: whether these lie on the pallet or next to it, a person says. */
  readonly beside: { readonly pieces: readonly Piece[]; readonly units: readonly Unit[] };
  /** Tags of goods with lots that do not name theirs: counted by hand. */
  readonly lotless: number;
}

export interface Bin {
  readonly place: string;
  readonly code: string;
  readonly scan: Scan;
  readonly sheet: string | null;
  /** Kinds of goods and pallets named so far. */
  readonly lines: number;
  /** Serials and pallets already named: each of them exists once. */
  readonly seen: readonly string[];
  readonly tallies: ReadonlyArray<{ readonly key: string; readonly tally: Tally }>;
  readonly last: Filling | null;
  readonly pallets?: number;
  readonly swept?: SweptBin;
  /** Ids of goods under codes nobody knows: the count is not complete before they are named. */
  readonly unnamed?: readonly string[];
}

export type State =
  /** `wanted`: the place that was taken from those on offer. */
  | { readonly at: "place"; readonly wanted?: string }
  /** `doubt`: an unknown code that was scanned once. */
  | {
      readonly at: "goods";
      readonly bin: Bin;
      readonly leaving: string | null;
      readonly doubt?: string;
    }
  | { readonly at: Gap; readonly bin: Bin; readonly filling: Filling }
  | { readonly at: "empty"; readonly bin: Bin };

export const STANDS = {
  place: true,
  goods: true,
  lot: true,
  serial: true,
  expiry: true,
  empty: true,
} as const satisfies Record<State["at"], true>;
