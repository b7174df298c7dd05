// The North American coupon codes in AI 8110 and 8112: fields behind length indicators.
import { isDate } from "./dates.ts";

const FUNDER_LENGTHS = "0123456";
const VALUE_LENGTHS = "12345";
const REQUIREMENTS = "012349";
const SERIAL_LENGTHS = "0123456789";

/** The digits still to be read; once a field is wrong it stays wrong. */
class Strip {
  rest: string;
  wrong = false;

  constructor(digits: string) {
    this.rest = digits;
  }

  take(count: number): string {
    const taken = this.rest.slice(0, count);
    this.rest = this.rest.slice(count);
    this.wrong ||= taken.length < count;
    return taken;
  }

  oneOf(allowed: string): string {
    const found = this.take(1);
    this.wrong ||= !allowed.includes(found);
    return found;
  }

  measured(allowed: string, base: number): string {
    return this.take(Number(this.oneOf(allowed)) + base);
  }

  begins(field: string): boolean {
    const begins = this.rest.startsWith(field);
    this.rest = begins ? this.rest.slice(1) : this.rest;
    return begins;
  }
}

/** AI 8110: the mandatory head, then optional fields in ascending order. */
export function isCoupon(digits: string): boolean {
  const strip = new Strip(digits);
  strip.measured(FUNDER_LENGTHS, 6);
  strip.take(6);
  strip.measured(VALUE_LENGTHS, 0);
  purchase(strip);
  options(strip);
  return !strip.wrong && strip.rest === "";
}

/** AI 8112: format, funder, offer code, serial, nothing else. */
export function isOffer(digits: string): boolean {
  const strip = new Strip(digits);
  strip.oneOf("01");
  strip.measured(FUNDER_LENGTHS, 6);
  strip.take(6);
  strip.measured(SERIAL_LENGTHS, 6);
  return !strip.wrong && strip.rest === "";
}

function options(strip: Strip): void {
  if (strip.begins("1")) {
    strip.oneOf("0123");
    furtherPurchase(strip);
  }
  if (strip.begins("2")) {
    furtherPurchase(strip);
  }
  validity(strip);
  if (strip.begins("5")) {
    strip.measured(SERIAL_LENGTHS, 6);
  }
  if (strip.begins("6")) {
    strip.measured("1234567", 6);
  }
  if (strip.begins("9")) {
    handling(strip);
  }
}

function purchase(strip: Strip): void {
  strip.measured(VALUE_LENGTHS, 0);
  strip.oneOf(REQUIREMENTS);
  strip.take(3);
}

function furtherPurchase(strip: Strip): void {
  purchase(strip);
  const length = strip.oneOf(`${FUNDER_LENGTHS}9`);
  if (length !== "9") {
    strip.take(Number(length) + 6);
  }
}

function validity(strip: Strip): void {
  const expires = dated(strip, "3");
  const starts = dated(strip, "4");
  strip.wrong ||= expires !== "" && starts !== "" && expires < starts;
}

function dated(strip: Strip, field: string): string {
  if (!strip.begins(field)) {
    return "";
  }
  const date = strip.take(6);
  strip.wrong ||= date.length < 6 || !isDate(date);
  return date;
}

function handling(strip: Strip): void {
  strip.oneOf("01256");
  strip.oneOf("012");
  strip.take(1);
  strip.oneOf("01");
}
