/** What the server says a table is: its columns, some rows, and where rows lead. */
import { type Body, body, list, maybe, number, text } from "../rows.ts";

const KINDS = [
  "id",
  "text",
  "number",
  "quantity",
  "instant",
  "day",
  "flag",
  "word",
  "words",
  "packagings",
] as const;
export type Kind = (typeof KINDS)[number];

export interface Column {
  readonly name: string;
  readonly kind: Kind;
  readonly sorts: boolean;
  readonly filters: boolean;
  readonly shown: boolean;
  /** The catalogue of its values. */
  readonly words: string;
  readonly choices: readonly string[];
}

export type Row = Body & { readonly key: string };

/** A row leads to another table: its filters there → columns here. */
export interface Link {
  readonly table: string;
  readonly filters: Readonly<Record<string, string>>;
}

export interface Answered {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  readonly opens: readonly Link[];
  readonly next: string | null;
  readonly previous: string | null;
  readonly total: number | null;
  readonly more: boolean;
  readonly sort: string;
  readonly timeZone: string;
  readonly xlsx: boolean;
}

const column = (value: unknown): Column => {
  const one = body(value);
  return {
    name: text(one.name),
    kind: KINDS.find((kind) => kind === one.kind) ?? "text",
    sorts: one.sorts === true,
    filters: one.filters === true,
    shown: one.shown === true,
    words: text(one.words),
    choices: list(one.choices).map(text),
  };
};

const row = (value: unknown): Row => {
  const one = body(value);
  return { ...one, key: text(one.key) };
};

const link = (value: unknown): Link => {
  const one = body(value);
  const filters = Object.entries(body(one.filters)).map(([name, from]) => [name, text(from)]);
  return { table: text(one.table), filters: Object.fromEntries(filters) };
};

export function answered(value: unknown): Answered {
  const one = body(value);
  return {
    columns: list(one.columns).map(column),
    rows: list(one.rows).map(row),
    opens: list(one.opens).map(link),
    next: maybe(one.next),
    previous: maybe(one.previous),
    total: number(one.total),
    more: one.more === true,
    sort: text(one.sort),
    timeZone: text(one.time_zone) || "UTC",
    xlsx: one.xlsx === true,
  };
}

/** The filters of a link for this row; null where the row has nothing to follow. */
export function followed(link: Link, from: Row): Readonly<Record<string, string>> | null {
  const filters = Object.entries(link.filters).map(
    ([name, column]) => [name, from[column]] as const,
  );
  const [first] = filters;
  if (!first || typeof first[1] !== "string" || first[1] === "") return null;
  const given = filters.flatMap(([name, value]) =>
    typeof value === "string" && value !== "" ? [[name, value] as const] : [],
  );
  return Object.fromEntries(given);
}
