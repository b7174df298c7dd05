/** What the present moment looks like: checked shapes of the answers these screens show. */
import { type Body, body, list, maybe, number, text } from "../rows.ts";

export const STAGES = ["held", "open", "picking", "picked", "staged", "short", "shipped"] as const;
export type Stage = (typeof STAGES)[number];
export const AGES = ["hour", "shift", "day", "older"] as const;
export type Age = (typeof AGES)[number];

export interface StageFigure {
  readonly stage: Stage;
  readonly count: number;
  readonly late: number;
  readonly ages: Readonly<Record<Age, number>>;
  /** Milliseconds since 1970 of the oldest order; of the last shipment for what has left. */
  readonly since: number | null;
}

export interface Walk {
  readonly task: string;
  readonly number: string;
  readonly customer: string;
  readonly device: string;
  readonly label: string | null;
  readonly person: string | null;
  readonly since: number;
  readonly stops: number;
  readonly done: number;
  readonly lastScan: number | null;
}

export interface HandheldRow {
  readonly device: string;
  readonly label: string;
  readonly person: string | null;
  readonly picks: boolean;
  readonly unsent: number;
  readonly unsentSince: number | null;
  readonly offset: number | null;
  readonly lastSeen: number | null;
  readonly persisted: boolean | null;
  /** Rows of the site that do not fit on it. */
  readonly leftOut: number;
  /** Of its space, in per cent. */
  readonly used: number | null;
}

export const SEVERITIES = ["high", "medium", "low"] as const;
export type Severity = (typeof SEVERITIES)[number];

export interface ExceptionFigure {
  readonly severity: Severity;
  readonly code: string;
  readonly count: number;
  readonly oldest: number | null;
}

export interface PutBack {
  readonly key: string;
  readonly number: string;
  readonly tote: string | null;
  readonly place: string | null;
  readonly item: string;
  readonly quantity: number;
}

export interface Waiting {
  readonly count: number;
  readonly oldest: number | null;
}

export interface Moment {
  readonly orders: readonly StageFigure[];
  readonly walks: readonly Walk[];
  readonly handhelds: readonly HandheldRow[];
  readonly exceptions: readonly ExceptionFigure[];
  readonly counts: Waiting;
  readonly adjustments: Waiting;
  readonly requisitions: Waiting;
  readonly putBack: readonly PutBack[];
}

export interface OrderRow {
  readonly id: string;
  readonly number: string;
  readonly customer: string;
  readonly stage: Stage;
  readonly priority: number;
  readonly due: number | null;
  readonly late: boolean;
  readonly placedAt: number | null;
  readonly shippedAt: number | null;
  readonly backOrder: boolean;
  readonly ordered: number;
  readonly picked: number;
  readonly heldBy: string | null;
}

const count = (value: unknown): number => number(value) ?? 0;
const stageOf = (value: unknown): Stage => STAGES.find((stage) => stage === value) ?? "open";

const figure = (value: unknown): StageFigure => {
  const row = body(value);
  const ages = body(row.ages);
  return {
    stage: stageOf(row.stage),
    count: count(row.count),
    late: count(row.late),
    ages: {
      hour: count(ages.hour),
      shift: count(ages.shift),
      day: count(ages.day),
      older: count(ages.older),
    },
    since: number(body(row.oldest).since) ?? number(row.last),
  };
};

const walk = (value: unknown): Walk => {
  const row = body(value);
  return {
    task: text(row.task),
    number: text(row.number),
    customer: text(row.customer_name),
    device: text(row.device),
    label: maybe(row.device_label),
    person: maybe(row.person),
    since: count(row.since),
    stops: count(row.stops),
    done: count(row.done),
    lastScan: number(row.last_scan),
  };
};

const handheld = (value: unknown): HandheldRow => {
  const row = body(value);
  return {
    device: text(row.device),
    label: text(row.label),
    person: maybe(row.person),
    picks: row.picks === true,
    unsent: count(row.unsent),
    unsentSince: number(row.unsent_since),
    offset: number(row.offset_ms),
    lastSeen: number(row.last_seen),
    persisted: typeof row.persisted === "boolean" ? row.persisted : null,
    leftOut: typeof row.left_out === "number" ? row.left_out : 0,
    used: number(row.used),
  };
};

const exception = (value: unknown): ExceptionFigure => {
  const row = body(value);
  return {
    severity: SEVERITIES.find((known) => known === row.severity) ?? "medium",
    code: text(row.code),
    count: count(row.count),
    oldest: number(row.oldest),
  };
};

const putBack = (value: unknown): PutBack => {
  const row = body(value);
  return {
    key: `${text(row.tote)}/${text(row.sku)}`,
    number: text(row.number),
    tote: maybe(row.tote_code),
    place: maybe(row.place_code),
    item: named(row),
    quantity: count(row.quantity),
  };
};

/** An item as people call it. */
export const named = (row: Body): string => `${text(row.sku)} ${text(row.name)}`.trim();

const waiting = (value: unknown): Waiting => {
  const row = body(value);
  return { count: count(row.count), oldest: number(row.oldest) };
};

export const moment = (value: unknown): Moment => {
  const all = body(value);
  return {
    orders: list(all.orders).map(figure),
    walks: list(all.walks).map(walk),
    handhelds: list(all.handhelds).map(handheld),
    exceptions: list(all.exceptions).map(exception),
    counts: waiting(all.counts),
    adjustments: waiting(all.adjustments),
    requisitions: waiting(all.requisitions),
    putBack: list(all.put_back).map(putBack),
  };
};

export const orderRow = (value: unknown): OrderRow => {
  const row = body(value);
  return {
    id: text(row.id),
    number: text(row.number),
    customer: text(row.customer_name),
    stage: stageOf(row.stage),
    priority: count(row.priority),
    due: number(row.due),
    late: row.late === true,
    placedAt: number(row.placed_at),
    shippedAt: number(row.shipped_at),
    backOrder: row.back_order === true,
    ordered: count(row.ordered),
    picked: count(row.picked),
    heldBy: maybe(row.held_by),
  };
};
