/** What the code for checking scanners looks like when it arrives: where it lies, and which sign became which. Pure. */
import { SCANNER_CHECK } from "../domain/identification/tables.ts";

const [FIRST = "", SECOND = ""] = SCANNER_CHECK;
const GS = "\x1d";
const PRINTED = FIRST + SECOND;
/** A scanner adds no more than this before, behind or instead of the separator. */
const ADDED = 12;
const STAND_IN = 6;
const SAME = 3;
const OTHER_CASE = 2;
const CONTRADICTION = 6;

/** The printed code as it lies in a text: what stands around it, and instead of GS. */
export interface Fit {
  readonly head: string;
  readonly separator: string;
  readonly tail: string;
  /** Printed sign → the sign that arrived. */
  readonly seen: ReadonlyMap<string, string>;
  readonly contradictions: number;
}

/** The likeliest way the printed code lies in this text; null when it is another code. */
export function fitted(text: string): Fit | null {
  let best: { fit: Fit; score: number } | null = null;
  for (const fit of fits(text)) {
    const score = scored(fit);
    if (best === null || score > best.score) best = { fit, score };
  }
  return best && best.fit.contradictions <= 1 ? best.fit : null;
}

function* fits(text: string): Generator<Fit> {
  const spare = text.length - PRINTED.length;
  for (let head = 0; head <= Math.min(spare, ADDED); head += 1) {
    for (let gs = 0; gs <= Math.min(spare - head, STAND_IN); gs += 1) {
      if (spare - head - gs <= ADDED) yield lying(text, head, gs);
    }
  }
}

function lying(text: string, head: number, gs: number): Fit {
  const middle = head + FIRST.length;
  const end = middle + gs + SECOND.length;
  const arrived = text.slice(head, middle) + text.slice(middle + gs, end);
  return {
    head: text.slice(0, head),
    separator: text.slice(middle, middle + gs),
    tail: text.slice(end),
    ...compared(arrived),
  };
}

/** One printed sign arrives as one sign, and no two as the same; anything else contradicts. */
function compared(arrived: string): Pick<Fit, "seen" | "contradictions"> {
  const seen = new Map<string, string>();
  const taken = new Map<string, string>();
  let contradictions = 0;
  [...PRINTED].forEach((printed, at) => {
    const sign = arrived.charAt(at);
    const before = seen.get(printed) ?? sign;
    const owner = taken.get(sign) ?? printed;
    if (before !== sign || owner !== printed || sign === GS) contradictions += 1;
    seen.set(printed, before);
    taken.set(sign, owner);
  });
  return { seen, contradictions };
}

function scored({ head, tail, separator, seen, contradictions }: Fit): number {
  const alike = [...seen].reduce((sum, [printed, sign]) => sum + likeness(printed, sign), 0);
  const added = head.length + tail.length + (separator === GS ? 0 : 2 + separator.length);
  return alike - added - CONTRADICTION * contradictions;
}

function likeness(printed: string, sign: string): number {
  if (printed === sign) return SAME;
  return printed.toLowerCase() === sign.toLowerCase() ? OTHER_CASE : 1;
}

/** How much of the printed code is there in its order, where signs got lost. */
export function lostIn(text: string): readonly string[] | null {
  const lost: string[] = [];
  let from = 0;
  for (const sign of PRINTED) {
    const at = text.indexOf(sign, from);
    // A sign far away belongs to a later part: this one is lost.
    if (at < 0 || at > from + ADDED) lost.push(sign);
    else from = at + 1;
  }
  return lost.length > 0 && lost.length <= PRINTED.length / 2 ? lost : null;
}

/** Whether a cut at this place is a cut where GS stands. */
export const cutAtSeparator = (before: string, { head }: Fit): boolean =>
  before.length === head.length + FIRST.length;
