/** What the office is told about files: kinds, how one may be read, what a look showed. */
import { body, count, list, text } from "../start/rows.ts";

export const OWN = "columns";
export const DELIMITERS = [",", ";", "\t", "|"] as const;
export const ENCODINGS = ["utf-8-sig", "cp1252"] as const;
export const DATES = ["iso", "day_first", "month_first"] as const;

export interface Kind {
  readonly kind: string;
  readonly presets: readonly string[];
  readonly columns: ReadonlyArray<{ readonly name: string; readonly required: boolean }>;
}

/** How a file is read; sent back to the server as it is. */
export interface Choice {
  readonly preset: string;
  readonly columns: Readonly<Record<string, string>>;
  readonly delimiter: string;
  readonly encoding: string;
  readonly decimal_comma: boolean;
  readonly dates: string;
}

export interface Brought {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly spreadsheet: boolean;
  readonly state: string;
  readonly total: number;
  readonly read: number;
  readonly good: number;
  readonly bad: number;
  readonly problems: ReadonlyArray<readonly [code: string, times: number]>;
  /** The file as a whole could not be taken. */
  readonly problem: string | null;
  readonly created: number;
}

export interface Uploaded {
  readonly brought: Brought;
  readonly header: readonly string[];
  readonly choice: Choice;
}

export interface Line {
  readonly row: number;
  readonly cells: readonly string[];
  readonly problem: string | null;
  readonly said: string;
}

export interface Preview {
  readonly header: readonly string[];
  readonly lines: readonly Line[];
  readonly lookedAt: number;
  readonly bad: number;
  readonly more: boolean;
}

export const kinds = (value: unknown): readonly Kind[] =>
  list(body(value).items).map((one) => {
    const row = body(one);
    const columns = list(row.columns).map((column) => {
      const { name, required } = body(column);
      return { name: text(name), required: required === true };
    });
    return { kind: text(row.kind), presets: list(row.presets).map(text), columns };
  });

export const brought = (value: unknown): Brought => {
  const row = body(value);
  return {
    id: text(row.id),
    kind: text(row.kind),
    name: text(row.name),
    spreadsheet: row.spreadsheet === true,
    state: text(row.state),
    total: count(row.total),
    read: count(row.read),
    good: count(row.good),
    bad: count(row.bad),
    problems: Object.entries(body(row.problems)).map(([code, times]) => [code, count(times)]),
    problem: text(body(row.problem).code) || null,
    created: count(row.created_at),
  };
};

export const uploaded = (value: unknown): Uploaded => {
  const row = body(value);
  return {
    brought: brought(value),
    header: list(row.header)
      .map((cell) => text(cell).trim())
      .filter((cell) => cell !== ""),
    choice: choice(row.choice),
  };
};

const choice = (value: unknown): Choice => {
  const row = body(value);
  const columns = Object.entries(body(row.columns)).map(([ours, theirs]) => [ours, text(theirs)]);
  return {
    preset: text(row.preset),
    columns: Object.fromEntries(columns) as Record<string, string>,
    delimiter: text(row.delimiter),
    encoding: text(row.encoding),
    decimal_comma: row.decimal_comma === true,
    dates: text(row.dates),
  };
};

export const preview = (value: unknown): Preview => {
  const answer = body(value);
  return {
    header: list(answer.header).map(text),
    lines: list(answer.rows).map((one) => {
      const row = body(one);
      return {
        row: count(row.row),
        cells: list(row.cells).map(text),
        problem: text(row.problem) || null,
        said: text(row.said),
      };
    }),
    lookedAt: count(answer.looked_at),
    bad: count(answer.bad),
    more: answer.more === true,
  };
};

/** Columns that must be there and have been matched with none of the file's. */
export const unmatched = (kind: Kind, chosen: Choice): readonly string[] =>
  chosen.preset === OWN
    ? kind.columns.filter((c) => c.required && !chosen.columns[c.name]).map((c) => c.name)
    : [];
