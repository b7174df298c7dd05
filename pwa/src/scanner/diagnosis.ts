/** What is wrong with a scanner's configuration, from how it sent one known code. Pure. */
import { CHARACTERS } from "../domain/identification/tables.ts";
import { cutAtSeparator, type Fit, fitted, lostIn } from "./check.ts";
import { twiceIn } from "./doubled.ts";
import { PLAIN, type ScannerProfile, turned, WANDERING } from "./profile.ts";
import { hear, SILENT, type Stroke, type Way, type Wedge } from "./wedge.ts";

export type Finding =
  /** Scanning would go wrong: only the scanner's own configuration helps. */
  | "no_suffix"
  | "both_ways"
  | "cut"
  | "cut_at_gs"
  | "gs_lost"
  | "gs_unsafe"
  | "signs_lost"
  | "layout_far"
  | "joined"
  | "capitals_lost"
  /** Not made up for: Caps Lock is pressed again one day. */
  | "capitals_inverted"
  | "code_id"
  | "not_gs1"
  | "other_code"
  /** This device makes up for it. */
  | "gs_replaced"
  | "layout"
  | "prefix"
  | "suffix"
  | "doubled"
  /** Scanning works; better all the same. */
  | "slow"
  | "aim_off";

export type Weight = "stops" | "helped" | "hint";

const WEIGHTS: Readonly<Record<Finding, Weight>> = {
  no_suffix: "stops",
  both_ways: "stops",
  cut: "stops",
  cut_at_gs: "stops",
  gs_lost: "stops",
  gs_unsafe: "stops",
  signs_lost: "stops",
  layout_far: "stops",
  joined: "stops",
  capitals_lost: "stops",
  capitals_inverted: "stops",
  code_id: "stops",
  not_gs1: "stops",
  other_code: "stops",
  gs_replaced: "helped",
  layout: "helped",
  prefix: "helped",
  suffix: "helped",
  doubled: "helped",
  slow: "hint",
  aim_off: "hint",
};

export const weightOf = (finding: Finding): Weight => WEIGHTS[finding];

export interface Found {
  readonly finding: Finding;
  /** The signs it is about, as they arrived; empty where there are none. */
  readonly signs: string;
}

export interface Diagnosis {
  readonly found: readonly Found[];
  /** How to read this scanner from now on; null where no setting of this device helps. */
  readonly profile: ScannerProfile | null;
}

/** What arrived between two silences, and whether a suffix ended it. */
export interface Piece {
  readonly text: string;
  readonly ended: boolean;
  readonly way: Way;
  readonly typed: boolean;
}

const GS = "\x1d";
/** “]C1”. */
const AIM = 3;
const UNDERSTOOD = [GS, "<GS>", "{GS}", "\u241d"];
const GOODS: ReadonlySet<string> = new Set(CHARACTERS.X ?? "");
const found = (finding: Finding, signs = ""): Found => ({ finding, signs });

/** What the scanner sent for one pull of its trigger, silence after it included. */
export function piecesOf(strokes: readonly Stroke[]): readonly Piece[] {
  let wedge: Wedge = SILENT;
  const pieces: Piece[] = [];
  for (const stroke of strokes) {
    const heard = hear(wedge, stroke);
    wedge = heard.wedge;
    for (const { data, typed, way } of heard.scans)
      pieces.push({ text: data, ended: true, way, typed });
  }
  const { text, way, strokes: all, returned } = wedge;
  if (text !== "" && all > returned)
    pieces.push({ text, ended: false, way: way ?? "keys", typed: false });
  return pieces;
}

export function diagnosed(pieces: readonly Piece[]): Diagnosis {
  const { text, about } = joined(pieces);
  const fit = fitted(text);
  const manner = [
    ...about,
    ...(pieces.some((piece) => !piece.ended) ? [found("no_suffix")] : []),
    ...(pieces.some((piece) => piece.typed) ? [found("slow")] : []),
  ];
  if (fit === null) return judged([...manner, unfitted(text)], PLAIN);
  const { head, aim } = headOf(fit);
  const reading = [
    ...separatorOf(fit.separator),
    ...signsOf(fit),
    ...(head.length === 1 && /[A-Za-z]/.test(head) ? [found("code_id", head)] : []),
    ...(head === "" || /^[A-Za-z]$/.test(head) ? [] : [found("prefix", head)]),
    ...(fit.tail === "" ? [] : [found("suffix", fit.tail)]),
    ...(aim === null ? [found("aim_off")] : []),
    ...(aim === "0" ? [found("not_gs1")] : []),
  ];
  return judged([...manner, ...reading], profileOf(fit, head, aim !== null));
}

function judged(all: readonly Found[], profile: ScannerProfile): Diagnosis {
  const stops = all.some(({ finding }) => weightOf(finding) === "stops");
  return { found: all, profile: stops ? null : profile };
}

function unfitted(text: string): Found {
  const lost = lostIn(text);
  return lost ? found("signs_lost", lost.join(" ")) : found("other_code", text.slice(0, 40));
}

/** One text from what came, and what is wrong with its coming in several pieces. */
function joined(pieces: readonly Piece[]): { text: string; about: readonly Found[] } {
  const [first, ...others] = pieces;
  if (!first) return { text: "", about: [] };
  if (others.length === 0) return alone(first);
  if (others.every(({ text }) => text === first.text)) {
    const ways = new Set(pieces.map(({ way }) => way));
    return { text: first.text, about: [found(ways.size > 1 ? "both_ways" : "doubled")] };
  }
  const text = pieces.map((piece) => piece.text).join("");
  const fit = fitted(text);
  const atGs = fit !== null && fit.separator === "" && cutAtSeparator(first.text, fit);
  return {
    // What took the place of GS is known then: it is not lost as well.
    text: atGs ? `${first.text}${GS}${text.slice(first.text.length)}` : text,
    about: fit === null ? [] : [found(atGs ? "cut_at_gs" : "cut")],
  };
}

function alone({ text, way }: Piece): { text: string; about: readonly Found[] } {
  const half = twiceIn(text);
  if (half !== null) return { text: half, about: [found(way === "both" ? "both_ways" : "joined")] };
  // Every key twice, once by itself and once as text.
  const pairs = [...text].filter((_, at) => at % 2 === 0);
  const stuttered = text.length > 1 && pairs.map((sign) => sign + sign).join("") === text;
  return stuttered ? { text: pairs.join(""), about: [found("both_ways")] } : { text, about: [] };
}

/** What stands before the code: a prefix, then the AIM identifier, whatever became of its signs. */
function headOf({ head, seen }: Fit): { head: string; aim: string | null } {
  const bare = head.endsWith(GS) ? head.slice(0, -1) : head;
  const modifier = (["1", "0"] as const).find((digit) => bare.endsWith(seen.get(digit) ?? digit));
  const named = bare.length >= AIM && /c/i.test(bare.charAt(bare.length - 2)) && modifier;
  // “]C1” as the standard has it, or its first sign as another keyboard writes it.
  const bracket = bare.charAt(bare.length - AIM);
  if (!named || /[A-Za-z0-9]/.test(bracket)) return { head: bare, aim: null };
  return { head: bare.slice(0, -AIM), aim: modifier };
}

function separatorOf(separator: string): readonly Found[] {
  if (separator === "") return [found("gs_lost")];
  if (UNDERSTOOD.includes(separator)) return [];
  // A sign that lots and serials may hold cannot stand for something else.
  const safe = [...separator].some((sign) => !GOODS.has(sign));
  return [found(safe ? "gs_replaced" : "gs_unsafe", separator)];
}

/** Letters that arrived, each with the one that was printed. */
const lettersOf = ({ seen }: Fit): ReadonlyArray<readonly [string, string]> =>
  [...seen].filter(([printed, sign]) => /[a-z]/i.test(printed) && /[a-z]/i.test(sign));

const isSmall = (letter: string): boolean => letter === letter.toLowerCase();

type Capitals = "kept" | "inverted" | "lost";

function capitalsOf(fit: Fit): Capitals {
  const letters = lettersOf(fit);
  const kept = letters.filter(([printed, sign]) => isSmall(printed) === isSmall(sign)).length;
  if (kept === letters.length) return "kept";
  return kept === 0 ? "inverted" : "lost";
}

function signsOf(fit: Fit): readonly Found[] {
  const capitals = capitalsOf(fit);
  const swapped = [...fit.seen].filter(([printed, sign]) => !alike(printed, sign, capitals));
  return [
    ...(capitals === "lost" ? [found("capitals_lost")] : []),
    ...(capitals === "inverted" ? [found("capitals_inverted")] : []),
    ...(fit.contradictions > 0 ? [found("signs_lost", pairs(swapped))] : []),
    ...(swapped.length > 0 && fit.contradictions === 0 ? [layoutFound(swapped)] : []),
  ];
}

/** Where letters moved that lie in the same place on all Latin keyboards, others may have moved unseen. */
function layoutFound(swapped: Swapped): Found {
  const near = (sign: string): boolean => WANDERING.includes(sign.toLowerCase());
  const far = swapped.some(([printed, sign]) => /[aqwyz]/i.test(printed) && !near(sign));
  return found(far ? "layout_far" : "layout", pairs(swapped));
}

const alike = (printed: string, sign: string, capitals: Capitals): boolean =>
  capitals === "kept" ? printed === sign : printed.toLowerCase() === sign.toLowerCase();

type Swapped = ReadonlyArray<readonly [string, string]>;

const pairs = (swapped: Swapped): string =>
  swapped.map(([printed, sign]) => `${printed} → ${sign}`).join(", ");

function profileOf(fit: Fit, head: string, aim: boolean): ScannerProfile {
  const moved = [...fit.seen].some(([printed, sign]) => printed !== sign);
  return {
    prefix: head,
    suffix: fit.tail,
    separator: UNDERSTOOD.includes(fit.separator) ? "" : fit.separator,
    aim,
    layout: moved ? layoutOf(fit, aim) : {},
  };
}

/** What arrives → what was meant; a letter's other case lies on the same key. */
function layoutOf({ seen, head }: Fit, aim: boolean): Record<string, string> {
  const learnt = [...seen].flatMap(([printed, sign]) =>
    /[a-z]/i.test(sign) && /[a-z]/i.test(printed)
      ? [
          [sign, printed],
          [turned(sign), turned(printed)],
        ]
      : [[sign, printed]],
  );
  const bracket = head.replaceAll(GS, "").slice(-AIM, 1 - AIM);
  return Object.fromEntries(aim ? [...learnt, [bracket, "]"]] : learnt);
}
