/** One code in two bursts, in ordinary work: joined where nothing else can be meant, otherwise said. */
import { identify } from "../domain/identification/index.ts";
import type { Scan } from "../domain/operation.ts";
import type { Resolved } from "../domain/resolved.ts";

/** The second half comes this soon after the first. */
export const HALVES_MS = 1_000;
/** What is joined waits for so much silence: a third piece would make another code of it. */
export const SILENCE_MS = 600;

const AIM = /^\][A-Za-z][0-9A-Za-z]/;
/** Only what checks itself: a digit that proves the number, or the grammar of GS1 around one. */
const PROVEN: ReadonlySet<string> = new Set(["gtin", "gs1", "digital_link"]);

interface Piece {
  readonly scan: Scan;
  readonly at: number;
  readonly unknown: boolean;
}

export interface Mending {
  readonly last: Piece | null;
  /** Two halves that make a code, until silence has followed. */
  readonly whole: Scan | null;
  /** More than two pieces: none of them is a code until it is quiet. */
  readonly torn: boolean;
}

export const WHOLE: Mending = { last: null, whole: null, torn: false };

/** `pass`: a scan of its own; `joined`: with the one before it is one; `torn`: a piece, and not all of it. */
export interface Heard {
  readonly mending: Mending;
  readonly as: "pass" | "joined" | "torn";
}

export interface Ear {
  resolve(scan: Scan): Resolved;
  /** Whether the scanner names the symbology before every code; null while nobody knows. */
  readonly aim: boolean | null;
}

export function mend(before: Mending, scan: Scan, at: number, ear: Ear): Heard {
  // A camera reads all of it, and what a person types is what is meant.
  if (scan.symbology !== null) return { mending: WHOLE, as: "pass" };
  const last = before.last && at - before.last.at < HALVES_MS ? before.last : null;
  const piece: Piece = { scan, at, unknown: ear.resolve(scan).type === "unknown" };
  const begins = AIM.test(scan.data);
  if (last && !begins && (before.whole || before.torn)) return torn(piece);
  const joined = last && !begins ? together(last, piece, ear) : null;
  if (joined) return { mending: { last: piece, whole: joined, torn: false }, as: "joined" };
  // A scanner that names every code has named this one before: it is the rest of it.
  if (last && !begins && ear.aim === true && AIM.test(last.scan.data)) return torn(piece);
  return { mending: { last: piece, whole: null, torn: false }, as: "pass" };
}

const torn = (piece: Piece): Heard => ({
  mending: { last: piece, whole: null, torn: true },
  as: "torn",
});

/** Both mean nothing alone, and together they are goods or a pallet that are known here. */
function together(last: Piece, piece: Piece, ear: Ear): Scan | null {
  if (!last.unknown || !piece.unknown) return null;
  const whole: Scan = { data: last.scan.data + piece.scan.data, symbology: null };
  const halves = [last.scan, piece.scan].map(({ data }) => identify(data, null));
  const read = identify(whole.data, null);
  if (halves.some(({ ok }) => ok) || !read.ok || read.warnings.length > 0) return null;
  const meant = ear.resolve(whole);
  if (meant.type === "item" && PROVEN.has(read.kind)) return whole;
  return meant.type === "lpn" && meant.announced !== null && read.sscc !== null ? whole : null;
}
