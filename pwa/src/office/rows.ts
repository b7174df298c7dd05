/** What the office is told: checked shapes of the answers it shows. */

export interface Story {
  readonly operation: string;
  readonly seq: number | null;
  readonly device_label: string;
  readonly actor_name: string;
  readonly kind: string;
  readonly eff_at: string;
  readonly recorded_at: string;
  readonly words: Readonly<Record<string, string>> | string;
}

export interface ExceptionRow {
  readonly id: string;
  readonly code: string;
  readonly subject_label: string;
  readonly severity: string;
  readonly state: string;
  readonly opened_at: string;
  readonly stories: readonly Story[];
  readonly resolutions: readonly string[];
}

export interface CountLine {
  readonly item: string;
  readonly lot: string | null;
  readonly counted: number | null;
  readonly book: number | null;
  readonly variance: number | null;
}

export interface Sheet {
  readonly id: string;
  readonly place: string;
  readonly state: string;
  readonly counter: string;
  readonly marks: readonly string[];
  readonly lines: readonly CountLine[];
}

type Body = Readonly<Record<string, unknown>>;

const body = (value: unknown): Body =>
  typeof value === "object" && value !== null ? (value as Body) : {};

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const maybe = (value: unknown): string | null => (typeof value === "string" ? value : null);
const number = (value: unknown): number | null => (typeof value === "number" ? value : null);
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const items = (answer: unknown): readonly unknown[] =>
  list(body(answer).items ?? body(answer).sheets);

const story = (value: unknown): Story => {
  const row = body(value);
  return {
    operation: text(row.operation),
    seq: number(row.seq),
    device_label: text(row.device_label),
    actor_name: text(row.actor_name),
    kind: text(row.kind),
    eff_at: text(row.eff_at),
    recorded_at: text(row.recorded_at),
    words:
      typeof row.words === "object" && row.words !== null
        ? (row.words as Readonly<Record<string, string>>)
        : text(row.words),
  };
};

export const exceptionRow = (value: unknown): ExceptionRow => {
  const row = body(value);
  return {
    id: text(row.id),
    code: text(row.code),
    subject_label: text(row.subject_label) || text(row.subject),
    severity: text(row.severity),
    state: text(row.state),
    opened_at: text(row.opened_at),
    stories: list(row.stories).map(story),
    resolutions: list(row.resolutions).map(text),
  };
};

const countLine = (value: unknown): CountLine => {
  const row = body(value);
  return {
    item: text(row.item_name) || text(row.sku) || text(row.item),
    lot: maybe(row.lot_code),
    counted: number(row.counted),
    book: number(row.book),
    variance: number(row.variance),
  };
};

export const sheet = (value: unknown): Sheet => {
  const row = body(value);
  return {
    id: text(row.id),
    place: text(row.place_code) || text(row.place),
    state: text(row.state),
    counter: text(row.actor_name) || text(row.counted_by),
    marks: ["contested", "settled", "uncertain"].filter((mark) => row[mark] === true),
    lines: list(row.lines).map(countLine),
  };
};
