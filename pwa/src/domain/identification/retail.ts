// What the EAN/UPC symbologies carry: a GTIN, in full or as UPC-E, perhaps with a composite.
import { expandUpcE, hasCheckDigit } from "./check-digits.ts";
import { readElements } from "./elements.ts";
import { accepted, type Identified, Refused } from "./reading.ts";
import { summarise } from "./summary.ts";

const EAN_8 = "]E4";
const COMPOSITE = "|]e0";
const FULL_LENGTHS: readonly number[] = [12, 13, 14];
/** UPC-E without number system and check digit, without check digit, and in full. */
const SUPPRESSED_LENGTHS: readonly number[] = [6, 7, 8];

/** The GTIN, and the element string of the composite component printed above it. */
export function readRetail(text: string, symbology: string, year: number | null): Identified {
  const bar = text.indexOf(COMPOSITE);
  const gtin14 = gtin(bar < 0 ? text : text.slice(0, bar), symbology);
  if (bar < 0) {
    return accepted("gtin", { gtin14 });
  }
  return summarise("gs1", readElements(text.slice(bar + COMPOSITE.length)), { gtin14, year });
}

function gtin(digits: string, symbology: string): string {
  if (!/^[0-9]*$/.test(digits)) {
    throw new Refused("charset", "A GTIN has digits only.", "gtin");
  }
  const full = [...(symbology === EAN_8 ? [8] : FULL_LENGTHS)].includes(digits.length);
  if (!full && (symbology === EAN_8 || !SUPPRESSED_LENGTHS.includes(digits.length))) {
    throw new Refused("length", "A GTIN does not have this many digits.", "gtin");
  }
  const number = full ? digits : expanded(digits);
  if (!hasCheckDigit(number)) {
    throw new Refused("check_digit", "The check digit of this GTIN is wrong.", "gtin");
  }
  return number.padStart(14, "0");
}

function expanded(digits: string): string {
  const full = expandUpcE(digits.length === 6 ? `0${digits}` : digits);
  if (full === null) {
    throw new Refused("check_digit", "This is not a valid UPC-E.", "gtin");
  }
  return full;
}
