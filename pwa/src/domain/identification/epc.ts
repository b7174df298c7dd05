// EPCs from a tag's hex digits or from a URI.
import { BitReader } from "./bits.ts";
import { readParts, writeParts } from "./epc-binary.ts";
import { type KeyParts, parseKeyParts, partElements, uriParts } from "./epc-keys.ts";
import { readPlus } from "./epc-plus.ts";
import type { KeyName } from "./facts.ts";
import { type Elements, type Identified, Refused, refused } from "./reading.ts";
import { summarise } from "./summary.ts";
import { OTHER_HEADERS, PLUS_SCHEMES, SCHEMES, type Scheme } from "./tables.ts";
import { checkValue, identifier } from "./values.ts";

const HEX = /^(?:0[xX])?((?:[0-9A-Fa-f] *){12,128})$/;
const URI = /^[uU][rR][nN]:[eE][pP][cC]:(id|tag):([a-z0-9-]+):(.*)$/s;
/** Only an asset in a `+` scheme can be shorter than four words. */
const SHORTEST = 16;
const SHORTEST_TAG = 24;

/** The digits of what may be a tag: blanks and 0x removed, upper case. */
export function hexDigits(text: string): string | null {
  const digits = HEX.exec(text)?.[1]?.replaceAll(" ", "").toUpperCase() ?? "";
  return digits.length >= SHORTEST || PLUS_SCHEMES.has(digits.slice(0, 2)) ? digits : null;
}

export function hasEpcHeader(digits: string): boolean {
  const header = digits.slice(0, 2);
  return SCHEMES.has(header) || PLUS_SCHEMES.has(header);
}

/** Decode a tag whose header is one of ours. */
export function readTag(digits: string, year: number | null): Identified {
  const header = digits.slice(0, 2);
  const bits = new BitReader(digits.slice(2));
  const scheme = SCHEMES.get(header);
  const plus = PLUS_SCHEMES.get(header);
  if (scheme !== undefined) {
    return readPartitioned(scheme, digits, bits, year);
  }
  if (plus === undefined) {
    throw new Refused("raw_tag", "This tag does not hold an EPC.", "epc");
  }
  const [filter, elements] = readPlus(plus, bits);
  const epc = { scheme: plus.name, filter, pure: null, tag: null, hex: digits };
  return summarise("epc", elements, { epc, year });
}

function readPartitioned(
  scheme: Scheme,
  digits: string,
  bits: BitReader,
  year: number | null,
): Identified {
  const [filter, parts] = readParts(scheme, bits);
  const tail = uriParts(parts);
  const pure = `urn:epc:id:${scheme.key}:${tail}`;
  const tag = `urn:epc:tag:${scheme.name}:${filter}.${tail}`;
  const epc = { scheme: scheme.name, filter, pure, tag, hex: digits };
  return summarise("epc", partElements(parts), { epc, year });
}

/** A tag that holds no EPC we know: shown, not understood. */
export function rawTag(digits: string): Identified | null {
  const other = OTHER_HEADERS.get(digits.slice(0, 2)) ?? null;
  if (other === null && (digits.length < SHORTEST_TAG || digits.length % 4 !== 0)) {
    return null;
  }
  const problem =
    other === null
      ? new Refused("raw_tag", "This tag does not hold an EPC.", "epc")
      : unsupported(other);
  const tag = `urn:epc:raw:${4 * digits.length}.x${digits}`;
  return refused(problem, { epc: { scheme: other, filter: null, pure: null, tag, hex: digits } });
}

function unsupported(scheme: string): Refused {
  return new Refused("epc_scheme", `EPCs of scheme ${scheme} are not supported.`, "epc");
}

/** An EPC URI, pure identity or tag. */
export function readUri(text: string, year: number | null): Identified {
  const [, form, name, body] = URI.exec(text) ?? [];
  if (name === undefined || body === undefined) {
    throw new Refused("epc_uri", "This kind of EPC URI is not supported.", "epc");
  }
  if (form === "tag") {
    return readTagUri(name, body, year);
  }
  const parts = parseKeyParts(keyNamed(name), body);
  const pure = `urn:epc:id:${name}:${uriParts(parts)}`;
  const epc = { scheme: null, filter: null, pure, tag: null, hex: null };
  return summarise("epc", checked(parts), { epc, year });
}

function keyNamed(name: string): KeyName {
  const scheme = [...SCHEMES.values()].find(({ key }) => key === name);
  if (scheme === undefined) {
    throw unsupported(name);
  }
  return scheme.key;
}

function readTagUri(name: string, body: string, year: number | null): Identified {
  const scheme = [...SCHEMES.values()].find((candidate) => candidate.name === name);
  if (scheme === undefined) {
    throw unsupported(name);
  }
  const [, filter, tail] = /^([0-7])(?:\.(.*))?$/s.exec(body) ?? [];
  if (filter === undefined) {
    throw new Refused("epc_uri", "The EPC tag URI has no filter from 0 to 7.", "epc");
  }
  const parts = parseKeyParts(scheme.key, tail ?? "");
  return readTag(writeParts(scheme, Number(filter), parts), year);
}

/** A pure identity has no binary to fail on, so its values are checked as elements. */
function checked(parts: KeyParts): Elements {
  const elements = partElements(parts);
  for (const [code, value] of elements) {
    checkValue(identifier(code), value);
  }
  return elements;
}
