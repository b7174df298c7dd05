/** What a handheld can say: every kind of operation with the shape of its payload. */

/** One scan as the device saw it; `symbology` is an AIM identifier, "keyed", "refused" (no code in it), or null. */
export interface Scan {
  readonly data: string;
  readonly symbology: string | null;
}

export type StockStatus = "available" | "quality" | "damaged" | "quarantine";
export type Condition = "good" | "damaged" | "wrong_item";

/** A quantity of one item in base units; `lpn` names the holder, null is loose. */
export interface Goods {
  readonly item: string;
  readonly packaging: string | null;
  readonly lot: string | null;
  /** YYYY-MM-DD */
  readonly expiry: string | null;
  readonly serial: string | null;
  readonly lpn: string | null;
  readonly status: StockStatus;
  readonly quantity: number;
}

interface Scanned {
  readonly scans: readonly Scan[];
}

export interface ReceiveLine extends Scanned {
  readonly po_line: string | null;
  readonly asn_line: string | null;
  readonly goods: Goods;
  readonly target: string;
  readonly condition: Condition;
  readonly reason: string | null;
  readonly photos: readonly string[];
}

export interface ReceiveUnit extends Scanned {
  readonly asn: string;
  readonly lpn: string;
  readonly contents: readonly Goods[];
  readonly target: string;
  readonly condition: Condition;
  readonly reason: string | null;
  readonly photos: readonly string[];
}

/** The remainder of a line is not coming. */
export interface ReceiptShort extends Scanned {
  readonly po_line: string | null;
  readonly asn_line: string | null;
  readonly missing: number;
  readonly reason: string | null;
}

/** Exactly one of `goods` and `lpn` is not null. */
export interface Carry extends Scanned {
  readonly goods: Goods | null;
  readonly lpn: string | null;
  readonly source: string | null;
  readonly target: string;
  readonly reason: string | null;
}

export interface Pick extends Scanned {
  readonly order_line: string;
  readonly goods: Goods;
  readonly source: string;
  readonly tote: string | null;
}

export interface PickShort extends Scanned {
  readonly order_line: string;
  readonly source: string;
  readonly missing: number;
  readonly reason: string | null;
}

export interface Ship extends Scanned {
  readonly order: string;
  readonly units: readonly string[];
  readonly goods: readonly Goods[];
  readonly stage: string;
}

/** One scan of a count; exactly one of `goods` and `lpn` is not null. */
export interface CountLine extends Scanned {
  readonly sheet: string;
  readonly place: string;
  readonly goods: Goods | null;
  readonly lpn: string | null;
}

export interface FinishBin extends Scanned {
  readonly sheet: string;
  readonly place: string;
  readonly empty: boolean;
}

export interface Void extends Scanned {
  readonly reason: string | null;
}

export interface TakeWork extends Scanned {
  readonly orders: number;
}

export interface ReturnWork extends Scanned {
  readonly task: string;
}

/** What a code stands for on this site; handhelds say it of goods. */
export interface MapBarcode extends Scanned {
  readonly code: string;
  readonly target_kind: "item";
  readonly target: string;
  readonly packaging: string | null;
}

export interface Payloads {
  "receiving.receive_line": ReceiveLine;
  "receiving.receive_unit": ReceiveUnit;
  "receiving.report_short": ReceiptShort;
  "putaway.put_away": Carry;
  "moving.move": Carry;
  "picking.pick": Pick;
  "picking.report_short": PickShort;
  "picking.take_work": TakeWork;
  "picking.return_work": ReturnWork;
  "shipping.ship": Ship;
  "counting.count_line": CountLine;
  "counting.finish_bin": FinishBin;
  "operations.void": Void;
  "identification.map_barcode": MapBarcode;
}

export type Kind = keyof Payloads;

/** A gesture before it has its envelope; `id` may be given (`newId`), e.g. to derive a sheet from it. */
export interface Draft<K extends Kind = Kind> {
  readonly id?: string;
  readonly kind: K;
  readonly payload: Payloads[K];
  readonly task?: string | null;
  readonly lease?: number | null;
  readonly cause?: string | null;
}

export type AnyDraft = { [K in Kind]: Draft<K> }[Kind];

/** Kind and payload that belong together, for exhaustive switches on `kind`. */
export type Gesture = { [K in Kind]: { readonly kind: K; readonly payload: Payloads[K] } }[Kind];

export type Outcome = "applied" | "flagged" | "exception" | "refused";
export type Progress = "queued" | "sent" | "acked" | "settled";
