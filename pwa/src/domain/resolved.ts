/** What a scan means on this site, as far as the device can tell. */
import type { Scan } from "./operation.ts";
import type {
  AsnRow,
  AsnUnitRow,
  ItemRow,
  LocationRow,
  OrderRow,
  PersonRow,
  PickTaskRow,
  PoRow,
} from "./rows.ts";

export interface ResolvedItem {
  readonly type: "item";
  readonly item: ItemRow;
  readonly packaging: string | null;
  /** Base units this one scan stands for. */
  readonly quantity: number;
  readonly lot: string | null;
  readonly lotCode: string | null;
  /** YYYY-MM-DD */
  readonly expiry: string | null;
  readonly serial: string | null;
  readonly serialCode: string | null;
  readonly scan: Scan;
}

/** An unknown code that could stand for goods, with what its label says besides. */
export interface Named {
  readonly id: string;
  readonly code: string;
  readonly lotCode: string | null;
  readonly expiry: string | null;
  readonly serialCode: string | null;
}

export type Resolved =
  | { readonly type: "place"; readonly place: LocationRow; readonly scan: Scan }
  | ResolvedItem
  | {
      readonly type: "lpn";
      readonly lpn: string;
      readonly code: string;
      readonly announced: AsnUnitRow | null;
      readonly scan: Scan;
    }
  | { readonly type: "tote"; readonly tote: string; readonly code: string; readonly scan: Scan }
  | { readonly type: "order"; readonly order: OrderRow | PickTaskRow; readonly scan: Scan }
  | { readonly type: "po"; readonly po: PoRow; readonly scan: Scan }
  | { readonly type: "asn"; readonly asn: AsnRow; readonly scan: Scan }
  | { readonly type: "person"; readonly person: PersonRow; readonly scan: Scan }
  /** A label with a lot, a date, a serial or a count but no item: people scan lot labels alone. */
  | {
      readonly type: "details";
      readonly lotCode: string | null;
      readonly expiry: string | null;
      readonly serialCode: string | null;
      readonly quantity: number | null;
      readonly scan: Scan;
    }
  | { readonly type: "command"; readonly command: string; readonly scan: Scan }
  | { readonly type: "ambiguous"; readonly readings: readonly Resolved[]; readonly scan: Scan }
  | {
      readonly type: "unknown";
      readonly code: string;
      readonly scan: Scan;
      /** Under which code somebody may say what it is; absent where no label says such a thing. */
      readonly named?: Named | undefined;
      /** What is wrong with it in itself: the code of a refusal, such as `identification.check_digit`. */
      readonly fault?: string | undefined;
    };
