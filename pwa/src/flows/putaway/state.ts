/** What a driver has lifted, and what is still to be said about it. */
import type { Scan } from "../../domain/operation.ts";
import type { Proposal } from "../flow.ts";
import type { Filling, Gap } from "../goods.ts";
import type { Load } from "../load.ts";

export interface Carrying {
  readonly load: Load;
  readonly source: string | null;
  /** Null while nobody has said where it belongs. */
  readonly proposal: Proposal | null;
  /** The plan that this is; the server crosses it off by its name. */
  readonly task?: string | null;
  /** While the quantity is what own work has left here: what was scanned of it. */
  readonly scanned: number | null;
  /** An unusual bin that counts when it is scanned a second time. */
  readonly doubt: string | null;
  /** A bin the server is being asked about; `again` when it was scanned twice meanwhile. */
  readonly checking: {
    readonly place: string;
    readonly scan: Scan;
    readonly again: boolean;
  } | null;
}

export type State =
  | {
      readonly at: "load";
      readonly stored: number;
      /** An unknown code that was scanned once. */
      readonly doubt?: string;
      /** Unknown tags that were read here and go with the next load. */
      readonly strange?: readonly Scan[];
    }
  | { readonly at: Gap; readonly stored: number; readonly filling: Filling }
  | { readonly at: "source"; readonly stored: number; readonly load: Load }
  | ({ readonly at: "bin"; readonly stored: number } & Carrying);

export const STANDS = {
  load: true,
  lot: true,
  serial: true,
  expiry: true,
  source: true,
  bin: true,
} as const satisfies Record<State["at"], true>;
