import { describe, expect, test } from "vitest";
import { en } from "./en.ts";
import { es } from "./es.ts";
import { say, t, type Word } from "./text.ts";

const slots = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/g)]
    .map(([slot]) => slot)
    .toSorted((one, other) => one.localeCompare(other));

const LONGEST = 12;
const marks = (Object.keys(en) as Word[]).filter((word) => /^coach\..*\d$/.test(word));

describe("words", () => {
  test.each(marks)("%s is read at a glance", (word) => {
    for (const text of [en[word], es[word]]) {
      expect(text.split(/\s+/).length).toBeLessThanOrEqual(LONGEST);
    }
  });

  test.each(Object.keys(en) as Word[])("%s has the same slots in both languages", (word) => {
    expect(slots(es[word])).toEqual(slots(en[word]));
    expect(es[word]).not.toBe("");
  });

  test("nothing in a code hides, turns or floods what stands beside it", () => {
    const code = "A\u202e\x1b[2J\u2066<b>";
    const text = say("wrong.unknown", { code, expected: "B" });

    expect(t(text, "en")).toBe("Unknown: A··[2J·<b>. Expected: B");
    expect(t("9".repeat(20_000)).length).toBe(601);
    expect(t("Núñez\n山 שלום", "en")).toBe("Núñez\n山 שלום");
  });

  test("slots are filled in the language of the screen, phrases within phrases too", () => {
    const text = say("wrong.kind", { got: say("kind.item"), expected: say("expect.dock") });

    expect(t(text, "en")).toBe("Goods. Expected: a dock");
    expect(t(text, "es")).toBe("Mercancía. Se espera: un muelle");
  });

  test("words of a row fall back to English", () => {
    expect(t({ words: { en: "Wet" } }, "es")).toBe("Wet");
  });

  test("a value that looks like a slot is not filled again", () => {
    expect(t(say("fact.lot", { lot: "{lot}" }), "en")).toBe("Lot {lot}");
  });
});
