import { describe, expect, test } from "vitest";
import { asDate, confirmed, EMPTY, shortened, typed } from "./pad-entry.ts";

const entered = (text: string) => [...text].reduce((entry, key) => typed(entry, key), EMPTY);

describe("the pad", () => {
  test("a number is done, nothing is nothing", () => {
    expect(confirmed(entered("24"), 12, 1)).toEqual({ type: "done", value: 24 });
    expect(confirmed(EMPTY, 12, 1)).toEqual({ type: "nothing" });
  });

  test("packs are counted in pieces", () => {
    expect(confirmed(entered("3"), 12, 12)).toEqual({ type: "done", value: 36 });
  });

  test("more than ten times the usual is asked once, and again after a change", () => {
    const first = confirmed(entered("500"), 12, 1);
    expect(first.type).toBe("ask");
    if (first.type !== "ask") {
      return;
    }
    expect(confirmed(first.entry, 12, 1)).toEqual({ type: "done", value: 500 });
    expect(confirmed(typed(first.entry, "0"), 12, 1).type).toBe("ask");
    expect(confirmed(shortened(first.entry), 12, 1)).toEqual({ type: "done", value: 50 });
  });

  test("a date shows what is still to be typed", () => {
    expect(asDate("2802")).toBe("28.02.YY");
  });
});
