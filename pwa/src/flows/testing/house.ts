/** A house as large as a real one, with printed codes, seen through the real replica; for tests only. */
import { toteId, uuid5 } from "../../domain/ids.ts";
import type { Scan } from "../../domain/operation.ts";
import type { Resolved } from "../../domain/resolved.ts";
import type { Entity, ItemRow, LocationRow, PickLineRow } from "../../domain/rows.ts";
import { Held } from "../../replica/held.ts";
import { identification } from "../../replica/identification.ts";
import { Shelf } from "../../replica/replica.ts";
import type { World } from "../flow.ts";
import { id, lot, SITE, stop, type Table, worldOf } from "./floor.ts";
import { emptied, gtin } from "./furniture.ts";

/** Numbers from a seed: the same house, the same mistakes (mulberry32). */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  }

  of<T>(rows: readonly T[]): T {
    const row = rows[this.below(rows.length)];
    if (row === undefined) throw new Error("nothing to choose from");
    return row;
  }

  other<T>(rows: readonly T[], ...not: readonly T[]): T {
    return this.of(rows.filter((row) => !not.includes(row)));
  }
}

/** What is printed on things. */
export const printed = {
  place: (row: LocationRow): string => `TMP:${row.code}`,
  item: (row: ItemRow): string => gtin(Number(row.sku.slice(-4))),
  batch: (row: ItemRow, code: string): string =>
    `]C101${gtin(Number(row.sku.slice(-4)))}1727033110${code}`,
  tote: (code: string): string => `TMT:${code}`,
  badge: (badge: string): string => `TMB:${badge}`,
} as const;

export interface House {
  readonly table: Table;
  readonly world: World;
  readonly bins: readonly LocationRow[];
  readonly plain: readonly ItemRow[];
  readonly batched: readonly ItemRow[];
  resolve(data: string): Resolved;
}

/** Open a house: its rows go in as a pull brings them, its codes come out as a scanner reads them. */
export function house(fill: (table: Table) => void = () => undefined): House {
  const { table, bins, plain, batched } = emptied();
  fill(table);
  return { ...houseOf(table), bins, plain, batched };
}

/** The real replica over any rows. */
export function houseOf(table: Table): House {
  const held = new Held();
  const changes = Object.entries(table).flatMap(([entity, rows]) =>
    rows.map((row, seq) => ({ channel: "site", entity, id: row.id, seq, row })),
  );
  held.apply(changes);
  const shelf = new Shelf(identification, () => SITE);
  shelf.show(held, []);
  const world: World = {
    ...worldOf(table),
    get: (entity, key) => shelf.get(entity, key),
    all: <E extends Entity>(entity: E) => shelf.all(entity),
  };
  const resolve = (data: string): Resolved => {
    const scan: Scan = { data, symbology: null };
    return shelf.resolve(scan);
  };
  return { table, world, bins: [], plain: [], batched: [], resolve };
}

export const LOTS = ["L2601", "L2602", "L2603"] as const;

/** Orders of a walk: so many stops, each of another item in another bin. */
export function walkOf(
  table: Table,
  chance: Chance,
  orders: number,
  stops: number,
  { bins, items }: { bins: readonly LocationRow[]; items: readonly ItemRow[] },
): readonly PickLineRow[] {
  for (let n = 0; n < orders; n += 1) {
    const number = `SO-${4000 + chance.below(900) * 4 + n}`;
    for (let at = 0; at < stops; at += 1) {
      const item = chance.of(items);
      const code = chance.of(LOTS);
      const batch =
        item.tracking === "lot"
          ? { lot: lot(item, code), lot_code: code, expiry: "2027-03-31" }
          : {};
      stop(table, number, item, chance.of(bins), 1 + chance.below(12), batch);
    }
  }
  return table.pick_line;
}

/** Another order, picked by somebody else, that already sits in these totes. */
export function staged(table: Table, number: string, codes: readonly string[]): void {
  const order = id(number);
  table.order.push({
    id: order,
    number,
    customer_name: "Hotel Luna",
    status: "picked",
    lines: [],
    totes: codes.map((code) => ({ lpn: uuid5(toteId(SITE, code), order), code })),
  });
}
