// Reading and writing the bits of a tag.
import { Refused } from "./reading.ts";

const WORD = 16;

/** The bits of a tag, read from the left. */
export class BitReader {
  private readonly bits: string;
  private at = 0;

  constructor(hex: string) {
    this.bits = [...hex].map((digit) => bitsOf(Number.parseInt(digit, 16), 4)).join("");
  }

  get left(): number {
    return this.bits.length - this.at;
  }

  take(count: number): string {
    const taken = this.peek(count);
    this.at += count;
    return taken;
  }

  peek(count: number): string {
    if (count > this.left) {
      throw new Refused("epc_truncated", "The tag ends before its EPC does.", "epc");
    }
    return this.bits.slice(this.at, this.at + count);
  }

  /** At most 32 bits as a number. */
  number(count: number): number {
    return count === 0 ? 0 : Number.parseInt(this.take(count), 2);
  }

  /** Any number of bits as decimal digits without leading zeros. */
  decimal(count: number): string {
    return BigInt(`0b${this.take(count) || "0"}`).toString();
  }

  restIsZero(): boolean {
    return !this.bits.includes("1", this.at);
  }
}

/** Bits to be written to a tag, appended at the right. */
export class BitWriter {
  private bits = "";

  put(value: number | bigint, count: number): void {
    this.bits += count === 0 ? "" : bitsOf(value, count);
  }

  /** Upper-case, filled with zero bits to whole 16-bit words as tags store them. */
  hex(): string {
    const size = Math.ceil(this.bits.length / WORD) * WORD;
    const nibbles = this.bits.padEnd(size, "0").match(/.{4}/g) ?? [];
    return nibbles.map((nibble) => Number.parseInt(nibble, 2).toString(16).toUpperCase()).join("");
  }
}

function bitsOf(value: number | bigint, count: number): string {
  return value.toString(2).padStart(count, "0");
}

/** Bits that hold every decimal number of so many digits. */
export function bitsOfDigits(count: number): number {
  return (10n ** BigInt(count) - 1n).toString(2).length;
}
