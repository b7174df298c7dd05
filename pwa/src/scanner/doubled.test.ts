import { describe, expect, test } from "vitest";
import { single, twiceIn } from "./doubled.ts";
import { type Heard, isSecondVoice, WEDGE_MS } from "./repeats.ts";
import type { Read, Way } from "./wedge.ts";

const GTIN = "4006381333931";
const LABEL = "]C10109521234543213\x1d10AB";
const read = (data: string, way: Way = "keys"): Read => ({ data, way, typed: false, from: 0 });
const plain = (raw: string): string => raw;
const once = (data: string, way?: Way): string => single(read(data, way), plain);

describe("a code that comes twice in one scan", () => {
  test.each([GTIN, LABEL, "TMP:A-01"])("%s is one code", (code) =>
    expect(once(code + code)).toBe(code),
  );

  test("is one code whatever it is, if keys and text came together", () => {
    expect(once("DOCK-1DOCK-1", "both")).toBe("DOCK-1");
    expect(once("DOCDOCK-1K-1", "both")).toBe("DOCK-1");
  });

  test("is read as its scanner sends it", () => {
    const clean = (raw: string): string => raw.replace(/^#/, "").replace(/!$/, "");
    expect(single(read(`#${GTIN}!#${GTIN}!`), clean)).toBe(GTIN);
  });

  test("is left alone where the whole may be a code too, or the half is none", () => {
    // An EAN-8 twice is an EAN-8 twice; but half a GTIN-14, a lot, a place of this house are not to be guessed.
    for (const code of ["1010", "DOCK-1DOCK-1", "(10)AB(10)AB", "AAAAAAAAAAAAAAAA", "12341234"])
      expect(once(code)).toBe(code);
  });

  test("an endless one is not searched", () => {
    expect(twiceIn("A".repeat(20_000))).toBeNull();
    expect(twiceIn("")).toBeNull();
  });
});

describe("keys behind injected text", () => {
  const said = (way: Way, from: number, at: number): Heard => ({ data: GTIN, way, from, at });

  test("are the same scan, however long they take", () => {
    expect(isSecondVoice(said("text", 0, 0), said("keys", 120, 900), WEDGE_MS)).toBe(true);
  });

  test("another pull of the trigger comes the same way, or later, or is another code", () => {
    expect(isSecondVoice(said("keys", 0, 200), said("keys", 320, 520), WEDGE_MS)).toBe(false);
    expect(isSecondVoice(said("text", 0, 0), said("keys", 700, 900), WEDGE_MS)).toBe(false);
    const other = { ...said("keys", 120, 300), data: "TMP:A-01" };
    expect(isSecondVoice(said("text", 0, 0), other, WEDGE_MS)).toBe(false);
    expect(isSecondVoice(null, said("text", 0, 0), WEDGE_MS)).toBe(false);
  });
});
