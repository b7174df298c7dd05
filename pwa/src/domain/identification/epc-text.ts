// Numbers, texts and dates in the bits of a `+` tag (TDS 2, section 14.5).
import { type BitReader, type BitWriter, bitsOfDigits } from "./bits.ts";
import { isDigits } from "./check-digits.ts";
import { Refused } from "./reading.ts";
import { CHARACTERS } from "./tables.ts";

export const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const CODE_40 = "\0ABCDEFGHIJKLMNOPQRSTUVWXYZ-.:0123456789";
const ENDS = 0xf;
const CONTINUES = 0xe;
export const INDICATOR_BITS = 3;
export const TEXT_LENGTH_BITS = 5;
const NUMERIC = 0;
const ASCII = 4;
const TRIPLETS = 5;

/** Alphabet and bits of one character, where characters are independent. */
const ALPHABETS: readonly (readonly [indicator: number, alphabet: string, size: number])[] = [
  [1, "0123456789ABCDEF", 4],
  [2, "0123456789abcdef", 4],
  [3, BASE64, 6],
];
const ASCII_TEXT: ReadonlySet<string> = new Set(`${CHARACTERS.X}#`);

export function wrongData(message: string): Refused {
  return new Refused("epc_data", message, "epc");
}

export function readNibbles(bits: BitReader, count: number): string {
  let digits = "";
  const taken = bits.take(4 * count);
  for (let at = 0; at < taken.length; at += 4) {
    digits += Number.parseInt(taken.slice(at, at + 4), 2).toString(16);
  }
  if (!isDigits(digits)) {
    throw wrongData("The EPC holds a digit above nine.");
  }
  return digits;
}

/** Encoding indicator, length, characters. */
export function readText(bits: BitReader, lengthBits: number, longest: number): string {
  const indicator = bits.number(INDICATOR_BITS);
  const length = bits.number(lengthBits);
  if (length < 1 || length > longest) {
    throw wrongData("The EPC holds a text of impossible length.");
  }
  switch (indicator) {
    case NUMERIC:
      return readNumber(bits, length);
    case ASCII:
      return readAscii(bits, length);
    case TRIPLETS:
      return readTriplets(bits, length);
    default:
      return readAlphabet(bits, length, indicator);
  }
}

export function readNumber(bits: BitReader, digits: number): string {
  const decimal = bits.decimal(bitsOfDigits(digits));
  if (decimal.length > digits) {
    throw wrongData("The EPC holds a number with too many digits.");
  }
  return decimal.padStart(digits, "0");
}

function readAscii(bits: BitReader, length: number): string {
  const codes = Array.from({ length }, () => bits.number(7));
  const text = String.fromCharCode(...codes);
  if (![...text].every((character) => ASCII_TEXT.has(character))) {
    throw wrongData("The EPC holds a character it may not.");
  }
  return text;
}

function readAlphabet(bits: BitReader, length: number, indicator: number): string {
  const [, alphabet, size] = ALPHABETS.find(([number]) => number === indicator) ?? [];
  if (alphabet === undefined || size === undefined) {
    throw wrongData("The EPC uses a reserved encoding.");
  }
  return Array.from({ length }, () => alphabet.charAt(bits.number(size))).join("");
}

/** Three characters of forty in sixteen bits; the last group is filled with zeros. */
function readTriplets(bits: BitReader, length: number): string {
  let text = "";
  while (text.length < length) {
    const value = bits.number(16) - 1;
    if (value < 0 || value >= CODE_40.length ** 3) {
      throw wrongData("The EPC holds an impossible group of characters.");
    }
    const places = [Math.floor(value / 1600), Math.floor(value / 40) % 40, value % 40];
    text += places.map((place) => CODE_40.charAt(place)).join("");
  }
  const filling = [...text.slice(length)];
  if (text.slice(0, length).includes("\0") || filling.some((character) => character !== "\0")) {
    throw wrongData("The EPC holds a group of characters that ends too early.");
  }
  return text.slice(0, length);
}

/** Digits up to a nibble that ends the value or hands over to a text. */
export function readAsset(bits: BitReader, longest: number): string {
  let digits = "";
  let nibble = bits.number(4);
  while (nibble < CONTINUES) {
    if (nibble > 9 || digits.length === longest) {
      throw wrongData("The EPC holds a digit above nine.");
    }
    digits += String(nibble);
    nibble = bits.number(4);
  }
  return nibble === ENDS
    ? digits
    : digits + readText(bits, TEXT_LENGTH_BITS, longest - digits.length);
}

export function readDate(bits: BitReader): string {
  const pieces = [bits.number(7), bits.number(4), bits.number(5)];
  if ((pieces[0] ?? 0) > 99) {
    throw wrongData("The EPC holds an impossible year.");
  }
  return pieces.map(twoDigits).join("");
}

export function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}

/** Write with the encoding that needs the fewest bits. */
export function writeText(bits: BitWriter, text: string, lengthBits: number): void {
  const chosen = ALPHABETS.find(([, alphabet, size]) => {
    return holds(alphabet, text) && !prefersTriplets(text, size);
  });
  if (isDigits(text)) {
    head(bits, NUMERIC, text, lengthBits);
    bits.put(BigInt(text), bitsOfDigits(text.length));
  } else if (chosen !== undefined) {
    const [indicator, alphabet, size] = chosen;
    head(bits, indicator, text, lengthBits);
    for (const character of text) {
      bits.put(alphabet.indexOf(character), size);
    }
  } else if (prefersTriplets(text, 7)) {
    writeTriplets(bits, text, lengthBits);
  } else {
    head(bits, ASCII, text, lengthBits);
    for (const character of text) {
      bits.put(character.charCodeAt(0), 7);
    }
  }
}

function holds(alphabet: string, text: string): boolean {
  return [...text].every((character) => alphabet.includes(character));
}

function head(bits: BitWriter, indicator: number, text: string, lengthBits: number): void {
  bits.put(indicator, INDICATOR_BITS);
  bits.put(text.length, lengthBits);
}

function prefersTriplets(text: string, size: number): boolean {
  return holds(CODE_40.slice(1), text) && 16 * Math.ceil(text.length / 3) < size * text.length;
}

function writeTriplets(bits: BitWriter, text: string, lengthBits: number): void {
  head(bits, TRIPLETS, text, lengthBits);
  for (let at = 0; at < text.length; at += 3) {
    const group = [...text.slice(at, at + 3).padEnd(3, "\0")];
    const value = group.reduce((sum, character) => 40 * sum + CODE_40.indexOf(character), 0);
    bits.put(value + 1, 16);
  }
}

export function writeAsset(bits: BitWriter, text: string): void {
  const tail = text.replace(/^[0-9]+/, "");
  for (const digit of text.slice(0, text.length - tail.length)) {
    bits.put(Number(digit), 4);
  }
  bits.put(tail === "" ? ENDS : CONTINUES, 4);
  if (tail !== "") {
    writeText(bits, tail, TEXT_LENGTH_BITS);
  }
}

export function writeDate(bits: BitWriter, date: string): void {
  bits.put(Number(date.slice(0, 2)), 7);
  bits.put(Number(date.slice(2, 4)), 4);
  bits.put(Number(date.slice(4, 6)), 5);
}
