/** Goods while they are being identified: what the scans said so far and what is still missing. */
import type { AnyDraft, Goods, Scan, StockStatus } from "../domain/operation.ts";
import type { Resolved, ResolvedItem } from "../domain/resolved.ts";
import type { ItemRow } from "../domain/rows.ts";
import { say, type Text } from "../words/text.ts";
import { refuse, type Step, stay, type World } from "./flow.ts";
import type { Pack } from "./view.ts";

export interface Filling {
  readonly item: string;
  /** The code of goods that nobody knows yet; `item` is its id then. */
  readonly unnamed?: string;
  readonly packaging: string | null;
  readonly quantity: number;
  readonly lot: string | null;
  readonly lotCode: string | null;
  readonly expiry: string | null;
  readonly serial: string | null;
  readonly scans: readonly Scan[];
}

export type Gap = "lot" | "serial" | "expiry";

export const fill = (scanned: ResolvedItem): Filling => ({
  item: scanned.item.id,
  packaging: scanned.packaging,
  quantity: scanned.item.tracking === "serial" ? 1 : scanned.quantity,
  lot: scanned.lot,
  lotCode: scanned.lotCode,
  expiry: scanned.expiry,
  serial: scanned.serial,
  scans: [scanned.scan],
});

/** What has to be asked before these goods can be booked; `dated` says that expiry matters here. */
export function gap(filling: Filling, item: ItemRow | undefined, dated: boolean): Gap | null {
  if (item?.tracking === "serial" && filling.serial === null) {
    return "serial";
  }
  if (item?.tracking === "lot" && filling.lot === null) {
    return "lot";
  }
  return dated && item?.expiry_required && filling.expiry === null ? "expiry" : null;
}

/** The server learns codes from the scans, so an entry by hand becomes one. */
const keyed = (data: string): Scan => ({ data, symbology: "keyed" });

export function withLot(filling: Filling, code: string, world: World): Filling {
  return {
    ...filling,
    lot: world.derive(filling.item, code),
    lotCode: code,
    scans: [...filling.scans, keyed(`(10)${code}`)],
  };
}

export function withSerial(filling: Filling, code: string, world: World): Filling {
  return {
    ...filling,
    serial: world.derive(filling.item, code),
    quantity: 1,
    scans: [...filling.scans, keyed(`(21)${code}`)],
  };
}

/** Day, month and year as typed (DDMMYY); null when there is no such day. Day 00 is the last of its month. */
export function expiryFrom(text: string): string | null {
  const [, day, month, year] = /^(\d\d)(\d\d)(\d\d)$/.exec(text) ?? [];
  if (!day || !month || !year || Number(month) < 1 || Number(month) > 12) {
    return null;
  }
  const last = new Date(Date.UTC(2000 + Number(year), Number(month), 0)).getUTCDate();
  const chosen = Number(day) === 0 ? last : Number(day);
  return chosen > last ? null : `20${year}-${month}-${`${chosen}`.padStart(2, "0")}`;
}

export function withExpiry(filling: Filling, expiry: string): Filling {
  const [year = "", month = "", day = ""] = expiry.split("-");
  return {
    ...filling,
    expiry,
    scans: [...filling.scans, keyed(`(17)${year.slice(2)}${month}${day}`)],
  };
}

/** A scan or an entry that answers what was missing; null when it does not. */
export function supply(
  filling: Filling,
  missing: Gap,
  answer: Resolved | string,
  world: World,
): Filling | null {
  if (typeof answer === "string") {
    return supplyText(filling, missing, answer.trim(), world);
  }
  if (answer.type === "item" && answer.item.id === filling.item) {
    const more = fill(answer);
    const met: Filling = {
      ...filling,
      lot: more.lot ?? filling.lot,
      lotCode: more.lotCode ?? filling.lotCode,
      expiry: more.expiry ?? filling.expiry,
      serial: more.serial ?? filling.serial,
      scans: [...filling.scans, answer.scan],
    };
    return met[missing] === null ? null : met;
  }
  if (answer.type === "details") {
    return labelled(filling, missing, answer, world);
  }
  return answer.type === "unknown" && missing !== "expiry"
    ? supplyText(
        { ...filling, scans: [...filling.scans, answer.scan] },
        missing,
        answer.code,
        world,
      )
    : null;
}

/** Goods in hand do not give way to the next scan: it is stopped, and what they lack is asked for again. */
export const unanswered = <S>(state: S, missing: Gap, answer: Resolved | string): Step<S> =>
  typeof answer === "string"
    ? stay(state, "wrong", say(`receive.${missing}`))
    : refuse(state, answer, say(`expect.${missing}`));

/** A label of its own with a lot, a serial or a date. */
function labelled(
  filling: Filling,
  missing: Gap,
  label: Extract<Resolved, { type: "details" }>,
  world: World,
): Filling | null {
  const met: Filling = {
    ...filling,
    lot: label.lotCode === null ? filling.lot : world.derive(filling.item, label.lotCode),
    lotCode: label.lotCode ?? filling.lotCode,
    expiry: label.expiry ?? filling.expiry,
    serial:
      label.serialCode === null ? filling.serial : world.derive(filling.item, label.serialCode),
    scans: [...filling.scans, label.scan],
  };
  return met[missing] === null ? null : met;
}

function supplyText(
  filling: Filling,
  missing: "lot" | "serial",
  text: string,
  world: World,
): Filling;
function supplyText(filling: Filling, missing: Gap, text: string, world: World): Filling | null;
function supplyText(filling: Filling, missing: Gap, text: string, world: World): Filling | null {
  switch (missing) {
    case "lot":
      return withLot(filling, text, world);
    case "serial":
      return withSerial(filling, text, world);
    case "expiry": {
      const expiry = expiryFrom(text);
      return expiry === null ? null : withExpiry(filling, expiry);
    }
  }
}

export function toGoods(
  filling: Filling,
  holder: { readonly lpn: string | null; readonly status: StockStatus },
): Goods {
  return {
    item: filling.item,
    packaging: filling.packaging,
    lot: filling.lot,
    expiry: filling.expiry,
    serial: filling.serial,
    lpn: holder.lpn,
    status: holder.status,
    quantity: filling.quantity,
  };
}

export const itemName = (world: World, item: string): string =>
  world.get("item", item)?.name ?? "?";

export const fillingName = (world: World, { item, unnamed }: Filling): string =>
  world.get("item", item)?.name ?? unnamed ?? "?";

export const unitOf = (world: World, item: string): Text =>
  measureOf(world.get("item", item)?.unit ?? "");

/** Of goods without a name nobody knows what one of them is. */
export const measure = (filling: Filling, world: World): Text =>
  filling.unnamed === undefined ? unitOf(world, filling.item) : say("map.units");

/** Pieces have a word in every language; what a site measures in besides is its own. */
export const measureOf = (unit: string): Text => (unit === "pcs" ? say("unit.pieces") : unit);

/** The packaging the pad may count in, where it is more than one piece. */
export function packOf(world: World, filling: Filling): Pack | null {
  const pack = world
    .get("item", filling.item)
    ?.packagings.find((packaging) => packaging.id === filling.packaging);
  return pack && pack.quantity > 1 ? { name: pack.name, quantity: pack.quantity } : null;
}

/** Lot and expiry as far as they are known, for the line under the name. */
export function facts(filling: Filling): Text[] {
  const known: Text[] = [];
  if (filling.lotCode !== null) {
    known.push(say("fact.lot", { lot: filling.lotCode }));
  }
  if (filling.expiry !== null) {
    known.push(say("fact.expiry", { date: filling.expiry }));
  }
  return known;
}

export const voided = (operation: string): AnyDraft => ({
  kind: "operations.void",
  payload: { reason: null, scans: [] },
  cause: operation,
});
