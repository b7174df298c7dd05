/** A scanner that types: from keys, injected text and pastes to whole scans. Pure; time is the event's own. */

export type Stroke =
  /** A key that says what it is. */
  | {
      readonly type: "key";
      readonly key: string;
      readonly ctrl: boolean;
      readonly alt: boolean;
      readonly meta: boolean;
      readonly at: number;
    }
  /** A modifier was let go; ends a character typed as a number with Alt held down. */
  | { readonly type: "released"; readonly key: string; readonly at: number }
  /** Text that reached the field without usable key events: soft keyboards, intents, compositions. */
  | { readonly type: "text"; readonly text: string; readonly at: number }
  | { readonly type: "paste"; readonly text: string; readonly at: number }
  /** Nothing came for a while. */
  | { readonly type: "quiet"; readonly at: number };

export interface Wedge {
  readonly text: string;
  /** Time of the last character; NaN while there is none. */
  readonly last: number;
  /** Time of the first character. */
  readonly first: number;
  readonly strokes: number;
  /** How its characters came; both where a scanner sends keys and injects text as well. */
  readonly way: Way | null;
  /** How many of them stood alone: a person's, given back to the screen. */
  readonly returned: number;
  /** Between the last two strokes. */
  readonly gap: number;
  /** Digits typed so far while Alt is held down, as some scanners write control characters. */
  readonly alt: string;
  /** When a whole scan came in one piece; its suffix may follow as a key of its own. */
  readonly whole: number;
}

export type Way = "keys" | "text" | "paste" | "both";

export interface Read {
  readonly data: string;
  readonly way: Way;
  /** Time of its first character. */
  readonly from: number;
  /** Typed by a person, going by the pace; a scanner is faster. */
  readonly typed: boolean;
}

export interface Heard {
  readonly wedge: Wedge;
  readonly scans: readonly Read[];
  /** The stroke belongs to a scan: nothing else on the screen may react to it. */
  readonly taken: boolean;
  /** A key that was taken and turned out to be a person's. */
  readonly back: string | null;
}

export const SILENT: Wedge = {
  text: "",
  last: Number.NaN,
  first: Number.NaN,
  strokes: 0,
  way: null,
  returned: 0,
  gap: Number.POSITIVE_INFINITY,
  alt: "",
  whole: Number.NaN,
};

/** A key with this much silence before and after it was pressed by a finger. */
export const ALONE_MS = 50;

/** Beyond this a scan would have ended: what stands there was never finished. */
const FORGOTTEN_MS = 1_000;
/** A lone key before a scan, by a person. */
const LONE_KEY_MS = 300;
const FASTEST_PERSON_MS = 35;
/** An Enter this soon after an injected scan is the scanner's: it must not press a button. */
const LATE_SUFFIX_MS = 300;
/** Text that comes in one piece and is longer than any shortcut is a whole scan. */
const WHOLE = 4;
const LONGEST = 16_384;

const SUFFIX = /[\r\n\t]/;
/** Several EPCs of one sled, in one burst. */
const BURST = /^(?:0x)?[0-9A-F]{24,}(?:[ ,;]+(?:0x)?[0-9A-F]{24,})+$/i;

/** Ctrl with a key is how keyboards write FNC1 (GS, 0x1D) and its relatives. */
const CONTROLS: Readonly<Record<string, string>> = {
  "\\": "\x1c",
  "]": "\x1d",
  "}": "\x1d",
  "^": "\x1e",
  "6": "\x1e",
  _: "\x1f",
  "-": "\x1f",
};
/** These are also shortcuts of a browser: control characters only in the middle of a scan. */
const CONTROLS_INSIDE: Readonly<Record<string, string>> = { d: "\x04", D: "\x04" };
const SUFFIXES_INSIDE: readonly string[] = ["m", "M", "j", "J", "i", "I"];

const ignored = (wedge: Wedge): Heard => ({ wedge, scans: [], taken: false, back: null });
const took = (wedge: Wedge, scans: readonly Read[] = []): Heard => ({
  wedge,
  scans,
  taken: true,
  back: null,
});

export function hear(before: Wedge, stroke: Stroke): Heard {
  const wedge = forget(before, stroke.at);
  switch (stroke.type) {
    case "key":
      return key(wedge, stroke);
    case "released":
      return stroke.key === "Alt" ? altReleased(wedge, stroke.at) : ignored(wedge);
    case "text":
      return text(wedge, stroke.text, stroke.at);
    case "paste":
      return took({ ...SILENT, whole: stroke.at }, pieces(stroke.text, false, "paste", stroke.at));
    case "quiet":
      return quiet(wedge, stroke.at);
  }
}

function forget(wedge: Wedge, at: number): Wedge {
  const silence = at - wedge.last;
  const lone = wedge.strokes === 1 && silence > LONE_KEY_MS;
  return lone || silence > FORGOTTEN_MS ? { ...SILENT, alt: wedge.alt } : wedge;
}

function key(wedge: Wedge, stroke: Stroke & { type: "key" }): Heard {
  const { key: name, ctrl, alt, meta, at } = stroke;
  if (name === "Enter" || name === "Tab") return suffix(wedge, at);
  if (name.length !== 1 || meta) return ignored(wedge);
  // No code begins with a blank; a focused button is pressed with one.
  if (name === " " && wedge.text === "") return ignored(wedge);
  // AltGr reports Ctrl and Alt together and writes an ordinary character.
  if (ctrl && !alt) return control(wedge, name, at);
  if (alt && !ctrl) return altHeld(wedge, name, at);
  return took(grown(wedge, name, at, 1, "keys"));
}

function control(wedge: Wedge, name: string, at: number): Heard {
  if (wedge.text !== "" && SUFFIXES_INSIDE.includes(name)) return suffix(wedge, at);
  const character = CONTROLS[name] ?? (wedge.text === "" ? undefined : CONTROLS_INSIDE[name]);
  return character ? took(grown(wedge, character, at, 1, "keys")) : ignored(wedge);
}

function altHeld(wedge: Wedge, name: string, at: number): Heard {
  if (/[0-9]/.test(name)) return took({ ...wedge, alt: wedge.alt + name });
  // A character some layouts write with Alt (Option).
  return took(grown(wedge, name, at, 1, "keys"));
}

function altReleased(wedge: Wedge, at: number): Heard {
  const code = Number(wedge.alt);
  const rest = { ...wedge, alt: "" };
  if (wedge.alt === "" || code === 0 || code > 126) return ignored(rest);
  return took(grown(rest, String.fromCharCode(code), at, 1, "keys"));
}

/** The key stays in the text all the same: a scanner that stumbled must not lose its first characters. */
function quiet(wedge: Wedge, at: number): Heard {
  const alone = wedge.gap >= ALONE_MS && at - wedge.last >= ALONE_MS;
  if (!alone || wedge.strokes === wedge.returned) return ignored(wedge);
  return { ...ignored({ ...wedge, returned: wedge.returned + 1 }), back: wedge.text.slice(-1) };
}

function suffix(wedge: Wedge, at: number): Heard {
  if (at - wedge.whole < LATE_SUFFIX_MS) return took(SILENT);
  if (wedge.strokes === wedge.returned) return ignored(SILENT);
  return took(SILENT, pieces(wedge.text, slow(wedge, at), wedge.way ?? "keys", wedge.first));
}

/** Only tells a scan from typing; it never ends one. */
function slow(wedge: Wedge, at: number): boolean {
  const { strokes, first } = wedge;
  return strokes > 0 && (strokes < 3 || (at - first) / strokes >= FASTEST_PERSON_MS);
}

function text(wedge: Wedge, added: string, at: number): Heard {
  if (added === "") return ignored(wedge);
  if (!SUFFIX.test(added)) {
    const whole = wedge.text === "" && added.length >= WHOLE;
    return whole
      ? took({ ...SILENT, whole: at }, pieces(added, false, "text", at))
      : took(grown(wedge, added, at, added.length, "text"));
  }
  const parts = (wedge.text + added).split(SUFFIX);
  const rest = parts.pop() ?? "";
  const typed = wedge.text !== "" && added.length === 1 && slow(wedge, at);
  const { way, first } = grown(wedge, added, at, 0, "text");
  const scans = parts.flatMap((part) => pieces(part, typed, way ?? "text", first));
  return took(rest === "" ? SILENT : grown(SILENT, rest, at, rest.length, "text"), scans);
}

function grown(wedge: Wedge, added: string, at: number, strokes: number, way: Way): Wedge {
  return {
    // An endless stream without suffix must not eat the memory; identification refuses it anyway.
    text: (wedge.text + added).slice(0, LONGEST),
    last: at,
    first: Number.isNaN(wedge.first) ? at : wedge.first,
    strokes: wedge.strokes + strokes,
    way: wedge.way === null || wedge.way === way ? way : "both",
    returned: wedge.returned,
    gap: Number.isNaN(wedge.last) ? Number.POSITIVE_INFINITY : at - wedge.last,
    alt: wedge.alt,
    whole: Number.NaN,
  };
}

/** One scan a line, and one a tag where a sled sends many at once. */
function pieces(all: string, typed: boolean, way: Way, from: number): Read[] {
  return all
    .split(SUFFIX)
    .filter((line) => line.trim() !== "")
    .flatMap((line) => (BURST.test(line.trim()) ? line.trim().split(/[ ,;]+/) : [line]))
    .map((data) => ({ data, typed, way, from }));
}
