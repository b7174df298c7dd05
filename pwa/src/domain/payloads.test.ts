import { expect, test } from "vitest";
import type { Goods, Kind, Payloads, Scan } from "./operation.ts";
import shapes from "./vectors/payloads.json" with { type: "json" };

/** A field too many or too few does not compile; the server's schemas are compared with the same file. */
type Shapes = { [K in Kind]: Record<keyof Payloads[K], true> };

const OURS: Shapes = {
  "counting.count_line": { goods: true, lpn: true, place: true, scans: true, sheet: true },
  "counting.finish_bin": { empty: true, place: true, scans: true, sheet: true },
  "identification.map_barcode": {
    code: true,
    packaging: true,
    scans: true,
    target: true,
    target_kind: true,
  },
  "moving.move": { goods: true, lpn: true, reason: true, scans: true, source: true, target: true },
  "operations.void": { reason: true, scans: true },
  "picking.pick": { goods: true, order_line: true, scans: true, source: true, tote: true },
  "picking.report_short": {
    missing: true,
    order_line: true,
    reason: true,
    scans: true,
    source: true,
  },
  "picking.return_work": { scans: true, task: true },
  "picking.take_work": { orders: true, scans: true },
  "putaway.put_away": {
    goods: true,
    lpn: true,
    reason: true,
    scans: true,
    source: true,
    target: true,
  },
  "receiving.receive_line": {
    asn_line: true,
    condition: true,
    goods: true,
    photos: true,
    po_line: true,
    reason: true,
    scans: true,
    target: true,
  },
  "receiving.receive_unit": {
    asn: true,
    condition: true,
    contents: true,
    lpn: true,
    photos: true,
    reason: true,
    scans: true,
    target: true,
  },
  "receiving.report_short": {
    asn_line: true,
    missing: true,
    po_line: true,
    reason: true,
    scans: true,
  },
  "shipping.ship": { goods: true, order: true, scans: true, stage: true, units: true },
};
const GOODS: Record<keyof Goods, true> = {
  item: true,
  packaging: true,
  lot: true,
  expiry: true,
  serial: true,
  lpn: true,
  status: true,
  quantity: true,
};
const SCAN: Record<keyof Scan, true> = { data: true, symbology: true };

const byName = (a: string, b: string): number => (a < b ? -1 : 1);

test("payloads have the fields the server knows, no more and no fewer", () => {
  const all = { ...OURS, Goods: GOODS, Scan: SCAN };
  const fields = Object.entries(all).map(([kind, shape]) => [
    kind,
    Object.keys(shape).sort(byName),
  ]);
  expect(Object.fromEntries(fields)).toEqual(shapes);
});
