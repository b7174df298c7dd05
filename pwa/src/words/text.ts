/** Text that is not yet in a language: screens turn it into words when they draw. */
import { signal } from "@preact/signals";
import { en } from "./en.ts";
import { es } from "./es.ts";

export type Word = keyof typeof en;
export type Language = "en" | "es";
/** Every language has every word, or the build fails. */
export type Dictionary = Readonly<Record<Word, string>>;

type Slots<S extends string> = S extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Slots<Rest>
  : never;
type Values<W extends Word> = Readonly<Record<Slots<(typeof en)[W]>, string | number | Text>>;

export interface Phrase {
  readonly word: Word;
  readonly values: Readonly<Record<string, string | number | Text>>;
}

/** A phrase of ours, words of a row in several languages, or a code as it is printed. */
export type Text = string | Phrase | { readonly words: Readonly<Record<string, string>> };

export const LANGUAGES: Readonly<Record<Language, Dictionary>> = { en, es };
export const language = signal<Language>("en");

/** A phrase with its slots filled; a missing or misspelt slot is a compile error. */
export function say<W extends Word>(
  word: W,
  ...values: [Slots<(typeof en)[W]>] extends [never] ? [] : [Values<W>]
): Phrase {
  return { word, values: values[0] ?? {} };
}

// Control characters, and what turns the direction of the text around them.
const INVISIBLE = /(?![\t\n])[\p{Cc}\u2028-\u202e\u2066-\u2069\ufeff]/gu;
const LONGEST = 600;

/** Scans are hostile: nothing in a code may hide, turn or flood what stands beside it. */
const harmless = (text: string): string =>
  (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text).replace(INVISIBLE, "·");

/** The words in the language of the screen. */
export function t(text: Text, tongue: Language = language.value): string {
  if (typeof text === "string") {
    return harmless(text);
  }
  if ("words" in text) {
    return text.words[tongue] ?? text.words.en ?? "";
  }
  return LANGUAGES[tongue][text.word].replace(/\{(\w+)\}/g, (slot, name: string) => {
    const value = text.values[name];
    return value === undefined ? slot : typeof value === "number" ? `${value}` : t(value, tongue);
  });
}

/** A phrase without slots that is only known at run time. */
export const named = (word: Word): Phrase => ({ word, values: {} });
