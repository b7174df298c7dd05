/**
 * How the scanner of this device delivers a code, as the set-up page found out. Applied on the way in, before
 * anybody identifies or records the scan: the server reads the same operation and knows no device's profile.
 */

export interface ScannerProfile {
  /** What the scanner puts before and behind every code. */
  readonly prefix: string;
  readonly suffix: string;
  /** What it types where the code says GS; empty: GS itself. */
  readonly separator: string;
  /**
   * Whether it names the symbology first (AIM identifier); null while nobody knows. Where it does, what comes without
   * one right behind a code is the rest of that code.
   */
  readonly aim: boolean | null;
  /** It types for another keyboard: what arrives, and what was meant. Empty: nothing to translate. */
  readonly layout: Readonly<Record<string, string>>;
}

export const PLAIN: ScannerProfile = {
  prefix: "",
  suffix: "",
  separator: "",
  aim: null,
  layout: {},
};

/** Stands for a character that could have been two things: identification refuses it. */
export const DOUBTFUL = "\ufffd";
const GS = "\x1d";
/** Letters that lie elsewhere on some Latin keyboard; the others are the same on all. */
export const WANDERING = "aqwyzmi";

export function turned(letter: string): string {
  const small = letter.toLowerCase();
  return letter === small ? letter.toUpperCase() : small;
}

/** The code as it is printed, from what the scanner sent. */
export function compensated(profile: ScannerProfile, raw: string): string {
  const { prefix, suffix, separator } = profile;
  const behind = raw.startsWith(prefix) ? raw.slice(prefix.length) : raw;
  const bare = behind.endsWith(suffix) ? behind.slice(0, behind.length - suffix.length) : behind;
  const parts = separator === "" ? [bare] : bare.split(separator);
  return parts.map((part) => translated(profile, part)).join(GS);
}

function translated({ layout }: ScannerProfile, text: string): string {
  if (Object.keys(layout).length === 0) return text;
  return [...text].map((seen) => meaning(layout, seen)).join("");
}

/** A sign that was not on the paper may have been anything: a refusal is better than a guess. */
function meaning(layout: Readonly<Record<string, string>>, seen: string): string {
  const known = Object.hasOwn(layout, seen) ? layout[seen] : undefined;
  if (known !== undefined) return known;
  const settled = /[a-z]/i.test(seen) && !WANDERING.includes(seen.toLowerCase());
  return settled || seen < " " ? seen : DOUBTFUL;
}

const isText = (value: unknown): value is string => typeof value === "string" && value.length < 40;

/** What was kept on the device, if it is what it should be. */
export function profileFrom(kept: unknown): ScannerProfile {
  if (typeof kept !== "object" || kept === null) return PLAIN;
  const { prefix, suffix, separator, aim, layout } = kept as Record<string, unknown>;
  if (!isText(prefix) || !isText(suffix) || !isText(separator)) return PLAIN;
  const pairs = typeof layout === "object" && layout !== null ? Object.entries(layout) : [];
  return {
    prefix,
    suffix,
    separator,
    aim: typeof aim === "boolean" ? aim : null,
    layout: Object.fromEntries(pairs.filter(([, meant]) => isText(meant))),
  };
}
