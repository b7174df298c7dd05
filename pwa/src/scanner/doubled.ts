/** A scanner that speaks twice: keys and injected text at once, or one code behind itself. */
import { identify } from "../domain/identification/index.ts";
import type { Read } from "./wedge.ts";

/** Shorter codes may well be the same half twice. */
const LONG = 8;
/** No code is longer, twice; an endless stream is not searched. */
const LONGEST = 1_024;

/** The code inside a text that holds it twice: behind itself, or put into the middle of itself. */
export function twiceIn(text: string): string | null {
  const long = text.length / 2;
  if (!Number.isInteger(long) || long === 0 || text.length > LONGEST) return null;
  for (let at = 0; at <= long; at += 1) {
    const inner = text.slice(at, at + long);
    if (text.slice(0, at) + text.slice(at + long) === inner) return inner;
  }
  return null;
}

/** One code for one trigger. `clean` turns what was sent into what is printed. */
export function single({ data, way }: Read, clean: (raw: string) => string): string {
  const whole = clean(data);
  const half = twiceIn(data);
  if (half === null) return whole;
  const one = clean(half);
  // Two ways in one scan: the scanner sends keys and injects text as well.
  if (way === "both") return one;
  const behind = data === half + half && half.length >= LONG;
  return behind && isOnlyOne(one, whole) ? one : whole;
}

/** The half is a code and the whole is none; none of our own codes holds another one. */
function isOnlyOne(one: string, whole: string): boolean {
  const read = identify(one, null);
  if (!read.ok) return false;
  return read.kind === "internal" || !identify(whole, null).ok;
}
