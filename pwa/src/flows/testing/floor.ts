/** A small warehouse for tests and for the design page; never part of a build. */
import type { RecentOperation } from "../../device.ts";
import { uuid5 } from "../../domain/ids.ts";
import type { Scan } from "../../domain/operation.ts";
import type { Resolved } from "../../domain/resolved.ts";
import type { Entity, ItemRow, LocationKind, LocationRow, Rows } from "../../domain/rows.ts";
import type { World } from "../flow.ts";

export type Table = { [E in Entity]: Rows[E][] };

export const SITE = "00000000-0000-4000-8000-00000000000a";
export const id = (name: string): string => uuid5(SITE, `fixture ${name}`);
export const scan = (data: string): Scan => ({ data, symbology: null });

const item = (sku: string, name: string, more: Partial<ItemRow> = {}): ItemRow => ({
  id: id(sku),
  sku,
  name,
  tracking: "none",
  rotation: "fifo",
  expiry_required: false,
  unit: "pcs",
  packagings: [
    { id: id(`${sku} each`), name: "each", quantity: 1 },
    { id: id(`${sku} case`), name: "case", quantity: 12 },
  ],
  active: true,
  ...more,
});

const place = (code: string, kind: LocationKind, blocked = false): LocationRow => ({
  id: id(code),
  code,
  kind,
  zone: null,
  x: 0,
  y: 0,
  z: 0,
  blocked,
  rules: { only_empty: false, no_mix_item: false, no_mix_lot: false },
});

export const TEA = item("TEA", "Green tea");
export const MILK = item("MILK", "Oat milk", { tracking: "lot", expiry_required: true });
export const DRILL = item("DRILL", "Cordless drill", { tracking: "serial" });
export const SALT = item("SALT", "Sea salt");
export const DOCK = place("D-01", "dock");
export const BIN = place("A-01-01", "bin");
export const OTHER = place("A-01-02", "bin");
export const THIRD = place("A-02-07", "bin");
export const CLOSED = place("A-09-09", "bin", true);
export const STAGE = place("S-01", "stage");
export const VARIANCE = place("@variance", "virtual");

export const PALLET = "340123450000000018";
export const lpn = (code: string): string => uuid5(SITE, code);
export const tote = (code: string): string => uuid5(SITE, code);
export const lot = (of: ItemRow, code: string): string => uuid5(of.id, code);

const reason = (
  code: string,
  kind: Rows["reason"]["kind"],
  en: string,
  es: string,
): Rows["reason"] => ({
  id: id(`reason ${kind} ${code}`),
  code,
  kind,
  label: { en, es },
});

/** Master data every test shares; papers and tasks are added by the test that needs them. */
export function floor(): Table {
  return {
    item: [TEA, MILK, DRILL, SALT],
    identifier: [],
    person: [
      {
        id: id("Ada"),
        badge: "B-1001",
        name: "Ada Nowak",
        roles: ["receiver", "picker", "packer", "counter"],
      },
    ],
    supplier: [{ id: id("ACME"), code: "ACME", name: "Acme Foods" }],
    customer: [],
    reason: [
      reason("wet", "damaged", "Wet", "Mojado"),
      reason("crushed", "damaged", "Crushed", "Aplastado"),
      reason("open", "damaged", "Open", "Abierto"),
      reason("not_ordered", "wrong_item", "Not ordered", "No pedido"),
      reason("mislabelled", "wrong_item", "Wrong label", "Etiqueta errónea"),
      reason("missing", "receipt_short", "Not on truck", "No venía"),
      reason("later", "receipt_short", "Comes later", "Viene después"),
      reason("none_left", "pick_short", "None left", "No queda"),
      reason("broken", "pick_short", "Broken", "Roto"),
      reason("blocked", "pick_short", "Cannot reach", "Inaccesible"),
    ],
    site: [
      {
        id: SITE,
        code: "MAD",
        name: "Madrid",
        time_zone: "Europe/Madrid",
        language: "en",
        settings: {},
      },
    ],
    zone: [],
    location: [DOCK, BIN, OTHER, THIRD, CLOSED, STAGE, VARIANCE],
    alias: [],
    po: [],
    po_line: [],
    asn: [],
    asn_unit: [],
    asn_line: [],
    putaway_plan: [],
    put_back: [],
    order: [],
    pick_task: [],
    pick_line: [],
    count_task: [],
    todo: [],
    hold: [],
    follow_up: [],
  };
}

export interface Papers {
  readonly blind?: boolean;
  readonly received?: number;
}

/** An open purchase order with one line. */
export function ordered(
  table: Table,
  number: string,
  of: ItemRow,
  quantity: number,
  { blind = false, received = 0 }: Papers = {},
): string {
  const line = id(`${number} ${of.sku}`);
  if (!table.po.some((po) => po.number === number)) {
    table.po.push({ id: id(number), number, supplier: id("ACME"), blind, status: "open" });
  }
  table.po_line.push({
    id: line,
    po: id(number),
    item: of.id,
    packaging: null,
    ordered: blind ? null : quantity,
    received: blind ? null : received,
    closed: false,
  });
  return line;
}

/** An announced delivery of one pallet. */
export function announced(table: Table, number: string, code = PALLET): void {
  table.asn.push({ id: id(number), number, supplier: id("ACME"), po: null, status: "announced" });
  table.asn_unit.push({
    id: lpn(code),
    asn: id(number),
    code,
    received: false,
    contents: [
      {
        item: MILK.id,
        packaging: null,
        lot: lot(MILK, "L7"),
        expiry: "2027-03-31",
        serial: null,
        lpn: lpn(code),
        status: "available",
        quantity: 48,
      },
    ],
  });
}

/** A stop of an order; the task is made with its first stop. */
export function stop(
  table: Table,
  order: string,
  of: ItemRow,
  from: LocationRow,
  quantity: number,
  more: Partial<Rows["pick_line"]> = {},
): string {
  const line = id(`${order} ${of.sku} ${from.code}`);
  if (!table.pick_task.some((task) => task.id === id(`task ${order}`))) {
    table.pick_task.push({
      id: id(`task ${order}`),
      order: id(order),
      order_number: order,
      customer_name: "Café Sol",
      lease: 7,
      expires_at: 2_000_000_000_000,
      priority: 1,
      due: null,
      lines: 1,
    });
  }
  table.pick_line.push({
    id: line,
    task: id(`task ${order}`),
    order_line: id(`${order} line ${of.sku}`),
    item: of.id,
    lot: null,
    lot_code: null,
    expiry: null,
    lpn: null,
    source: from.id,
    source_code: from.code,
    quantity,
    sequence: table.pick_line.length + 1,
    alternates: [],
    ...more,
  });
  return line;
}

/** A world over a table, with ids that count up so that a test can name them. */
export function worldOf(
  table: Table,
  outcomes: Readonly<Record<string, string>> = {},
  own: readonly RecentOperation[] = [],
): World {
  let minted = 0;
  return {
    get: <E extends Entity>(entity: E, key: string): Rows[E] | undefined =>
      table[entity].find((row) => row.id === key),
    all: <E extends Entity>(entity: E): ReadonlyArray<Rows[E]> => table[entity],
    newId: () => {
      minted += 1;
      return `operation-${minted}`.padEnd(36, "0");
    },
    derive: (namespace, name) => uuid5(namespace, name),
    outcome: (operation) => outcomes[operation] ?? null,
    own: () => own,
    me: () => id("Ada"),
    today: () => "2026-11-21",
  };
}

export const scanOf = {
  place: (row: LocationRow): Resolved => ({ type: "place", place: row, scan: scan(row.code) }),
  item: (row: ItemRow, more: Partial<Extract<Resolved, { type: "item" }>> = {}): Resolved => ({
    type: "item",
    item: row,
    packaging: null,
    quantity: 1,
    lot: null,
    lotCode: null,
    expiry: null,
    serial: null,
    serialCode: null,
    scan: scan(row.sku),
    ...more,
  }),
  batch: (row: ItemRow, code: string, expiry: string | null, quantity = 1): Resolved =>
    scanOf.item(row, { lot: lot(row, code), lotCode: code, expiry, quantity }),
  pallet: (code: string, table?: Table): Resolved => ({
    type: "lpn",
    lpn: lpn(code),
    code,
    announced: table?.asn_unit.find((unit) => unit.code === code) ?? null,
    scan: scan(code),
  }),
  tote: (code: string): Resolved => ({
    type: "tote",
    tote: tote(code),
    code,
    scan: scan(`TMT:${code}`),
  }),
  unknown: (code: string): Resolved => ({ type: "unknown", code, scan: scan(code) }),
} as const;
