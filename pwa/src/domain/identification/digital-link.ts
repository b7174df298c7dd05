// GS1 Digital Link URIs, and telling them from other web addresses.
import { hasCheckDigit } from "./check-digits.ts";
import { type Element, type Elements, type Identified, Refused } from "./reading.ts";
import { summarise } from "./summary.ts";
import { IDENTIFIERS } from "./tables.ts";
import { checkValue, identifier } from "./values.ts";

const LINK = /^https?:\/\/([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#.*)?$/is;
const HOST = /^(?:[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.?|\[[0-9A-Fa-f:.]+\])(?::([0-9]{1,5}))?$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const ILLEGAL = /[\x00-\x20"<>\\^`{|}\x7f]/;
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const LAST_PORT = 65535;

/** A Digital Link if the path holds a primary key, else a plain address (refused as such). */
export function readLink(text: string, year: number | null): Identified {
  const [, host, path, query] = LINK.exec(text) ?? [];
  if (host === undefined || path === undefined || ILLEGAL.test(text) || !isHost(host)) {
    throw new Refused("url", "This is not a well-formed web address.", "url");
  }
  const segments = path.split("/").slice(1);
  const at = primaryKey(segments);
  if (at < 0) {
    throw withoutKey(segments);
  }
  const inPath = pathElements(segments.slice(at));
  const elements = [...inPath, ...queryElements(query ?? "", inPath)];
  return summarise("digital_link", elements, { year });
}

function isHost(host: string): boolean {
  const found = HOST.exec(host);
  return found !== null && Number(found[1] ?? 0) <= LAST_PORT;
}

/** The right-most segment that is a primary key followed by whole pairs, or less than zero. */
function primaryKey(segments: readonly string[]): number {
  let at = segments.length - 2;
  while (at >= 0 && (IDENTIFIERS.get(segments[at] ?? "")?.qualifiers ?? null) === null) {
    at -= 2;
  }
  return at;
}

function withoutKey(segments: readonly string[]): Refused {
  if (isCompressed(segments.at(-1) ?? "")) {
    return new Refused(
      "compressed_link",
      "This is a compressed GS1 Digital Link; they are not supported.",
      "url",
    );
  }
  return new Refused("url", "This web address is not a GS1 Digital Link.", "url");
}

/** A segment that decodes to AI 01 or 00 with a valid check digit. */
function isCompressed(segment: string): boolean {
  if (!/^[A-Za-z0-9_-]{10,}$/.test(segment)) {
    return false;
  }
  const bits = [...segment]
    .map((character) => ALPHABET.indexOf(character).toString(2).padStart(6, "0"))
    .join("");
  const [width, digits] = { "00000001": [47, 14], "00000000": [60, 18] }[bits.slice(0, 8)] ?? [];
  if (width === undefined || digits === undefined || bits.length < 8 + width) {
    return false;
  }
  const key = BigInt(`0b${bits.slice(8, 8 + width)}`)
    .toString()
    .padStart(digits, "0");
  return key.length === digits && hasCheckDigit(key);
}

function pathElements(segments: readonly string[]): Elements {
  const elements: Element[] = [];
  for (let at = 0; at < segments.length; at += 2) {
    elements.push(element(segments[at] ?? "", segments[at + 1] ?? ""));
  }
  const [key = "", ...chain] = elements.map(([code]) => code);
  const orders = identifier(key).qualifiers ?? [];
  if (chain.length > 0 && !orders.some((order) => inOrder(chain, order))) {
    throw new Refused("qualifier", "The path holds what may not follow this key.", "url");
  }
  return elements;
}

/** Whether the chain picks from the order without going back. */
function inOrder(chain: readonly string[], order: readonly string[]): boolean {
  const places = chain.map((code) => order.indexOf(code));
  return places.every((place, at) => place > (places[at - 1] ?? -1));
}

function queryElements(query: string, path: Elements): Elements {
  const elements: Element[] = [];
  for (const pair of query.split(/[&;]/)) {
    const [, name, raw] = /^([0-9]+)=(.*)$/s.exec(pair) ?? [];
    if (name !== undefined && raw !== undefined) {
      elements.push(attribute(name, raw, path));
    }
  }
  return elements;
}

function attribute(name: string, raw: string, path: Elements): Element {
  if (raw.includes("+")) {
    throw new Refused("escape", "A plus sign in the query must be escaped.", "url");
  }
  if (!identifier(name).attribute || belongsInPath(name, path)) {
    throw new Refused("qualifier", `(${name}) may not be in the query.`, "url");
  }
  return element(name, raw);
}

/** Whether it could stand among the qualifiers this path has: then that is its only place. */
function belongsInPath(name: string, path: Elements): boolean {
  const [key = "", ...chain] = path.map(([code]) => code);
  const orders = identifier(key).qualifiers ?? [];
  return orders.some((order) => [name, ...chain].every((code) => order.includes(code)));
}

function element(code: string, raw: string): Element {
  const plain = unescaped(raw);
  const value =
    code === "01" && [8, 12, 13].includes(plain.length) ? plain.padStart(14, "0") : plain;
  checkValue(identifier(code), value);
  return [code, value];
}

function unescaped(raw: string): string {
  if (/%(?![0-9A-Fa-f]{2})/.test(raw)) {
    throw new Refused("escape", "A percent sign is not followed by two digits.", "url");
  }
  return raw.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
