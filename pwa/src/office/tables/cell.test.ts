import { describe, expect, test } from "vitest";
import type { Column, Kind } from "./answer.ts";
import { dayOf, endOfDay, shown, startOfDay } from "./cell.ts";

const NEW_YORK = { timeZone: "America/New_York", tongue: "en" } as const;
const MADRID = { timeZone: "Europe/Madrid", tongue: "es" } as const;

const column = (kind: Kind, words = ""): Column => ({
  name: "it",
  kind,
  words,
  sorts: true,
  filters: true,
  shown: true,
  choices: [],
});
const read = (
  kind: Kind,
  value: unknown,
  words = "",
  reading: typeof NEW_YORK | typeof MADRID = NEW_YORK,
): string => shown(column(kind, words), { key: "1", it: value }, reading);

describe("a cell", () => {
  test("tells an instant in the time of the site, not of the screen", () => {
    const noon = Date.UTC(2026, 10, 22, 12);
    expect(read("instant", noon)).toContain("07:00");
    expect(read("instant", noon, "", MADRID)).toContain("13:00");
  });

  test("groups thousands as the language does", () => {
    expect(read("quantity", 1_234_567)).toBe("1,234,567");
    expect(read("quantity", -3)).toBe("-3");
  });

  test("has words for codes, and shows a code it has no word for", () => {
    expect(read("word", "part_shipped", "order")).toBe("Shipped in part");
    expect(read("word", "stock.open_stock", "did", MADRID)).toBe("Existencias iniciales");
    expect(read("word", "never.seen", "did")).toBe("never.seen");
    expect(read("words", ["picker", "packer"], "role")).toBe("Picker, Packer");
  });

  test.each([null, undefined, "", []])("shows nothing for %o as nothing", (value) => {
    expect(read("words", value)).toBe("–");
  });

  test("false is an answer, not nothing", () => {
    expect(read("flag", false)).toBe("No");
  });
});

describe("a day of the site", () => {
  test.each([
    ["Europe/Madrid", "2026-03-29"], // 23 hours
    ["Europe/Madrid", "2026-10-25"], // 25 hours
    ["America/New_York", "2026-07-01"],
    ["Asia/Kathmandu", "2026-07-01"],
    ["UTC", "2026-12-31"],
  ])("in %s, %s begins and ends with its own midnights", (zone, day) => {
    const [from, to] = [startOfDay(day, zone), endOfDay(day, zone)];
    expect(dayOf(from, zone)).toBe(day);
    expect(dayOf(to, zone)).toBe(day);
    expect(dayOf(from - 1, zone) < day).toBe(true);
    expect(dayOf(to + 1, zone) > day).toBe(true);
  });
});
