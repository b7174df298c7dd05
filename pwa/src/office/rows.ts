/** What the office is told: checked shapes of the answers it shows. */

export interface Story {
  readonly operation: string;
  /** Its place in the log of the site. */
  readonly commit_seq: number | null;
  readonly device_label: string;
  readonly actor_name: string;
  readonly kind: string;
  /** What was handled and where, in figures and names. */
  readonly words: readonly string[];
  readonly codes: readonly string[];
  /** Milliseconds since 1970: when it happened, and when the server learned it. */
  readonly eff_at: number | null;
  readonly recorded_at: number | null;
}

export interface ExceptionRow {
  readonly id: string;
  readonly code: string;
  readonly subject_label: string;
  /** What was scanned, where nobody knows what it is. */
  readonly scanned: string | null;
  readonly lost: { readonly atLeast: number; readonly since: number | null } | null;
  readonly severity: string;
  readonly opened_at: number | null;
  readonly stories: readonly Story[];
  readonly resolutions: readonly string[];
}

export interface CountLine {
  readonly key: string;
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

export type Body = Readonly<Record<string, unknown>>;

export const body = (value: unknown): Body =>
  typeof value === "object" && value !== null ? (value as Body) : {};

export const text = (value: unknown): string => (typeof value === "string" ? value : "");
export const maybe = (value: unknown): string | null => (typeof value === "string" ? value : null);
export const number = (value: unknown): number | null => (typeof value === "number" ? value : null);
export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const items = (answer: unknown): readonly unknown[] => list(body(answer).items);

const story = (value: unknown): Story => {
  const row = body(value);
  return {
    operation: text(row.operation),
    commit_seq: number(row.commit_seq),
    device_label: text(row.device_label),
    actor_name: text(row.actor_name),
    kind: text(row.kind),
    words: list(row.words).map(text),
    codes: list(row.codes).map(text),
    eff_at: number(row.eff_at),
    recorded_at: number(row.recorded_at),
  };
};

/** What a handheld forgot: at least so much, since it last promised that nothing was unsent. */
const lostIn = (detail: Body): ExceptionRow["lost"] => {
  const atLeast = number(detail.at_least);
  return atLeast === null ? null : { atLeast, since: number(detail.since_ms) };
};

export const exceptionRow = (value: unknown): ExceptionRow => {
  const row = body(value);
  return {
    id: text(row.id),
    code: text(row.code),
    subject_label: text(row.subject_label) || text(row.subject),
    scanned: maybe(body(row.detail).scanned),
    lost: lostIn(body(row.detail)),
    severity: text(row.severity),
    opened_at: number(row.opened_at),
    stories: list(row.stories).map(story),
    resolutions: list(row.resolutions).map(text),
  };
};

const countLine = (value: unknown): CountLine => {
  const row = body(value);
  return {
    item: `${text(row.sku)} ${text(row.name)}`.trim() || text(row.item),
    lot: maybe(row.lot_code),
    key: `${text(row.holder)}/${text(row.item)}/${text(row.lot)}`,
    counted: number(row.counted),
    book: number(row.book),
    variance: number(row.variance),
  };
};

export const sheet = (value: unknown): Sheet => {
  const row = body(value);
  return {
    id: text(row.sheet),
    place: text(row.place_code) || text(row.place),
    state: text(row.state),
    counter: text(row.counter_name),
    marks: ["contested", "settled", "uncertain", "seen", "within"].filter(
      (mark) => row[mark] === true,
    ),
    lines: list(row.lines).map(countLine),
  };
};

/** A place that somebody shall count. */
export interface CountAsked {
  readonly id: string;
  readonly place: string;
  readonly why: string;
  readonly note: string | null;
  readonly askedBy: string | null;
  readonly notFor: readonly string[];
  /** How many people may. */
  readonly may: number;
}

export const countAsked = (value: unknown): CountAsked => {
  const row = body(value);
  return {
    id: text(row.task),
    place: text(row.place_code),
    why: text(row.why),
    note: maybe(row.note),
    askedBy: maybe(row.asked_by),
    notFor: list(row.not_for).map(text),
    may: number(row.may) ?? 0,
  };
};

export interface Signed {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
}

export const signedIn = (value: unknown): Signed => {
  const person = body(body(value).person);
  return { id: text(person.id), name: text(person.name), roles: list(person.roles).map(text) };
};
