/** Values as people read them: in their language, in the site's time, names instead of codes. */
import { worded } from "../../words/codes.ts";
import { type Language, say, t } from "../../words/text.ts";
import { body, list, number, text } from "../rows.ts";
import type { Column, Row } from "./answer.ts";

export interface Reading {
  readonly timeZone: string;
  readonly tongue: Language;
}

const DAY_MS = 86_400_000;
export const NOTHING = "–";
const UNBROKEN = "\u00a0";

export function shown(column: Column, row: Row, reading: Reading): string {
  const value = row[column.name];
  if (value === null || value === undefined || value === "") return NOTHING;
  if (Array.isArray(value) && value.length === 0) return NOTHING;
  switch (column.kind) {
    case "number":
    case "quantity":
      return new Intl.NumberFormat(reading.tongue).format(number(value) ?? 0);
    case "instant":
      return moment(number(value) ?? 0, reading);
    case "day":
      return day(text(value), reading.tongue);
    case "flag":
      return t(say(value === true ? "office.yes" : "office.no"), reading.tongue);
    case "words":
      return list(value)
        .map((one) => t(worded(column.words, text(one)), reading.tongue))
        .join(", ");
    case "packagings":
      return list(value).map(packaging).join(", ");
    case "word":
    case "text":
    case "id":
      return column.words === ""
        ? named(text(value), reading.tongue)
        : t(worded(column.words, text(value)), reading.tongue);
  }
}

/** A place that is only in the books has a code nobody reads aloud. */
const named = (value: string, tongue: Language): string =>
  /^@[a-z]+$/.test(value) ? t(worded("virtual", value.slice(1)), tongue) : value;

const packaging = (value: unknown): string => {
  const { name, quantity } = body(value);
  return `${text(name)} × ${number(quantity) ?? "?"}`;
};

/** In a narrow column the day and the time are each kept in one piece. */
export function moment(at: number, { timeZone, tongue }: Reading): string {
  const day = { timeZone, year: "numeric", month: "short", day: "2-digit" } as const;
  const time = { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  const date = new Intl.DateTimeFormat(tongue, day).format(at).replaceAll(" ", UNBROKEN);
  return `${date}, ${new Intl.DateTimeFormat(tongue, time).format(at)}`;
}

/** A day of the calendar, `YYYY-MM-DD`, in words. */
export function day(value: string, tongue: Language): string {
  const at = Date.parse(`${value}T00:00:00Z`);
  const format = new Intl.DateTimeFormat(tongue, { timeZone: "UTC", dateStyle: "medium" });
  return Number.isNaN(at) ? value : format.format(at);
}

/** When a day of the site begins, in milliseconds since 1970. */
export function startOfDay(value: string, timeZone: string): number {
  const midnight = Date.parse(`${value}T00:00:00Z`);
  return midnight - offsetAt(midnight - offsetAt(midnight, timeZone), timeZone);
}

export const endOfDay = (value: string, timeZone: string): number =>
  startOfDay(dayOf(startOfDay(value, timeZone) + 1.5 * DAY_MS, timeZone), timeZone) - 1;

/** The day of the site on which something happened, `YYYY-MM-DD`. */
export function dayOf(at: number, timeZone: string): string {
  return new Date(at + offsetAt(at, timeZone)).toISOString().slice(0, 10);
}

function offsetAt(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  }).formatToParts(at);
  const part = (name: string): string => parts.find(({ type }) => type === name)?.value ?? "00";
  const local = `${part("year")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}:${part("second")}Z`;
  return Date.parse(local) - Math.floor(at / 1_000) * 1_000;
}
