/** Gestures and goods for tests, with names from the trade. */
import type { Draft, Goods } from "../domain/operation.ts";
import { ANNA } from "./floor.ts";

const id = (tail: string): string => `018f5c1e-7b1a-7c33-8000-${tail.padStart(12, "0")}`;

export const TEA = {
  id: id("a1"),
  sku: "TEA",
  name: "Green tea",
  tracking: "lot",
  rotation: "fefo",
  expiry_required: true,
  unit: "pcs",
  packagings: [
    { id: id("a2"), name: "piece", quantity: 1 },
    { id: id("a3"), name: "case", quantity: 12 },
  ],
  active: true,
} as const;

export const DOCK = place("d0c", "DOCK-1", "dock");
export const BIN = place("b1", "A-01", "bin");
export const STAGE = place("5a", "STAGE-1", "stage");
export const ORDER = id("0f1");
export const ORDER_LINE = id("0f2");
export const TASK = id("0f3");

export function place(tail: string, code: string, kind: string) {
  const rules = { only_empty: false, no_mix_item: false, no_mix_lot: false };
  return { id: id(tail), code, kind, zone: null, x: 0, y: 0, z: 0, blocked: false, rules };
}

export const PERSON = { id: ANNA.id, badge: ANNA.badge, name: ANNA.name, roles: ["picker"] };

export const tea = (quantity: number, more: Partial<Goods> = {}): Goods => ({
  item: TEA.id,
  packaging: null,
  lot: null,
  expiry: null,
  serial: null,
  lpn: null,
  status: "available",
  quantity,
  ...more,
});

/** The smallest gesture there is: a bin that was found empty. */
export const emptyBin = (n = 1): Draft<"counting.finish_bin"> => ({
  kind: "counting.finish_bin",
  payload: { scans: [], sheet: id(`c${n}`), place: BIN.id, empty: true },
});

export const receive = (quantity: number, line: string): Draft<"receiving.receive_line"> => ({
  kind: "receiving.receive_line",
  payload: {
    scans: [{ data: "TMP:DOCK-1", symbology: null }],
    po_line: line,
    asn_line: null,
    goods: tea(quantity),
    target: DOCK.id,
    condition: "good",
    reason: null,
    photos: [],
  },
});

export const pick = (quantity: number, tote: string | null = null): Draft<"picking.pick"> => ({
  kind: "picking.pick",
  task: TASK,
  lease: 1,
  payload: {
    scans: [{ data: "TMT:T-07", symbology: null }],
    order_line: ORDER_LINE,
    goods: tea(quantity),
    source: BIN.id,
    tote,
  },
});
