// A scan whose separators may be lost: read by what is known of the label, else every candidate.
// Syntax alone cannot tell `10 L7 | 17 261231` from the lot `L717261231`.
import { GS } from "./elements.ts";
import { DEFAULT, type Elements, type Identified, type Profile } from "./reading.ts";
import { identify, normalise, type Symbology } from "./router.ts";
import { splitWithoutSeparators } from "./separators.ts";
import { summarise } from "./summary.ts";

const OPEN_ENDED: readonly string[] = ["10", "21"];
const DATES: readonly string[] = ["11", "13", "15", "17"];
const DATE_LENGTH = 8;

/** Every reading of a scan; `codes` are the AIs that its label is known to bear, in order. */
export function candidates(
  data: string,
  symbology: Symbology,
  codes: readonly string[] | null,
  profile: Profile = DEFAULT,
): readonly Identified[] {
  const found = identify(data, symbology, profile);
  if (!found.ok || found.kind !== "gs1") {
    return [found];
  }
  const [cleaned] = normalise(data, symbology, profile);
  const text = cleaned.startsWith(GS) ? cleaned.slice(1) : cleaned;
  if (text.includes(GS) || text.startsWith("(")) {
    return [found];
  }
  const { year } = profile;
  if (codes && codes.length > 0) {
    const known = splitWithoutSeparators(text, codes);
    return known.length > 0 ? known.map((split) => summarise("gs1", split, { year })) : [found];
  }
  return [found, ...withDateBehind(found.ais).map((split) => summarise("gs1", split, { year }))];
}

/** A lot or serial that ends like a date element may be one that swallowed it. */
function withDateBehind(elements: Elements): readonly Elements[] {
  const last = elements.at(-1);
  if (!last) {
    return [];
  }
  const [code, value] = last;
  const kept = value.slice(0, -DATE_LENGTH);
  const tail = value.slice(-DATE_LENGTH);
  const date = tail.slice(0, 2);
  if (!OPEN_ENDED.includes(code) || kept === "" || !DATES.includes(date)) {
    return [];
  }
  const before = elements.slice(0, -1);
  const text = [...before, [code, kept] as const].map(([ai, content]) => ai + content).join("");
  const codes = [...elements.map(([ai]) => ai), date];
  return splitWithoutSeparators(text + tail, codes).filter((split) => split.at(-2)?.[1] === kept);
}
