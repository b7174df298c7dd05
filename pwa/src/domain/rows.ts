/** Rows the server copies to this device, by entity. Never a book quantity of a place. */
import type { FollowUpRow, HoldRow } from "./held-rows.ts";
import type { Goods } from "./operation.ts";

export interface PackagingRow {
  readonly id: string;
  readonly name: string;
  readonly quantity: number;
}

export interface ItemRow {
  readonly id: string;
  readonly sku: string;
  readonly name: string;
  readonly tracking: "none" | "lot" | "serial";
  readonly rotation: "fifo" | "lifo" | "fefo";
  readonly expiry_required: boolean;
  readonly unit: string;
  readonly packagings: readonly PackagingRow[];
  /** The AIs on its label, in order; absent in rows that an earlier server has sent. */
  readonly label_ais?: readonly string[] | null;
  readonly active: boolean;
}

/** Any barcode of an item; GTINs as 14 digits, others as printed. */
export interface IdentifierRow {
  readonly id: string;
  readonly code: string;
  readonly item: string;
  readonly packaging: string | null;
}

export interface PersonRow {
  readonly id: string;
  readonly badge: string;
  readonly name: string;
  readonly roles: readonly string[];
}

export interface PartnerRow {
  readonly id: string;
  readonly code: string;
  readonly name: string;
}

export interface SupplierRow extends PartnerRow {
  /** Begins the GTINs of goods they make, whose labels bear these AIs. */
  readonly company_prefix?: string | null;
  readonly label_ais?: readonly string[] | null;
}

export type ReasonKind =
  | "damaged"
  | "wrong_item"
  | "receipt_short"
  | "pick_short"
  | "move"
  | "adjust"
  | "void";

/** The same words in every language the site speaks, by language code. */
export type Words = Readonly<Record<string, string>>;

export interface ReasonRow {
  readonly id: string;
  readonly code: string;
  readonly kind: ReasonKind;
  readonly label: Words;
}

export interface SiteRow {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly time_zone: string;
  readonly language: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

export interface ZoneRow {
  readonly id: string;
  readonly code: string;
  readonly name: string;
}

export type LocationKind =
  | "bin"
  | "dock"
  | "stage"
  | "pick_face"
  | "reserve"
  | "pack"
  | "quarantine"
  | "suspense"
  | "virtual";

export interface LocationRow {
  readonly id: string;
  readonly code: string;
  readonly kind: LocationKind;
  readonly zone: string | null;
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly blocked: boolean;
  readonly rules: {
    readonly only_empty: boolean;
    readonly no_mix_item: boolean;
    readonly no_mix_lot: boolean;
  };
}

export interface AliasRow {
  readonly id: string;
  readonly code: string;
  readonly target_kind: "item" | "place" | "lpn" | "person" | "command";
  readonly target: string;
  /** Of an item; null is the single piece. */
  readonly packaging: string | null;
}

/** `ordered` and `received` are null on a blind order. */
export interface PoLineRow {
  readonly id: string;
  readonly po: string;
  readonly item: string;
  readonly packaging: string | null;
  readonly ordered: number | null;
  readonly received: number | null;
  readonly closed: boolean;
}

export interface PoRow {
  readonly id: string;
  readonly number: string;
  readonly supplier: string;
  readonly blind: boolean;
  readonly status: "open" | "closed";
}

export interface AsnRow {
  readonly id: string;
  readonly number: string;
  readonly supplier: string;
  readonly po: string | null;
  readonly status: "announced" | "received";
}

/** An announced pallet; `id` is its LPN. */
export interface AsnUnitRow {
  readonly id: string;
  readonly asn: string;
  readonly code: string;
  readonly contents: readonly Goods[];
  readonly received: boolean;
}

export interface AsnLineRow {
  readonly id: string;
  readonly asn: string;
  readonly po_line: string | null;
  readonly item: string;
  readonly lot: string | null;
  readonly lot_code: string | null;
  readonly expiry: string | null;
  readonly quantity: number;
  readonly received: number;
}

export interface PutawayReason {
  readonly code: "same_item" | "empty_near" | "fixed" | "overflow" | "damaged_area";
  readonly words: Words;
}

/** Where a pallet or an open line should go; `source` is the dock it stands on, null before receipt. */
export interface PutawayPlanRow {
  readonly id: string;
  readonly lpn: string | null;
  readonly code: string | null;
  readonly item: string | null;
  readonly source: string | null;
  readonly place: string | null;
  readonly place_code: string | null;
  readonly reason: PutawayReason | null;
  readonly alternates: readonly string[];
  readonly done: boolean;
}

export interface OrderLineRow {
  readonly id: string;
  readonly item: string;
  readonly ordered: number;
  readonly picked: number;
  readonly short: number;
}

export interface OrderRow {
  readonly id: string;
  readonly number: string;
  readonly customer_name: string;
  readonly status: "picking" | "picked" | "staged";
  readonly lines: readonly OrderLineRow[];
  readonly totes: readonly OrderTote[];
}

export interface OrderTote {
  readonly lpn: string;
  readonly code: string;
  /** What was picked into it for this order; absent where nobody has said. */
  readonly goods?: readonly ToteGoods[];
}

export interface ToteGoods {
  readonly item: string;
  readonly lot: string | null;
  readonly serial: string | null;
  readonly quantity: number;
}

/** A tote with goods that have to go back: of a cancelled order, or too many; `id` = tote in use. */
export interface PutBackRow {
  readonly id: string;
  readonly order: string;
  readonly number: string;
  readonly code: string | null;
  /** The tote itself may be put on a shelf; false: the rest of it is wanted. */
  readonly whole?: boolean;
  readonly lines: ReadonlyArray<{
    readonly item: string;
    readonly lot: string | null;
    readonly quantity: number;
  }>;
}

export interface PickTaskRow {
  readonly id: string;
  readonly order: string;
  readonly order_number: string;
  readonly customer_name: string;
  readonly lease: number;
  /** Then others may have it, in milliseconds since 1970; work done after that still counts. */
  readonly expires_at: number;
  readonly priority: number;
  readonly due: string | null;
  /** How many stops the task had when it was given out. */
  readonly lines: number;
}

/** One stop; `sequence` is the walking order, `lpn` the holder that must be scanned. */
export interface PickLineRow {
  readonly id: string;
  readonly task: string;
  readonly order_line: string;
  readonly item: string;
  readonly lot: string | null;
  readonly lot_code: string | null;
  readonly expiry: string | null;
  readonly lpn: string | null;
  readonly source: string;
  readonly source_code: string;
  readonly quantity: number;
  readonly sequence: number;
  readonly alternates: ReadonlyArray<{
    readonly source: string;
    readonly lot: string | null;
    readonly quantity: number;
  }>;
}

/** A place that somebody shall count, but not whoever counted it or knows its book. */
export interface CountTaskRow {
  readonly id: string;
  readonly place: string;
  readonly why: "recount" | "asked";
  readonly not_for: readonly string[];
}

/** Own work that was flagged; `id` is the exception. */
export interface TodoRow {
  readonly id: string;
  readonly code: string;
  readonly subject: string;
  readonly words?: Words;
  readonly item?: string;
  readonly number?: string;
  /** Both sides, in the order in which it happened. */
  readonly stories?: readonly TodoStory[];
}

export interface TodoStory {
  readonly kind: string;
  readonly who: "you" | "other" | "office";
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface Rows {
  item: ItemRow;
  identifier: IdentifierRow;
  person: PersonRow;
  supplier: SupplierRow;
  customer: PartnerRow;
  reason: ReasonRow;
  site: SiteRow;
  zone: ZoneRow;
  location: LocationRow;
  alias: AliasRow;
  po: PoRow;
  po_line: PoLineRow;
  asn: AsnRow;
  asn_unit: AsnUnitRow;
  asn_line: AsnLineRow;
  putaway_plan: PutawayPlanRow;
  order: OrderRow;
  put_back: PutBackRow;
  pick_task: PickTaskRow;
  pick_line: PickLineRow;
  count_task: CountTaskRow;
  todo: TodoRow;
  hold: HoldRow;
  follow_up: FollowUpRow;
}

export type Entity = keyof Rows;
