/** A bin being counted: what the counter has said, and nothing else. */
import type { Scan } from "../../domain/operation.ts";
import type { Filling, Gap } from "../goods.ts";
import type { Tally } from "../tally.ts";

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
}

export type State =
  /** `wanted`: the place that was taken from those on offer. */
  | { readonly at: "place"; readonly wanted?: string }
  | { readonly at: "goods"; readonly bin: Bin; readonly leaving: string | null }
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
