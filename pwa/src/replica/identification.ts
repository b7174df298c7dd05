/** The rules of what a scan is, as the device asks them. */
import { candidates, identify, normalise, Refused } from "../domain/identification/index.ts";
import type { Scan } from "../domain/operation.ts";
import type { Identification } from "./replica.ts";

/** Typed by hand: no scanner said what symbology it was. */
const KEYED = "keyed";

const carrier = ({ symbology }: Scan): string | null => (symbology === KEYED ? null : symbology);

function exact(scan: Scan): string | null {
  try {
    const [text] = normalise(scan.data, carrier(scan));
    return text;
  } catch (refusal) {
    if (refusal instanceof Refused) return null;
    throw refusal;
  }
}

export const identification: Identification = {
  normalise: exact,
  identify: (scan) => identify(scan.data, carrier(scan)),
  candidates: (scan, codes) => candidates(scan.data, carrier(scan), codes),
};
