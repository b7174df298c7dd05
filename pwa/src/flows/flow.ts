/** What every flow is made of: a pure machine that takes one gesture at a time. */
import type { RecentOperation } from "../device.ts";
import type { AnyDraft } from "../domain/operation.ts";
import type { Resolved } from "../domain/resolved.ts";
import type { Entity, Rows } from "../domain/rows.ts";
import { named, say, type Text, type Word } from "../words/text.ts";
import type { Sweeping, SweptGesture } from "./sweep/swept.ts";

/** What a button or a command barcode can do; a flow ignores what does not fit its state. */
export const ACTIONS = [
  "back",
  "check_ok",
  "close_unit",
  "damaged",
  "empty",
  "find",
  "finish",
  "give_back",
  "label",
  "name_it",
  "new_unit",
  "other_line",
  "print",
  "ship",
  "short",
  "skip",
  "work",
  "wrong_item",
] as const;
export type Action = (typeof ACTIONS)[number];

/** What the server said about a put-away; `offline` means nobody was asked. */
export type Verdict = "allowed" | "confirm" | "forbidden" | "offline";

export interface Proposal {
  readonly place: string | null;
  readonly reason: Text | null;
  readonly alternates: readonly string[];
}

/** An online question a flow never waits for longer than a second. */
export type Question =
  | { readonly ask: "check"; readonly body: unknown; readonly about: string }
  | { readonly ask: "propose"; readonly body: unknown; readonly about: string }
  | { readonly ask: "look_up"; readonly kind: "place" | "item"; readonly about: string };

export type Reply =
  | { readonly ask: "check"; readonly about: string; readonly verdict: Verdict }
  | { readonly ask: "propose"; readonly about: string; readonly proposal: Proposal | null }
  | { readonly ask: "look_up"; readonly about: string; readonly found: Found };

/** Quantities of a look-up as the server allows them. */
export type Found =
  | { readonly state: "known"; readonly lines: ReadonlyArray<readonly [string, string]> }
  | { readonly state: "offline" | "not_allowed" };

export type Gesture =
  | { readonly type: "scanned"; readonly resolved: Resolved }
  /** Tags of one pull of a sled's trigger. */
  | SweptGesture
  /** A number from the pad, in base units. */
  | { readonly type: "keyed"; readonly value: number }
  /** Text from the pad where a lot, serial or date is asked. */
  | { readonly type: "typed"; readonly text: string }
  | { readonly type: "chosen"; readonly key: string }
  | { readonly type: "pressed"; readonly action: Action }
  | { readonly type: "answered"; readonly reply: Reply }
  /** The rows changed below us: a pull, or own work applied. */
  | { readonly type: "changed" };

export type Tone = "ok" | "step" | "caution" | "wrong";

export interface Feedback {
  readonly tone: Tone;
  readonly words: Text;
  /** How near what is looked for sounds, of 100. */
  readonly near?: number;
}

/** The answer of a machine to one gesture; `record` must be on disk before `feedback` is given. */
export interface Step<S> {
  readonly state: S;
  readonly record?: readonly AnyDraft[];
  readonly feedback?: Feedback;
  readonly ask?: Question;
}

/** What a flow may know about the world: rows, ids, and nothing that waits. */
export interface World {
  get<E extends Entity>(entity: E, id: string): Rows[E] | undefined;
  all<E extends Entity>(entity: E): ReadonlyArray<Rows[E]>;
  newId(): string;
  /** uuid5, the same on server and device. */
  derive(namespace: string, name: string): string;
  /** The answer of the server to an operation, null while there is none. */
  outcome(operation: string): string | null;
  /** What this device itself has recorded lately, newest first. */
  own(): readonly RecentOperation[];
  today(): string;
  /** Who works here. */
  me(): string | null;
}

export interface Flow<S> {
  readonly name: string;
  /** Raise it when a state an earlier version of the app kept can no longer be read. */
  readonly shape: number;
  /** Where a state can be: the names of its `at`. */
  readonly stands: Readonly<Record<string, true>>;
  start(world: World): S;
  next(state: S, gesture: Gesture, world: World): Step<S>;
  /** Which kinds of scan this state can use; decides what an ambiguous code means here. */
  expects(state: S): ReadonlyArray<Resolved["type"]>;
  /** How this state takes the tags of a sled; null or absent: one by one, like labels. */
  sweeps?(state: S): Sweeping | null;
  /** Nothing is half done here: the app may be replaced by its next version. */
  resting(state: S): boolean;
}

export const stay = <S>(state: S, tone: Tone, words: Text): Step<S> => ({
  state,
  feedback: { tone, words },
});

export const go = <S>(state: S, words: Text): Step<S> => ({
  state,
  feedback: { tone: "step", words },
});

/** Stay, and say what was scanned instead of what was expected. */
export function refuse<S>(state: S, resolved: Resolved, expected: Text): Step<S> {
  switch (resolved.type) {
    case "unknown":
      return stay(state, "wrong", unknownWords(resolved, expected));
    case "ambiguous":
      return stay(state, "caution", say("wrong.ambiguous", { expected }));
    default:
      return stay(
        state,
        "wrong",
        say("wrong.kind", { got: say(`kind.${resolved.type}`), expected }),
      );
  }
}

/** A label that is damaged, or was read wrong, is not the same as one that nobody knows. */
const unknownWords = (
  { code, fault }: Extract<Resolved, { type: "unknown" }>,
  expected: Text,
): Text =>
  fault === undefined
    ? say("wrong.unknown", { code, expected })
    : say("wrong.faulty", { code, why: named(faultWord(fault)) });

/** Refusals in words of a picker; what the rules of a code are called does not help him. */
export function faultWord(fault: string): Word {
  const name = fault.replace("identification.", "");
  if (name === "check_digit") return "fault.check_digit";
  if (name === "not_ascii" || name === "control_character") return "fault.signs";
  if (name === "too_long") return "fault.too_long";
  return name.startsWith("epc_") ? "fault.tag" : "fault.label";
}

/** The one reading of an ambiguous scan this state can use; otherwise the scan as it was. */
export function narrow(resolved: Resolved, expected: ReadonlyArray<Resolved["type"]>): Resolved {
  if (resolved.type !== "ambiguous") {
    return resolved;
  }
  const fitting = usable(resolved, expected);
  const [only] = fitting;
  return fitting.length === 1 && only ? only : resolved;
}

/** The meanings of an ambiguous scan that this state can use. */
export const usable = (
  resolved: Resolved,
  expected: ReadonlyArray<Resolved["type"]>,
): readonly Resolved[] =>
  resolved.type === "ambiguous"
    ? resolved.readings.filter((reading) => expected.includes(reading.type))
    : [];

export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
