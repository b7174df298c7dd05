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
  readonly late_ms: number;
}

/** A table of the office that shows what an exception is about. */
export interface Lead {
  readonly table: string;
  readonly filters: Readonly<Record<string, string>>;
}

/** How many are open of each kind, the gravest first. */
export type Kinds = ReadonlyArray<{ readonly code: string; readonly count: number }>;

export interface ExceptionRow {
  readonly id: string;
  readonly code: string;
  readonly subject_label: string;
  /** What was scanned, where nobody knows what it is. */
  readonly scanned: string | null;
  readonly lost: { readonly atLeast: number; readonly since: number | null } | null;
  readonly severity: string;
  readonly opened_at: number | null;
  /** When somebody is late with it. */
  readonly due_at: number | null;
  readonly owner: string;
  readonly leads: readonly Lead[];
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
  /** Milliseconds since 1970, and by how much either may be off. */
  readonly began: number | null;
  readonly ended: number | null;
  readonly error: number;
  /** Up to when everything was known when it settled; null while it is provisional. */
  readonly through: number | null;
  /** Somebody else counts again. */
  readonly recount: boolean;
  /** Counted under these codes, and nobody has said yet what they are. */
  readonly unnamed: readonly string[];
  /** Pallets and serials that are booked there and were not seen, and the other way round. */
  readonly notSeen: readonly string[];
  readonly notBooked: readonly string[];
  readonly lines: readonly CountLine[];
}

/** How far the picture of a part of the house is complete; without a code: the rest of it. */
export interface ZoneThrough {
  readonly code: string | null;
  readonly through: number;
}

/** A handheld that is waited for and says nothing. */
export interface Silent {
  readonly device: string;
  readonly label: string;
  readonly lastSeen: number | null;
  readonly counts: readonly string[];
}

export interface Complete {
  readonly zones: readonly ZoneThrough[];
  readonly silent: readonly Silent[];
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
    late_ms: number(row.late_ms) ?? 0,
  };
};

const lead = (value: unknown): Lead => ({
  table: text(body(value).table),
  filters: Object.fromEntries(
    Object.entries(body(body(value).filters)).map(([name, id]) => [name, text(id)]),
  ),
});

export const kindsOf = (value: unknown): Kinds =>
  list(value).map((one) => ({ code: text(body(one).code), count: number(body(one).count) ?? 0 }));

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
    due_at: number(row.due_at),
    owner: text(row.owner),
    leads: list(row.leads).map(lead),
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
    marks: ["contested", "settled", "uncertain", "seen", "within", "incomplete"].filter(
      (mark) => row[mark] === true,
    ),
    began: number(row.began_at),
    ended: number(row.counted_at),
    error: number(row.error_ms) ?? 0,
    through: number(row.settled_through),
    recount: row.recount === true,
    unnamed: list(row.unnamed).map(text),
    notSeen: list(row.not_seen).map(text),
    notBooked: list(row.not_booked).map(text),
    lines: list(row.lines).map(countLine),
  };
};

export const complete = (value: unknown): Complete => {
  const all = body(value);
  return {
    zones: list(all.zones).map((one) => {
      const zone = body(one);
      return { code: maybe(zone.code), through: number(zone.through) ?? 0 };
    }),
    silent: list(all.silent).map((one) => {
      const row = body(one);
      return {
        device: text(row.device),
        label: text(row.label),
        lastSeen: number(row.last_seen),
        counts: list(row.counts).map(text),
      };
    }),
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
