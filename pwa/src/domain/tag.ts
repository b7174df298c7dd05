/** A tag as a sled sends it: the EPC alone, or with how strongly it was heard. */
import { identify } from "./identification/index.ts";
import type { Scan } from "./operation.ts";

export interface Tag {
  /** Upper-case hex digits, or the URI as it came. */
  readonly epc: string;
  /** dBm; null where the sled does not say. */
  readonly rssi: number | null;
}

/** `EPC`, `EPC;-61` or `EPC,-61.5`: sleds that tell the strength put it behind the EPC. */
const HEX = /^(?:0x)?([0-9A-F]{24,})(?:[;,\t ] ?(-?\d{1,3}(?:\.\d+)?)(?: ?dBm)?)?$/i;
const URI = /^(urn:epc:[^;\s]+)(?:; ?(-?\d{1,3}(?:\.\d+)?)(?: ?dBm)?)?$/i;
const LONGEST = 600;

/** Null for everything that only looks like a tag: long digits are labels until their header says otherwise. */
export function tagOf({ data, symbology }: Scan): Tag | null {
  const text = data.trim();
  if (symbology !== null || text.length > LONGEST) {
    return null;
  }
  const hex = HEX.exec(text);
  const [, told, rssi] = hex ?? URI.exec(text) ?? [];
  if (told === undefined) {
    return null;
  }
  const epc = hex ? told.toUpperCase() : told;
  return identify(epc, null).kind === "epc"
    ? { epc, rssi: rssi === undefined ? null : Number(rssi) }
    : null;
}
