// Between the parts of a pure-identity EPC and the GS1 key they stand for.
import { checkDigit, isDigits } from "./check-digits.ts";
import type { KeyName } from "./facts.ts";
import { type Elements, Refused } from "./reading.ts";
import { CHARACTERS } from "./tables.ts";

const TEXT: ReadonlySet<string> = new Set(CHARACTERS.X);
const SHORTEST_PREFIX = 6;
const LONGEST_PREFIX = 12;
const LONGEST_ASSET = 30;
export const NO_EXTENSION = "0";

/** Digits of a reference beside a company prefix of 12, and characters of a serial. */
const FORMS: Readonly<Record<KeyName, { digits: number; serial: number | null }>> = {
  sgtin: { digits: 1, serial: 20 },
  sscc: { digits: 5, serial: null },
  sgln: { digits: 0, serial: 20 },
  grai: { digits: 0, serial: 16 },
  giai: { digits: 0, serial: null },
};

/** Company prefix, reference and serial, as a pure-identity URI shows them. */
export interface KeyParts {
  readonly key: KeyName;
  readonly prefix: string;
  readonly reference: string;
  readonly serial: string | null;
}

/** The element strings that say the same. */
export function partElements({ key, prefix, reference, serial }: KeyParts): Elements {
  const leading = reference.charAt(0) + prefix + reference.slice(1);
  const plain = prefix + reference;
  switch (key) {
    case "sgtin":
      return [
        ["01", leading + checkDigit(leading)],
        ["21", serial ?? ""],
      ];
    case "sscc":
      return [["00", leading + checkDigit(leading)]];
    case "sgln":
      return locationElements(plain + checkDigit(plain), serial ?? NO_EXTENSION);
    case "grai":
      return [["8003", `0${plain}${checkDigit(plain)}${serial ?? ""}`]];
    case "giai":
      return [["8004", plain]];
  }
}

/** A GLN; the extension 0 stands for none. */
export function locationElements(gln: string, extension: string): Elements {
  const location = ["414", gln] as const;
  return extension === NO_EXTENSION ? [location] : [location, ["254", extension]];
}

/** `prefix.reference.serial`, escaped. */
export function uriParts({ prefix, reference, serial }: KeyParts): string {
  const head = `${prefix}.${escaped(reference)}`;
  return serial === null ? head : `${head}.${escaped(serial)}`;
}

function escaped(text: string): string {
  return text.replace(/["%&/<>?]/g, (character) => {
    return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  });
}

function unescaped(text: string): string {
  if (/%(?![0-9A-Fa-f]{2})|["&/<>?]/.test(text)) {
    throw new Refused("epc_uri", "The EPC URI holds an unescaped character.", "epc");
  }
  return text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** Read `prefix.reference.serial` of a URI and refuse what no such key can be. */
export function parseKeyParts(key: KeyName, text: string): KeyParts {
  const pieces = text.split(".");
  const prefix = pieces.shift() ?? "";
  const raw = FORMS[key].serial === null ? pieces.join(".") : pieces.shift();
  const tail = FORMS[key].serial === null ? null : unescaped(pieces.join("."));
  if (raw === undefined || pieces.length === 0) {
    throw new Refused("epc_uri", "The EPC URI does not have the parts of its scheme.", "epc");
  }
  const parts: KeyParts = { key, prefix, reference: unescaped(raw), serial: tail };
  if (!(isPrefix(prefix) && isReference(parts) && isSerial(parts))) {
    throw new Refused("epc_uri", "A part of the EPC URI is not valid.", "epc");
  }
  return parts;
}

function isPrefix(prefix: string): boolean {
  return isDigits(prefix) && prefix.length >= SHORTEST_PREFIX && prefix.length <= LONGEST_PREFIX;
}

function isReference({ key, prefix, reference }: KeyParts): boolean {
  if (key === "giai") {
    return isText(reference) && reference.length <= LONGEST_ASSET - prefix.length;
  }
  const length = FORMS[key].digits + LONGEST_PREFIX - prefix.length;
  return reference.length === length && /^[0-9]*$/.test(reference);
}

function isSerial({ key, serial }: KeyParts): boolean {
  return serial === null || (isText(serial) && serial.length <= (FORMS[key].serial ?? 0));
}

/** Something, in the characters GS1 allows. */
export function isText(text: string): boolean {
  return text !== "" && [...text].every((character) => TEXT.has(character));
}
