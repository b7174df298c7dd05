// The way of a scan: cleaned, then offered to one reader after the other in a fixed order.
import { expandUpcE, hasCheckDigit, isDigits } from "./check-digits.ts";
import { readLink } from "./digital-link.ts";
import { GS, readBracketed, readElements } from "./elements.ts";
import { hasEpcHeader, hexDigits, rawTag, readTag, readUri } from "./epc.ts";
import { readInternal } from "./internal.ts";
import {
  accepted,
  asRefused,
  DEFAULT,
  type Identified,
  type Profile,
  Refused,
  refused,
} from "./reading.ts";
import { readRetail } from "./retail.ts";
import { summarise } from "./summary.ts";
import {
  ELEMENT_SYMBOLOGIES,
  IDENTIFIERS,
  RETAIL_SYMBOLOGIES,
  TEXT_SYMBOLOGIES,
} from "./tables.ts";

const LONGEST = 512;
const EDGES = "\0\r\n\t";
const STAND_INS = ["<GS>", "{GS}", "\u241d"];
const SYMBOLOGY = /^\][A-Za-z][0-9A-Za-z]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const NOT_ASCII = /[^\x00-\x7f]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const CONTROL = /[\x00-\x1c\x1e\x1f\x7f]/;
const BRACKET = /^\([0-9]{2,4}\)/;
const GTIN_LENGTHS: readonly number[] = [8, 12, 13, 14];
const SSCC_LENGTH = 18;

export type Symbology = string | null;
type Year = number | null;

/** Say what a scan is. Never throws: what cannot be read is answered with `ok: false`. */
export function identify(
  data: string,
  symbology: Symbology,
  profile: Profile = DEFAULT,
): Identified {
  try {
    const [text, carrier] = normalise(data, symbology, profile);
    return route(text, carrier, profile);
  } catch (thrown) {
    return refused(asRefused(thrown));
  }
}

/**
 * The exact string to look up among aliases, and the symbology it came in. Throws `Refused`
 * for what no scanner of goods delivers: other scripts, control characters, too much.
 */
export function normalise(
  data: string,
  symbology: Symbology,
  profile: Profile = DEFAULT,
): [text: string, symbology: Symbology] {
  let text = withoutEdges(withoutAdditions(withoutEdges(data), profile));
  for (const standIn of [...STAND_INS, ...profile.standIns]) {
    text = text.replaceAll(standIn, GS);
  }
  if (NOT_ASCII.test(text)) {
    throw new Refused("not_ascii", "The scan holds characters that are not ASCII.");
  }
  if (text.length > LONGEST) {
    throw new Refused("too_long", `The scan has more than ${LONGEST} characters.`);
  }
  if (CONTROL.test(text)) {
    throw new Refused("control_character", "The scan holds control characters.");
  }
  return withoutSymbology(text, symbology || null);
}

/** A loop, because a pattern at the end of a long text is tried at every place. */
function withoutEdges(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && EDGES.includes(text.charAt(start))) {
    start += 1;
  }
  while (end > start && EDGES.includes(text.charAt(end - 1))) {
    end -= 1;
  }
  return text.slice(start, end);
}

function withoutAdditions(text: string, { prefix, suffix }: Profile): string {
  const rest = text.startsWith(prefix) ? text.slice(prefix.length) : text;
  return rest.endsWith(suffix) ? rest.slice(0, rest.length - suffix.length) : rest;
}

/** Strip an AIM identifier, unless the scanner itself says the symbology is another. */
function withoutSymbology(text: string, symbology: Symbology): [string, Symbology] {
  const marked = text.slice(0, 3);
  return SYMBOLOGY.test(text) && (symbology === null || symbology === marked)
    ? [text.slice(3), marked]
    : [text, symbology];
}

function route(text: string, symbology: Symbology, profile: Profile): Identified {
  return (
    readMarked(text, symbology, profile.year) ??
    readInternal(text, profile.ownPrefixes) ??
    readCarried(text, symbology, profile.year) ??
    readPlain(text, symbology, profile.year)
  );
}

/** What its first characters give away. */
function readMarked(text: string, symbology: Symbology, year: Year): Identified | null {
  if (/^https?:\/\//i.test(text)) {
    return readLink(text, year);
  }
  if (/^urn:epc:/i.test(text)) {
    return readUri(text, year);
  }
  if (text.startsWith("(") && (!isText(symbology) || BRACKET.test(text))) {
    return summarise("gs1", readBracketed(text), { year });
  }
  return null;
}

function isText(symbology: Symbology): boolean {
  return symbology !== null && TEXT_SYMBOLOGIES.has(symbology);
}

/** What its symbology, or a separator in front, says it must be. */
function readCarried(text: string, symbology: Symbology, year: Year): Identified | null {
  if (text.startsWith(GS) || (symbology !== null && ELEMENT_SYMBOLOGIES.has(symbology))) {
    return summarise("gs1", readElements(text), { year });
  }
  if (symbology !== null && RETAIL_SYMBOLOGIES.has(symbology)) {
    return readRetail(text, symbology, year);
  }
  return null;
}

/** No carrier and no mark says what this is: it must say so itself, in one way only. */
function readPlain(text: string, symbology: Symbology, year: Year): Identified {
  const found = readUnmarked(text, year);
  return found.ok || !isText(symbology) ? found : accepted("unknown");
}

function readUnmarked(text: string, year: Year): Identified {
  if (isDigits(text) && GTIN_LENGTHS.includes(text.length)) {
    return gtin(text);
  }
  if (text.includes(GS)) {
    return separated(text, year);
  }
  const readings = [sscc(text), tag(text, year), elements(text, year)].filter(
    (reading) => reading !== null,
  );
  const different = oneOfEach(readings.filter((reading) => reading.ok));
  const first = different[0] ?? readings[0];
  if (first === undefined) {
    return refused(new Refused("unknown", "Nothing here says what this is."));
  }
  return different.length > 1 ? ambiguous(different) : first;
}

function separated(text: string, year: Year): Identified {
  try {
    return summarise("gs1", readElements(text), { year });
  } catch (thrown) {
    return refused(asRefused(thrown));
  }
}

/** Eight digits may be an EAN-8 or a UPC-E; both check out for some numbers. */
function gtin(digits: string): Identified {
  const upc = digits.length === 8 ? expandUpcE(digits)?.padStart(14, "0") : undefined;
  const full = hasCheckDigit(digits) ? digits.padStart(14, "0") : null;
  const readings: Identified[] = full === null ? [] : [accepted("gtin", { gtin14: full })];
  if (upc !== undefined && upc !== full) {
    readings.push(accepted("gtin", { gtin14: upc, warnings: ["identification.upc_e"] }));
  }
  const [first] = readings;
  if (first === undefined) {
    return refused(new Refused("check_digit", "The check digit of this GTIN is wrong.", "gtin"));
  }
  return readings.length > 1 ? ambiguous(readings) : first;
}

/** Two readings are the same if they name the same thing. */
function oneOfEach(readings: readonly Identified[]): Identified[] {
  const named = readings.map((found): [string, Identified] => [
    JSON.stringify([found.gtin14, found.serial, found.sscc, found.ais]),
    found,
  ]);
  return [...new Map(named).values()];
}

function ambiguous(readings: readonly Identified[]): Identified {
  return accepted("ambiguous", { readings });
}

function sscc(text: string): Identified | null {
  if (text.length !== SSCC_LENGTH || !isDigits(text)) {
    return null;
  }
  return hasCheckDigit(text)
    ? accepted("sscc", { sscc: text })
    : refused(new Refused("check_digit", "The check digit of this SSCC is wrong.", "sscc"));
}

/** Without any mark only a verified key inside shows that this is an element string. */
function elements(text: string, year: Year): Identified | null {
  try {
    const found = readElements(text);
    return found.some(([code]) => isVerified(code)) ? summarise("gs1", found, { year }) : null;
  } catch (thrown) {
    asRefused(thrown);
    return null;
  }
}

function isVerified(code: string): boolean {
  return IDENTIFIERS.get(code)?.parts.some((part) => part.rules.includes("check")) ?? false;
}

function tag(text: string, year: Year): Identified | null {
  const digits = hexDigits(text);
  if (digits === null) {
    return null;
  }
  try {
    return hasEpcHeader(digits) ? readTag(digits, year) : rawTag(digits);
  } catch (thrown) {
    return { ...refused(asRefused(thrown)), kind: "epc" };
  }
}
