// The `+` schemes of TDS 2: the key as digits, then perhaps a date, a serial and other data.
import { type BitReader, BitWriter } from "./bits.ts";
import { readValue } from "./epc-data.ts";
import { locationElements, NO_EXTENSION } from "./epc-keys.ts";
import {
  readAsset,
  readDate,
  readNibbles,
  readText,
  TEXT_LENGTH_BITS,
  writeAsset,
  writeDate,
  writeText,
  wrongData,
} from "./epc-text.ts";
import { type Element, type Elements, Refused } from "./reading.ts";
import { DATE_KINDS, IDENTIFIERS, type PlusScheme } from "./tables.ts";
import { checkValue, identifier } from "./values.ts";

const SSCC_BITS = 80;
const LONGEST_ASSET = 30;
const GRAI_DIGITS = 14;

function padding(): Refused {
  return new Refused("epc_padding", "Bits behind the EPC are not zero.", "epc");
}

/** Filter and elements of the EPC behind the header, and of the data that follows it. */
export function readPlus(scheme: PlusScheme, bits: BitReader): [filter: number, Elements] {
  const followed = bits.number(1) === 1;
  const filter = bits.number(3);
  const key = readKey(scheme, bits);
  const elements = followed ? [...key, ...readFollowing(bits)] : key;
  if (!bits.restIsZero()) {
    throw padding();
  }
  for (const [code, value] of elements) {
    checkValue(identifier(code), value);
  }
  return [filter, elements];
}

function readKey(scheme: PlusScheme, bits: BitReader): Elements {
  if (scheme.key === "giai") {
    return [["8004", readAsset(bits, LONGEST_ASSET)]];
  }
  const date = scheme.dated ? [readKindAndDate(bits)] : [];
  const digits = readNibbles(bits, scheme.digits);
  if (scheme.key === "sscc") {
    return [["00", digits]];
  }
  const serial = readText(bits, TEXT_LENGTH_BITS, scheme.serialChars);
  switch (scheme.key) {
    case "grai":
      return [["8003", digits + serial]];
    case "sgln":
      return locationElements(digits, serial);
    case "sgtin":
      return [["01", digits], ["21", serial], ...date];
  }
}

function readKindAndDate(bits: BitReader): Element {
  const kind = DATE_KINDS[bits.number(4)];
  if (kind === undefined) {
    throw wrongData("The EPC has a kind of date that does not exist.");
  }
  return [kind, readDate(bits)];
}

/** AI after AI until only zeros are left; eight zero bits are AI 00 only if it can follow. */
function readFollowing(bits: BitReader): Elements {
  const elements: Element[] = [];
  while (bits.left >= 8 && !bits.restIsZero()) {
    const code = readCode(bits);
    if (code === "00" && bits.left < SSCC_BITS - 8) {
      throw padding();
    }
    elements.push([code, readValue(code, bits)]);
  }
  return elements;
}

function readCode(bits: BitReader): string {
  let code = readNibbles(bits, 2);
  while (!IDENTIFIERS.has(code)) {
    if (code.length === 4) {
      throw new Refused("unknown_ai", `There is no application identifier ${code}.`, "epc");
    }
    code += readNibbles(bits, 1);
  }
  return code;
}

/** The tag's hex digits; only DSGTIN+ takes a date, and it must have one. */
export function writePlus(
  scheme: PlusScheme,
  filter: number,
  elements: Elements,
  date: Element | null,
): string {
  if (scheme.dated !== (date !== null)) {
    throw wrongData("Only the dated scheme takes a date, and needs it.");
  }
  const bits = new BitWriter();
  bits.put(Number.parseInt(scheme.header, 16), 8);
  bits.put(filter, 4);
  if (date !== null) {
    writeKindAndDate(bits, date);
  }
  writeKey(scheme, new Map(elements), bits);
  return bits.hex();
}

function writeKindAndDate(bits: BitWriter, [code, digits]: Element): void {
  const kind = DATE_KINDS.indexOf(code);
  if (kind < 0) {
    throw wrongData(`(${code}) is not a date this scheme takes.`);
  }
  if (digits.length !== 6) {
    throw wrongData("The date is not YYMMDD.");
  }
  checkValue(identifier(code), digits);
  bits.put(kind, 4);
  writeDate(bits, digits);
}

function writeKey({ key }: PlusScheme, values: ReadonlyMap<string, string>, bits: BitWriter): void {
  const value = (code: string) => values.get(code) ?? "";
  switch (key) {
    case "giai":
      writeAsset(bits, value("8004"));
      break;
    case "sscc":
      writeDigits(bits, value("00"));
      break;
    case "grai":
      writeDigits(bits, value("8003").slice(0, GRAI_DIGITS));
      writeText(bits, value("8003").slice(GRAI_DIGITS), TEXT_LENGTH_BITS);
      break;
    case "sgln":
      writeDigits(bits, value("414"));
      writeText(bits, values.get("254") ?? NO_EXTENSION, TEXT_LENGTH_BITS);
      break;
    case "sgtin":
      writeDigits(bits, value("01"));
      writeText(bits, value("21"), TEXT_LENGTH_BITS);
      break;
  }
}

function writeDigits(bits: BitWriter, digits: string): void {
  bits.put(BigInt(`0x${digits}`), 4 * digits.length);
}
