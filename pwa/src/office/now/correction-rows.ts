/** Corrections as the server tells them. */
import { body, items, list, maybe, number, text } from "../rows.ts";
import { named } from "./rows.ts";

export interface Reason {
  readonly id: string;
  readonly code: string;
  readonly label: Readonly<Record<string, string>>;
}

export interface Choices {
  readonly reasons: readonly Reason[];
  /** How much one person may correct alone; null = any number, any value. */
  readonly limit: { readonly pieces: number | null; readonly value: string | null };
}

export interface Correction {
  readonly id: string;
  readonly kind: "adjust" | "scrap" | "found";
  readonly state: string;
  readonly place: string;
  readonly item: string;
  readonly lot: string | null;
  readonly change: number;
  /** What it was worth when it was asked for, where somebody had said what a piece costs. */
  readonly value: string | null;
  readonly reason: Readonly<Record<string, string>>;
  readonly note: string | null;
  readonly askedBy: string | null;
  readonly askedAt: number | null;
  readonly decidedBy: string | null;
  readonly mine: boolean;
}

const words = (value: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(body(value)).map(([tongue, said]) => [tongue, text(said)]));

export const choices = (answer: unknown): Choices => ({
  reasons: list(body(answer).reasons).map((value) => {
    const row = body(value);
    return { id: text(row.id), code: text(row.code), label: words(row.label) };
  }),
  limit: {
    pieces: number(body(body(answer).limit).quantity),
    value: maybe(body(body(answer).limit).value),
  },
});

const correction = (value: unknown): Correction => {
  const row = body(value);
  const kind = row.kind === "scrap" || row.kind === "found" ? row.kind : "adjust";
  return {
    id: text(row.id),
    kind,
    state: text(row.state),
    place: maybe(row.lpn_code) ?? text(row.place_code),
    item: named(row),
    lot: maybe(row.lot_code),
    change: number(row.change) ?? 0,
    value: maybe(row.value),
    reason: words(row.reason),
    note: maybe(row.note),
    askedBy: maybe(row.asked_by),
    askedAt: number(row.asked_at),
    decidedBy: maybe(row.decided_by),
    mine: row.mine === true,
  };
};

export const corrections = (answer: unknown): readonly Correction[] =>
  items(answer).map(correction);
