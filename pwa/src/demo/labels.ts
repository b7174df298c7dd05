/** What is printed on the demo's labels. */
import { encodeEpc } from "../domain/identification/index.ts";
import type { ItemRow } from "../domain/rows.ts";
import type { World } from "../flows/flow.ts";

export const LOT = "L2609";
export const EXPIRY = "271231";
export const SERIAL = "SN-0001";

/** A GTIN with a wrong check digit: no scanner of ours takes it for goods. */
export const badDigits = "9520000000010";

/** A pallet label as a scanner delivers it: symbology, application identifier, number. */
export const sscc = (code: string): string => (/^\d{18}$/.test(code) ? `]C100${code}` : code);

/** The item's own number, or that of its case. */
export function gtinOf(item: ItemRow, packaging: string | null, world: World): string | null {
  const found = world
    .all("identifier")
    .find((one) => one.item === item.id && one.packaging === packaging);
  return found?.code ?? null;
}

/** Item, expiry and lot in one scan; the lot is last, so no separator is needed. */
export function caseLabel(item: ItemRow, world: World): string | null {
  const [pack] = item.packagings;
  const gtin = gtinOf(item, pack?.id ?? null, world) ?? gtinOf(item, null, world);
  return gtin === null ? null : `]C101${gtin.padStart(14, "0")}17${EXPIRY}10${LOT}`;
}

/** The tag of the n-th piece of an item, and a tag that came blank from its maker. */
export const BLANK_TAG = "E28011606000020000000B17";

export function tagOf(item: ItemRow, n: number, world: World): string | null {
  const gtin = gtinOf(item, null, world)?.padStart(14, "0");
  if (!gtin) {
    return null;
  }
  const pure = `urn:epc:id:sgtin:${gtin.slice(1, 8)}.${gtin[0]}${gtin.slice(8, 13)}.${n}`;
  return encodeEpc({ pure, scheme: "sgtin-96", filter: 1 });
}
