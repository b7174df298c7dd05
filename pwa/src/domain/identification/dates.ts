// Two-digit years, days that exist, and the day 00 that stands for the last of the month.

// GS1: a year more than fifty ahead of the running one belongs to the century before it,
// one fifty or more behind it to the century after it.
const AHEAD = 51;
const BEHIND = -50;

/** The year meant by two digits, seen from the running year. */
export function fullYear(twoDigits: number, running: number): number {
  const century = running - (running % 100);
  const distance = twoDigits - (running % 100);
  if (distance >= AHEAD) {
    return century - 100 + twoDigits;
  }
  return distance <= BEHIND ? century + 100 + twoDigits : century + twoDigits;
}

/** 0 for a month or year that does not exist, so that no day fits into it. */
export function daysInMonth(year: number, month: number): number {
  if (month < 1 || month > 12 || year < 1 || year > 9999) {
    return 0;
  }
  if (month === 2) {
    return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  }
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** YYMMDD with a day that exists; 2000 and 29 February agree in every century in reach. */
export function isDate(digits: string): boolean {
  const [year, month, day] = split(digits);
  return day >= 1 && day <= daysInMonth(2000 + year, month);
}

/** YYMMDD where the day may be 00. */
export function isDateOrMonth(digits: string): boolean {
  return isDate(digits) || (digits.slice(4, 6) === "00" && isDate(`${digits.slice(0, 4)}01`));
}

/** YYYYMMDD. */
export function isLongDate(digits: string): boolean {
  const day = Number(digits.slice(6, 8));
  return day >= 1 && day <= daysInMonth(Number(digits.slice(0, 4)), Number(digits.slice(4, 6)));
}

/** YYMMDD → 2026-12-31; day 00 → the last of the month. */
export function isoDate(digits: string, running: number | null): string {
  const [twoDigits, month, day] = split(digits);
  const year = fullYear(twoDigits, running ?? new Date().getUTCFullYear());
  return [
    String(year).padStart(4, "0"),
    digits.slice(2, 4),
    String(day || daysInMonth(year, month)).padStart(2, "0"),
  ].join("-");
}

function split(digits: string): [year: number, month: number, day: number] {
  return [Number(digits.slice(0, 2)), Number(digits.slice(2, 4)), Number(digits.slice(4, 6))];
}
