/** Bins, items with GTINs and people: what a house has before anything happens in it. */
import type { ItemRow, LocationRow } from "../../domain/rows.ts";
import { DOCK, floor, id, STAGE, type Table } from "./floor.ts";

const AISLES = 10;
const BINS = 240;
const ITEMS = 120;
/** Every second item has lots. */
const LOT_EVERY = 2;

/** A valid GTIN-14 for the n-th item. */
export function gtin(n: number): string {
  const body = `0952${String(n).padStart(9, "0")}`;
  const sum = [...body].reduce((total, digit, at) => total + Number(digit) * (at % 2 ? 1 : 3), 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}

const bin = (n: number): LocationRow => {
  const code = `${String.fromCharCode(65 + (n % AISLES))}-${String(n).padStart(3, "0")}-1`;
  return { ...DOCK, id: id(code), code, kind: "bin", x: n % AISLES, y: n };
};

const item = (n: number): ItemRow => ({
  id: id(`item ${n}`),
  sku: `SKU-${String(n).padStart(4, "0")}`,
  name: `Article ${n}`,
  tracking: n % LOT_EVERY === 0 ? "lot" : "none",
  rotation: "fifo",
  expiry_required: false,
  unit: "pcs",
  packagings: [],
  active: true,
});

/** An empty house: places, goods and people, no work yet. */
export function emptied(): {
  readonly table: Table;
  readonly bins: readonly LocationRow[];
  readonly plain: readonly ItemRow[];
  readonly batched: readonly ItemRow[];
} {
  const bins = Array.from({ length: BINS }, (_, n) => bin(n));
  const items = Array.from({ length: ITEMS }, (_, n) => item(n));
  const table: Table = {
    ...floor(),
    item: items,
    location: [DOCK, STAGE, ...bins],
    identifier: items.map((one, n) => ({
      id: id(`code ${n}`),
      code: gtin(n),
      item: one.id,
      packaging: null,
    })),
  };
  return {
    table,
    bins,
    plain: items.filter((one) => one.tracking === "none"),
    batched: items.filter((one) => one.tracking === "lot"),
  };
}
