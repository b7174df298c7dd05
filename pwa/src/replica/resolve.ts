/** What a scan means on this site: first as an exact string, then as what it is in itself; never a guess. */
import { aliasId, lotId, lpnId, serialId, toteId } from "../domain/ids.ts";
import type { Scan } from "../domain/operation.ts";
import type { Named, Resolved, ResolvedItem } from "../domain/resolved.ts";
import type { AliasRow, ItemRow, SupplierRow } from "../domain/rows.ts";
import type { Finders } from "./finders.ts";
import type { RowView } from "./rows.ts";

/** What identification says a scan is in itself. */
export interface Reading {
  readonly ok: boolean;
  readonly kind: string;
  readonly ais: ReadonlyArray<readonly [string, string]>;
  readonly gtin14: string | null;
  readonly sscc: string | null;
  readonly serial: string | null;
  readonly lot: string | null;
  readonly expiry: string | null;
  readonly quantity: number | null;
  readonly internal: { readonly type: string; readonly code: string } | null;
  readonly error: { readonly code: string } | null;
  readonly readings?: readonly Reading[] | undefined;
}

export interface World {
  readonly rows: RowView;
  readonly finders: Finders;
  readonly site: string;
  /** The exact string behind a scan; null when no scanner of goods delivers such a thing. */
  normalise(scan: Scan): string | null;
  identify(scan: Scan): Reading;
  /** Every reading, where separators may be lost; `codes` are what is known of the label. */
  candidates(scan: Scan, codes: readonly string[] | null): readonly Reading[];
}

export function resolve(world: World, scan: Scan): Resolved {
  const text = world.normalise(scan);
  if (text === null) {
    return { type: "unknown", code: scan.data, scan, fault: faultOf(world.identify(scan)) };
  }
  const found = new Map<string, Resolved>();
  for (const one of exactly(world, text, scan)) found.set(sameness(one), one);
  // The standard reading of the same thing carries more: lot, date, serial, quantity.
  const reading = world.identify(scan);
  const read = standard(world, reading, scan);
  for (const one of read) found.delete(sameness(one));
  for (const one of read) found.set(sameness(one) + details(one), one);
  const meant = [...found.values()];
  const [only] = meant;
  if (!only) {
    const known = named(world, text, reading, scan);
    return { type: "unknown", code: text, scan, named: known, fault: faultOf(reading) };
  }
  return meant.length === 1 ? only : { type: "ambiguous", readings: meant, scan };
}

/** A code or a tag that merely says nothing here has no fault of its own. */
const BLAMELESS: readonly string[] = ["identification.unknown", "identification.raw_tag"];

const faultOf = ({ error }: Reading): string | undefined =>
  error && !BLAMELESS.includes(error.code) ? error.code : undefined;

/** A code that somebody maps; longer ones are documents, not labels. */
const LONGEST = 200;

const NOTHING = { lot: null, expiry: null, serial: null } as const;

/** Under which code goods nobody knows are mapped: their GTIN, else the exact string. */
function named(world: World, text: string, reading: Reading, scan: Scan): Named | undefined {
  const code = itemCode(reading) ?? text;
  if (code.length === 0 || code.length > LONGEST) return undefined;
  const [only, another] = readings(world, reading, scan, null);
  const { lot, expiry, serial } = only && !another ? only : NOTHING;
  const id = aliasId(world.site, code);
  return { id, code, lotCode: lot, expiry, serialCode: serial };
}

/** Two readings with the same answer here name the same thing. */
function sameness(one: Resolved): string {
  switch (one.type) {
    case "place":
      return `place ${one.place.id}`;
    case "item":
      return `item ${one.item.id}`;
    case "lpn":
      return `lpn ${one.lpn}`;
    case "tote":
      return `tote ${one.tote}`;
    case "order":
      return `order ${"order" in one.order ? one.order.order : one.order.id}`;
    case "po":
      return `po ${one.po.id}`;
    case "asn":
      return `asn ${one.asn.id}`;
    case "person":
      return `person ${one.person.id}`;
    case "command":
      return `command ${one.command}`;
    case "details":
    case "ambiguous":
    case "unknown":
      return one.type;
  }
}

/** One label may be cut in several ways where separators were lost: each is a meaning of its own. */
const details = (one: Resolved): string =>
  one.type === "item"
    ? ` ${one.quantity} ${one.lotCode ?? ""}|${one.expiry ?? ""}|${one.serialCode ?? ""}`
    : "";

function exactly(world: World, text: string, scan: Scan): Resolved[] {
  const { finders } = world;
  return [
    ...aliased(world, text, scan),
    ...places(world, text, scan),
    ...finders.items(text).map((item) => plainItem(item, null, scan)),
    ...identified(world, text, scan),
    ...finders.purchases(text).map((po): Resolved => ({ type: "po", po, scan })),
    ...finders.notices(text).map((asn): Resolved => ({ type: "asn", asn, scan })),
    ...orders(world, text, scan),
    ...(finders.knowsUnit(text) ? [unit(world, text, scan)] : []),
    ...(finders.knowsTote(text) ? [tote(world, text, scan)] : []),
  ];
}

function aliased(world: World, text: string, scan: Scan): Resolved[] {
  const alias = world.rows.get("alias", aliasId(world.site, text));
  if (!alias) return [];
  const { code, target, target_kind } = alias;
  if (target_kind === "item") return mapped(world, alias, scan);
  if (target_kind === "command") return [{ type: "command", command: target, scan }];
  if (target_kind === "lpn") return [unitOf(world, target, code, scan)];
  if (target_kind === "person") {
    const person = world.rows.get("person", target);
    return person ? [{ type: "person", person, scan }] : [];
  }
  const place = world.rows.get("location", target);
  return place ? [{ type: "place", place, scan }] : [];
}

function mapped(world: World, { target, packaging }: AliasRow, scan: Scan): ResolvedItem[] {
  const item = world.rows.get("item", target);
  return item ? [plainItem(item, packaging, scan)] : [];
}

/** Goods by their GTIN: everywhere, or as somebody here has said. */
function goods(world: World, gtin: string, scan: Scan): ResolvedItem[] {
  const alias = world.rows.get("alias", aliasId(world.site, gtin));
  const here = alias?.target_kind === "item" ? mapped(world, alias, scan) : [];
  return [...identified(world, gtin, scan), ...here];
}

const places = (world: World, code: string, scan: Scan): Resolved[] =>
  world.finders.places(code).map((place) => ({ type: "place", place, scan }));

/** The order itself where the device holds it, otherwise the pick task made from it. */
function orders(world: World, number: string, scan: Scan): Resolved[] {
  const known = world.finders.orders(number).map((row) => world.rows.get("order", row.id) ?? row);
  const found = known.length > 0 ? known : world.finders.tasks(number);
  return found.map((order) => ({ type: "order", order, scan }));
}

const unit = (world: World, code: string, scan: Scan): Resolved =>
  unitOf(world, lpnId(world.site, code), code, scan);

function unitOf(world: World, lpn: string, code: string, scan: Scan): Resolved {
  return { type: "lpn", lpn, code, announced: world.rows.get("asn_unit", lpn) ?? null, scan };
}

const tote = (world: World, code: string, scan: Scan): Resolved => ({
  type: "tote",
  tote: toteId(world.site, code),
  code,
  scan,
});

function identified(world: World, code: string, scan: Scan): ResolvedItem[] {
  return world.finders.identifiers(code).flatMap(({ item, packaging }) => {
    const row = world.rows.get("item", item);
    return row ? [plainItem(row, packaging, scan)] : [];
  });
}

function plainItem(item: ItemRow, packaging: string | null, scan: Scan): ResolvedItem {
  const pack = item.packagings.find((one) => one.id === packaging);
  return {
    type: "item",
    item,
    packaging,
    quantity: pack?.quantity ?? 1,
    lot: null,
    lotCode: null,
    expiry: null,
    serial: null,
    serialCode: null,
    scan,
  };
}

function standard(world: World, reading: Reading, scan: Scan): Resolved[] {
  if (reading.readings?.length) {
    return reading.readings.flatMap((one) => standard(world, one, scan));
  }
  if (!reading.ok) return [];
  if (reading.internal) return own(world, reading.internal, scan);
  if (reading.sscc) return [unit(world, reading.sscc, scan)];
  const gtin = itemCode(reading);
  if (gtin) return goods(world, gtin, scan).flatMap((one) => labelled(world, one, reading));
  const { lot, expiry, serial, quantity } = reading;
  if (!lot && !expiry && !serial && quantity === null) return [];
  return [{ type: "details", lotCode: lot, expiry, serialCode: serial, quantity, scan }];
}

/** The item as its label says; without separators, as what is known of the label allows. */
const labelled = (world: World, one: ResolvedItem, reading: Reading): ResolvedItem[] =>
  readings(world, reading, one.scan, one.item.label_ais ?? makers(world, reading)).map((cut) =>
    detailed(one, cut),
  );

/** What the labels bear of the supplier whose company prefix the GTIN begins with. */
function makers(world: World, reading: Reading): readonly string[] | null {
  const digits = itemCode(reading)?.slice(1) ?? "";
  let best: SupplierRow | null = null;
  for (const supplier of world.rows.all("supplier")) {
    const prefix = supplier.company_prefix ?? "";
    const says = prefix !== "" && digits.startsWith(prefix) && supplier.label_ais?.length;
    if (says && prefix.length > (best?.company_prefix?.length ?? 0)) best = supplier;
  }
  return best?.label_ais ?? null;
}

const readings = (
  world: World,
  reading: Reading,
  scan: Scan,
  codes: readonly string[] | null,
): readonly Reading[] => (reading.kind === "gs1" ? world.candidates(scan, codes) : [reading]);

const elementOf = (reading: Reading, ai: string): string | null =>
  reading.ais.find(([code]) => code === ai)?.[1] ?? null;

/** The trade item of a label: itself, or what is inside of it. */
const itemCode = (reading: Reading): string | null => reading.gtin14 ?? elementOf(reading, "02");

/** The item with what its label adds. (37) counts trade items inside, (30) counts pieces. */
function detailed(one: ResolvedItem, reading: Reading): ResolvedItem {
  const { lot, expiry, serial, quantity } = reading;
  const inside = elementOf(reading, "37") !== null;
  return {
    ...one,
    quantity: quantity ? (inside ? quantity * one.quantity : quantity) : one.quantity,
    lot: lot ? lotId(one.item.id, lot) : null,
    lotCode: lot,
    expiry,
    serial: serial ? serialId(one.item.id, serial) : null,
    serialCode: serial,
  };
}

function own(
  world: World,
  { type, code }: { readonly type: string; readonly code: string },
  scan: Scan,
): Resolved[] {
  switch (type) {
    case "place":
      return places(world, code, scan);
    case "badge":
      return world.finders.people(code).map((person) => ({ type: "person", person, scan }));
    case "lpn":
      return [unit(world, code, scan)];
    case "tote":
      return [tote(world, code, scan)];
    case "order":
      return orders(world, code, scan);
    case "command":
      return [{ type: "command", command: code, scan }];
    default:
      // An enrolment code means nothing on a device that has a site.
      return [];
  }
}
