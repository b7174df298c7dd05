/** Ids a device can mint offline; the server arrives at the same ones. */
import { hex, sha1 } from "./digest.ts";

const ENCODER = new TextEncoder();

function spelled(bytes: Uint8Array, version: number): string {
  bytes[6] = ((bytes[6] as number) & 0x0f) | (version << 4);
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const text = hex(bytes);
  const parts = [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20)];
  return `${parts.join("-")}-${text.slice(20, 32)}`;
}

function bytesOf(uuid: string): Uint8Array {
  const digits = uuid.replaceAll("-", "");
  return Uint8Array.from({ length: 16 }, (_, i) =>
    Number.parseInt(digits.slice(i * 2, i * 2 + 2), 16),
  );
}

/** Time-ordered id (RFC 9562): 48 bits of milliseconds, 74 bits of chance. */
export function uuid7(now: number, chance: Uint8Array): string {
  const bytes = new Uint8Array(16);
  bytes.set(chance.subarray(0, 10), 6);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, Math.floor(now / 0x1_0000));
  view.setUint16(4, now % 0x1_0000);
  return spelled(bytes, 7);
}

/** Makes an id at a wall time; the browser's is `newId`. */
export type Mint = (now: number) => string;

export function newId(now: number = Date.now()): string {
  return uuid7(now, crypto.getRandomValues(new Uint8Array(10)));
}

/** uuid5 (RFC 9562): the id anyone who knows both arrives at. */
export function uuid5(namespace: string, name: string): string {
  const text = ENCODER.encode(name);
  const bytes = new Uint8Array(16 + text.length);
  bytes.set(bytesOf(namespace));
  bytes.set(text, 16);
  return spelled(sha1(bytes).slice(0, 16), 5);
}

export const lotId = (item: string, code: string): string => uuid5(item, code);
export const serialId = (item: string, serial: string): string => uuid5(item, serial);
/** `code`: the 18 digits of an SSCC, or an internal code as printed. */
export const lpnId = (site: string, code: string): string => uuid5(site, code);
export const toteId = (site: string, code: string): string => uuid5(site, code);
/** A tote while it carries an order is an LPN of its own. */
export const toteInUse = (tote: string, order: string): string => uuid5(tote, order);
/** Sheets and blind lines: `n` counts from 1 within the operation. */
export const derivedId = (operation: string, n: number): string => uuid5(operation, String(n));
/** A code that means something only here; goods nobody knows are booked under it. */
export const aliasId = (site: string, code: string): string => uuid5(site, `alias:${code}`);
