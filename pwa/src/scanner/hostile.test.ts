import { describe, expect, test } from "vitest";
import { identify } from "../domain/identification/index.ts";
import { identification } from "../replica/identification.ts";
import { t } from "../words/text.ts";
import { diagnosed, piecesOf } from "./diagnosis.ts";
import { single } from "./doubled.ts";
import { compensated, PLAIN, type ScannerProfile } from "./profile.ts";
import { hear, type Read, SILENT, type Stroke } from "./wedge.ts";

const GS = "\x1d";
const CODES = 10_000;
const GTIN = "09506000134352";
const MARKUP = [
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "javascript:alert(1)",
  "{{7*7}}",
  "<!--",
  "__proto__",
  "constructor",
  "'; DROP TABLE log; --",
];
const CONTROL = Array.from({ length: 32 }, (_, i) => String.fromCharCode(i)).join("");
const TURNS = "\u202a\u202d\u202e\u2066\u2069\u061c\u200f";
const STRANGE = "\ufeff\u0000\ufffd\uffff\u2028\u2029\ud800\udc00\udfff\u{1f4a9}\u0301";
const PRINTED = "0123456789ABCXYZabc()-/:.%=?&;<>'\"]^_|~ ";
const BEFORE = [
  "",
  "]C1",
  "TMP:",
  "(10)",
  `01${GTIN}10`,
  `https://id.gs1.org/01/${GTIN}/10/`,
  "30",
];
const AFTER = ["", "\x1d17261231", "\r\n", ")"];

/** The same numbers every time (mulberry32). */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

function corpus(): string[] {
  const roll = dice(20_261_122);
  const one = (from: readonly string[] | string): string => from[roll(from.length)] ?? "";
  const some = (signs: string, most: number): string =>
    Array.from({ length: 1 + roll(most) }, () => one(signs)).join("");
  const inside = (what: string): string => one(BEFORE) + what + one(AFTER);
  const makers = [
    () => inside(one(MARKUP)),
    () => inside(some(CONTROL, 12)),
    () => inside(some(`${TURNS}abc`, 12)),
    () => inside(some(STRANGE, 6)),
    () => some(PRINTED, 60),
    () => some("0123456789", 40),
    () => some("0123456789ABCDEFabcdef", 80),
    () => one(["9", "%", "(10)", "\x1d", "<b>", "\u202e", "["]).repeat(200 + roll(3_000)),
  ];
  return Array.from({ length: CODES }, (_, n) => makers[n % makers.length]?.() ?? "");
}

const CODE = corpus();
const plain = (raw: string): string => raw;
const ODD: ScannerProfile = {
  prefix: "~",
  suffix: "#",
  separator: "|",
  aim: true,
  layout: { z: "y", y: "z", ß: "-" },
};

/** As keys, each by itself, with their suffix. */
const pressed = (code: string): Stroke[] =>
  [...code, "Enter"].map((key, i) => ({
    type: "key", key, ctrl: false, alt: false, meta: false, at: 1_000 + i,
  })); // biome-ignore format: one stroke

function heardOf(strokes: readonly Stroke[]): Read[] {
  let wedge = SILENT;
  return strokes.flatMap((stroke) => {
    const heard = hear(wedge, stroke);
    wedge = heard.wedge;
    return heard.scans;
  });
}

describe("ten thousand codes that nobody printed", () => {
  test("come in as keys, as text and as a paste, and stay text", () => {
    for (const code of CODE) {
      for (const way of ["text", "paste"] as const) {
        for (const { data } of heardOf([{ type: way, text: code, at: 1_000 }]))
          expect(code.includes(data)).toBe(true);
      }
    }
    for (const code of CODE.filter((_, n) => n % 10 === 0)) {
      for (const { data } of heardOf(pressed(code))) expect(typeof data).toBe("string");
    }
  });

  test("are answered by identification, the same way twice, with a code of its own", () => {
    let refused = 0;
    for (const code of CODE) {
      const found = identify(code, null);
      expect(identify(code, null)).toEqual(found);
      expect(found.ok).toBe(found.error === null);
      if (found.error) {
        refused += 1;
        expect(found.error.code).toMatch(/^identification\.[a-z_]+$/);
        expect(found.error.message.length).toBeLessThan(200);
      }
      // The exact string for the table of aliases: printable ASCII with GS, or none at all.
      const exact = identification.normalise({ data: code, symbology: null }) ?? "";
      expect([...exact].every((sign) => sign === GS || (sign >= " " && sign <= "~"))).toBe(true);
    }
    expect(refused).toBeGreaterThan(CODES * 0.7);
  });

  test("pass a profile and the search for doubles without growing", () => {
    for (const code of CODE) {
      const read: Read = { data: code + code, way: "keys", typed: false, from: 0 };
      expect(single(read, plain).length).toBeLessThanOrEqual(code.length * 2);
      expect(compensated(PLAIN, code)).toBe(code);
      expect(compensated(ODD, code).length).toBeLessThanOrEqual(code.length);
    }
  });

  test("are no set-up code", () => {
    for (const code of CODE.filter((_, n) => n % 4 === 0)) {
      const { profile } = diagnosed(piecesOf([{ type: "paste", text: code, at: 1 }]));
      expect(profile).toBeNull();
    }
  });

  test("are shown without anything that hides or turns what stands beside them", () => {
    for (const code of CODE) {
      const shown = t(code);
      expect(shown).not.toMatch(/(?![\t\n])[\p{Cc}\u2028-\u202e\u2066-\u2069]/u);
      expect(shown.length).toBeLessThanOrEqual(601);
    }
  });

  test("a megabyte is refused at once", () => {
    for (const sign of ["0", "(10)", "\t", "%", "30 ", "é", "<b>"]) {
      const long = sign.repeat(1_000_000 / sign.length);
      expect(identify(long, null).ok).toBe(false);
      expect(heardOf([{ type: "paste", text: long, at: 1 }]).length).toBeLessThanOrEqual(1);
      expect(t(long).length).toBe(601);
    }
  });
});
