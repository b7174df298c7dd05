// Values of application identifiers in the bits of a `+` tag (TDS 2, table F).
import type { BitReader } from "./bits.ts";
import {
  BASE64,
  INDICATOR_BITS,
  readAsset,
  readDate,
  readNibbles,
  readNumber,
  readText,
  twoDigits,
  wrongData,
} from "./epc-text.ts";
import { DATA_CODINGS } from "./tables.ts";

const LONGEST_ASSET = 30;
/** AIs whose second component may be missing: a length of zero says so. */
const OPTIONAL: ReadonlySet<string> = new Set(["253", "255", "8003"]);

type Reader = (bits: BitReader, first: number, second: number) => string;

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ["text", readText],
  ["digits", readCounted],
  ["integer", readInteger],
  ["nibbles", readNibbles],
  ["asset", (bits) => readAsset(bits, LONGEST_ASSET)],
  ["date", readDate],
  ["date_time", (bits) => readDate(bits) + twoDigits(bits.number(5)) + twoDigits(bits.number(6))],
  ["date_range", readDateRange],
  ["precise_time", readPreciseTime],
  ["country", (bits) => BASE64.charAt(bits.number(6)) + BASE64.charAt(bits.number(6))],
  ["minus", (bits) => (bits.number(1) === 1 ? "-" : "")],
  ["sequence", (bits) => `${readNibbles(bits, 1)}/${readNibbles(bits, 1)}`],
  ["bit", (bits) => bits.take(1)],
]);

/** The value of one AI, as table F says it is coded. */
export function readValue(code: string, bits: BitReader): string {
  const coding = DATA_CODINGS.get(code);
  if (coding === undefined) {
    throw wrongData(`(${code}) may not be on a tag.`);
  }
  const [first = "", ...others] = coding.split(" + ");
  const rest = (piece: string) => {
    return OPTIONAL.has(code) ? readOptionalPiece(piece, bits) : readPiece(piece, bits);
  };
  return [readPiece(first, bits), ...others.map(rest)].join("");
}

function readPiece(piece: string, bits: BitReader): string {
  const [name = "", first = "0", second = "0"] = piece.split(" ");
  const read = READERS.get(name) ?? (() => "");
  return read(bits, Number(first), Number(second));
}

function readOptionalPiece(piece: string, bits: BitReader): string {
  const [name, lengthBits] = piece.split(" ");
  const size = Number(lengthBits) + (name === "text" ? INDICATOR_BITS : 0);
  if (bits.peek(size).slice(-Number(lengthBits)).includes("1")) {
    return readPiece(piece, bits);
  }
  bits.take(size);
  return "";
}

function readCounted(bits: BitReader, lengthBits: number, longest: number): string {
  const length = bits.number(lengthBits);
  if (length < 1 || length > longest) {
    throw wrongData("The EPC holds a number of impossible length.");
  }
  return readNumber(bits, length);
}

function readInteger(bits: BitReader, digits: number, size: number): string {
  const decimal = bits.decimal(size);
  if (decimal.length > digits) {
    throw wrongData("The EPC holds a number with too many digits.");
  }
  return decimal.padStart(digits, "0");
}

function readDateRange(bits: BitReader): string {
  return bits.number(1) === 1 ? readDate(bits) + readDate(bits) : readDate(bits);
}

/** Date, and as many of hours, minutes, seconds as the format indicator says. */
function readPreciseTime(bits: BitReader): string {
  const sizes = [[5], [5, 6], [5, 6, 6], []][bits.number(2)] ?? [];
  return readDate(bits) + sizes.map((size) => twoDigits(bits.number(size))).join("");
}
