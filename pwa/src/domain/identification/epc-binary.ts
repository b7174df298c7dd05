// Binary EPCs with a partition table: SGTIN-96 to GIAI-202, both ways.
import { type BitReader, BitWriter } from "./bits.ts";
import { isDigits } from "./check-digits.ts";
import { isText, type KeyParts } from "./epc-keys.ts";
import { Refused } from "./reading.ts";
import type { Partition, Scheme } from "./tables.ts";

const CHARACTER_BITS = 7;

function wrong(code: string, message: string): Refused {
  return new Refused(code, message, "epc");
}

/** Filter and parts of the EPC behind the header. */
export function readParts(scheme: Scheme, bits: BitReader): [filter: number, parts: KeyParts] {
  const filter = bits.number(3);
  const partition = scheme.partitions[bits.number(3)];
  if (partition === undefined) {
    throw wrong("epc_partition", "The EPC has a partition that does not exist.");
  }
  const prefix = padded(bits.decimal(partition.prefixBits), partition.prefixDigits);
  const reference = readReference(scheme, partition, bits);
  const serial = readSerial(scheme, bits);
  if (!bits.restIsZero()) {
    throw wrong("epc_padding", "Bits behind the EPC are not zero.");
  }
  return [filter, { key: scheme.key, prefix, reference, serial }];
}

function padded(decimal: string, digits: number): string {
  const significant = decimal === "0" ? "" : decimal;
  if (significant.length > digits) {
    throw wrong("epc_range", "A field of the EPC has more digits than it may.");
  }
  return significant.padStart(digits, "0");
}

function readReference(scheme: Scheme, partition: Partition, bits: BitReader): string {
  if (scheme.serial === "reference_text") {
    return readText(bits.take(partition.referenceBits));
  }
  const reference = padded(bits.decimal(partition.referenceBits), partition.referenceDigits);
  return scheme.serial === "reference_integer" ? reference.replace(/^0+(?=.)/, "") : reference;
}

function readSerial(scheme: Scheme, bits: BitReader): string | null {
  if (scheme.serial === "integer") {
    return bits.decimal(scheme.serialBits);
  }
  const raw = bits.take(scheme.serialBits);
  if (scheme.serial === "text") {
    return readText(raw);
  }
  if (raw.includes("1")) {
    throw wrong("epc_padding", "Reserved bits of the EPC are not zero.");
  }
  return null;
}

/** Seven-bit characters, then only zeros. */
function readText(bits: string): string {
  let found = "";
  let at = 0;
  while (bits.includes("1", at)) {
    if (bits.length - at < CHARACTER_BITS) {
      throw wrong("epc_padding", "Bits behind the serial are not zero.");
    }
    const code = Number.parseInt(bits.slice(at, at + CHARACTER_BITS), 2);
    if (!isText(String.fromCharCode(code))) {
      throw wrong("epc_text", "The EPC holds a character it may not.");
    }
    found += String.fromCharCode(code);
    at += CHARACTER_BITS;
  }
  if (found === "") {
    throw wrong("epc_text", "The serial of the EPC is empty.");
  }
  return found;
}

/** The tag's hex digits. */
export function writeParts(scheme: Scheme, filter: number, parts: KeyParts): string {
  const number = scheme.partitions.findIndex((row) => row.prefixDigits === parts.prefix.length);
  const partition = scheme.partitions[number];
  if (partition === undefined) {
    throw wrong("epc_partition", "The EPC has a partition that does not exist.");
  }
  const bits = new BitWriter();
  bits.put(Number.parseInt(scheme.header, 16), 8);
  bits.put(filter, 3);
  bits.put(number, 3);
  bits.put(BigInt(parts.prefix), partition.prefixBits);
  writeReference(scheme, partition, parts.reference, bits);
  writeSerial(scheme, parts.serial ?? "", bits);
  return bits.hex();
}

function writeReference(
  scheme: Scheme,
  partition: Partition,
  reference: string,
  bits: BitWriter,
): void {
  const size = partition.referenceBits;
  if (scheme.serial === "reference_text") {
    writeText(reference, size, partition.referenceDigits, bits);
  } else if (scheme.serial === "reference_integer") {
    bits.put(integer(reference, size, partition.referenceDigits), size);
  } else {
    bits.put(BigInt(reference || "0"), size);
  }
}

function writeSerial(scheme: Scheme, serial: string, bits: BitWriter): void {
  const size = scheme.serialBits;
  if (scheme.serial === "integer") {
    bits.put(integer(serial, size, (1n << BigInt(size)).toString().length), size);
  } else if (scheme.serial === "text") {
    writeText(serial, size, scheme.serialChars, bits);
  } else {
    bits.put(0, size);
  }
}

/** Integers drop leading zeros, so a text with them would not come back. */
function integer(text: string, size: number, digits: number): bigint {
  if (!isDigits(text) || /^0./.test(text) || text.length > digits) {
    throw wrong("epc_range", "This scheme holds a number without leading zeros.");
  }
  const value = BigInt(text);
  if (value >= 1n << BigInt(size)) {
    throw wrong("epc_range", "The number is too large for this scheme.");
  }
  return value;
}

function writeText(text: string, size: number, longest: number, bits: BitWriter): void {
  if (!isText(text) || text.length > longest) {
    throw wrong("epc_range", "The text is too long for this scheme.");
  }
  for (const character of text) {
    bits.put(character.charCodeAt(0), CHARACTER_BITS);
  }
  bits.put(0, size - CHARACTER_BITS * text.length);
}
