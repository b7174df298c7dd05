// Check digits: the GS1 modulo 10, the check pair of model numbers, IBAN, and UPC-E.
import { CHARACTERS } from "./tables.ts";

const PRIMES = [
  2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97,
];

/** ASCII digits only. */
export function isDigits(text: string): boolean {
  return /^[0-9]+$/.test(text);
}

/** The GS1 check digit: weights 3 and 1 from the right, complement to ten. */
export function checkDigit(payload: string): string {
  let sum = 0;
  for (let at = payload.length - 1, weight = 3; at >= 0; at -= 1, weight = 4 - weight) {
    sum += weight * Number(payload.charAt(at));
  }
  return String((10 - (sum % 10)) % 10);
}

export function hasCheckDigit(digits: string): boolean {
  return checkDigit(digits.slice(0, -1)) === digits.slice(-1);
}

/** GMN: character values weighted with primes from the right, modulo 1021, as a pair. */
export function hasCheckPair(text: string): boolean {
  if (text.length < 2 || text.length - 2 > PRIMES.length) {
    return false;
  }
  const values = [...text.slice(0, -2)].map((character) => CHARACTERS.X.indexOf(character));
  if (values.includes(-1)) {
    return false;
  }
  const total = values.reverse().reduce((sum, value, at) => sum + value * (PRIMES[at] ?? 0), 0);
  const check = total % 1021;
  const pair = CHARACTERS.pair.charAt(Math.floor(check / 32)) + CHARACTERS.pair.charAt(check % 32);
  return text.slice(-2) === pair;
}

/** ISO 13616: rotate by four, letters as 10..35, the remainder by 97 is 1. */
export function hasIbanCheck(text: string): boolean {
  const rotated = text.slice(4) + text.slice(0, 4);
  let remainder = 0;
  for (const character of rotated) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}

/**
 * UPC-E (number system, six digits, optional check digit) → UPC-A, or null.
 * Each number has one suppressed form; a form that another one should have is refused.
 */
export function expandUpcE(digits: string): string | null {
  const system = digits.charAt(0);
  const full = unsuppressed(digits.slice(1, 7));
  if (!"01".includes(system) || full === null) {
    return null;
  }
  const payload = system + full;
  const check = checkDigit(payload);
  return digits.length === 8 && digits.slice(-1) !== check ? null : payload + check;
}

function unsuppressed(body: string): string | null {
  const last = body.charAt(5);
  if ("012".includes(last)) {
    return `${body.slice(0, 2)}${last}0000${body.slice(2, 5)}`;
  }
  if (last === "3") {
    return "012".includes(body.charAt(2)) ? null : `${body.slice(0, 3)}00000${body.slice(3, 5)}`;
  }
  if (last === "4") {
    return body.charAt(3) === "0" ? null : `${body.slice(0, 4)}00000${body.charAt(4)}`;
  }
  return body.charAt(4) === "0" ? null : `${body.slice(0, 5)}0000${last}`;
}
