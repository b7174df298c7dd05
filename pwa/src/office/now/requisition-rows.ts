/** Requisitions as the server tells them. */
import { body, items, list, maybe, number, text } from "../rows.ts";
import { named } from "./rows.ts";

export const PROGRESS = ["waiting", "preparing", "shipped", "cancelled"] as const;
export type Progress = (typeof PROGRESS)[number];
export const STATES = ["requested", "approved", "rejected"] as const;
export type State = (typeof STATES)[number];

export interface AskedLine {
  readonly item: string;
  readonly words: string;
  readonly quantity: number;
  readonly approved: number | null;
}

export interface Requisition {
  readonly id: string;
  readonly number: string;
  readonly state: State;
  readonly progress: Progress | null;
  readonly forWhom: string;
  readonly wantedBy: number | null;
  readonly note: string | null;
  readonly lines: readonly AskedLine[];
  readonly askedBy: string | null;
  readonly askedAt: number | null;
  readonly decisionNote: string | null;
  readonly mine: boolean;
}

const line = (value: unknown): AskedLine => {
  const row = body(value);
  return {
    item: text(row.item),
    words: named(row),
    quantity: number(row.quantity) ?? 0,
    approved: number(row.approved),
  };
};

const requisition = (value: unknown): Requisition => {
  const row = body(value);
  return {
    id: text(row.id),
    number: text(row.number),
    state: STATES.find((state) => state === row.state) ?? "requested",
    progress: PROGRESS.find((progress) => progress === row.progress) ?? null,
    forWhom: text(row.for_whom),
    wantedBy: number(row.wanted_by),
    note: maybe(row.note),
    lines: list(row.lines).map(line),
    askedBy: maybe(row.asked_by),
    askedAt: number(row.asked_at),
    decisionNote: maybe(row.decision_note),
    mine: row.mine === true,
  };
};

export const requisitions = (answer: unknown): readonly Requisition[] =>
  items(answer).map(requisition);
