/** What keys do to an entry: pure, so that hardware keys and the screen agree. */

/** Longest number a pad takes: a pallet of screws, not a barcode in the wrong field. */
const DIGITS = 6;

export interface Entry {
  readonly text: string;
  /** A number far above the usual one, shown once before it counts. */
  readonly doubted: string | null;
}

export const EMPTY: Entry = { text: "", doubted: null };

export function typed(entry: Entry, key: string, longest = DIGITS): Entry {
  return entry.text.length >= longest ? entry : { text: entry.text + key, doubted: null };
}

export const shortened = (entry: Entry): Entry => ({
  text: entry.text.slice(0, -1),
  doubted: null,
});

export type Verdict =
  | { readonly type: "done"; readonly value: number }
  | { readonly type: "ask"; readonly entry: Entry }
  | { readonly type: "nothing" };

/** Ten times the usual number is asked for once more, in place. */
export function confirmed(entry: Entry, usual: number, factor: number): Verdict {
  if (entry.text === "") {
    return { type: "nothing" };
  }
  const value = Number(entry.text) * factor;
  return value > usual * 10 && entry.doubted !== entry.text
    ? { type: "ask", entry: { ...entry, doubted: entry.text } }
    : { type: "done", value };
}

/** Day, month and year as they are typed. */
export const asDate = (text: string): string =>
  "DDMMYY"
    .replace(/./g, (slot, at: number) => text[at] ?? slot)
    .replace(/(..)(..)(..)/, "$1.$2.$3");
