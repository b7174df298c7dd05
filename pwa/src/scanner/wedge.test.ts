import { describe, expect, test } from "vitest";
import { hear, type Read, SILENT, type Stroke, type Wedge } from "./wedge.ts";

const GS = "\x1d";

interface Key {
  readonly key: string;
  readonly ctrl?: boolean;
  readonly alt?: boolean;
}

/** Keys as a scanner sends them, `gap` milliseconds apart. */
function keys(list: readonly (string | Key)[], gap = 10, start = 1000): Stroke[] {
  return list.map((one, i) => ({
    type: "key",
    meta: false,
    ctrl: false,
    alt: false,
    ...(typeof one === "string" ? { key: one } : one),
    at: start + i * gap,
  }));
}

function run(strokes: readonly Stroke[], from: Wedge = SILENT) {
  let wedge = from;
  const scans: Read[] = [];
  const taken: boolean[] = [];
  const back: string[] = [];
  for (const stroke of strokes) {
    const heard = hear(wedge, stroke);
    wedge = heard.wedge;
    scans.push(...heard.scans);
    taken.push(heard.taken);
    if (heard.back !== null) back.push(heard.back);
  }
  return { scans, data: scans.map((scan) => scan.data), taken, back, wedge };
}

describe("a scanner that sends keys", () => {
  test.each(["Enter", "Tab"])("ends a scan with %s and swallows every key of it", (suffix) => {
    const { data, taken } = run(keys([..."TMP:A-01", suffix]));
    expect(data).toEqual(["TMP:A-01"]);
    expect(taken).toEqual(Array(9).fill(true));
  });

  test("keeps every printable character", () => {
    const all = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join("");
    expect(run(keys([`A${all}`].flatMap((text) => [...text]).concat("Enter"))).data).toEqual([
      `A${all}`,
    ]);
  });

  test.each([
    ["]", GS],
    ["}", GS],
    ["\\", "\x1c"],
    ["^", "\x1e"],
    ["_", "\x1f"],
  ])("turns Ctrl+%s into the control character", (key, character) => {
    const { data } = run(keys([..."0112", { key, ctrl: true }, ..."10A", "Enter"]));
    expect(data).toEqual([`0112${character}10A`]);
  });

  test("reads a separator typed as Alt+029", () => {
    const alt = (key: string): Key => ({ key, alt: true });
    const strokes: Stroke[] = [
      ...keys([..."10A", alt("0"), alt("2"), alt("9")]),
      { type: "released", key: "Alt", at: 1065 },
      ...keys([..."21B", "Enter"], 10, 1070),
    ];
    expect(run(strokes).data).toEqual([`10A${GS}21B`]);
  });

  test("takes characters written with AltGr", () => {
    const { data } = run(keys(["A", { key: "@", ctrl: true, alt: true }, "B", "Enter"]));
    expect(data).toEqual(["A@B"]);
  });

  test("leaves browser shortcuts, modifiers and function keys alone", () => {
    const strokes = keys([
      { key: "c", ctrl: true },
      { key: "v", ctrl: true },
      "Shift",
      "F3",
      "Escape",
    ]);
    expect(run(strokes).taken).toEqual([false, false, false, false, false]);
  });

  test("is not cut by a slow moment", () => {
    const strokes = [...keys([..."TMP:"]), ...keys([..."A-01", "Enter"], 10, 1400)];
    expect(run(strokes).data).toEqual(["TMP:A-01"]);
  });

  test("forgets what was never finished", () => {
    const strokes = [...keys([..."999"]), ...keys([..."TMP:A-01", "Enter"], 10, 4000)];
    expect(run(strokes).data).toEqual(["TMP:A-01"]);
  });

  test("splits a burst of tags and joins nothing", () => {
    const tags = ["30342AB4AC41C0C000000001", "30342AB4AC41C0C000000002"];
    expect(run(keys([...tags.join(","), "Enter"], 1)).data).toEqual(tags);
    expect(run(keys([...tags.join(" "), "Enter"], 1)).data).toEqual(tags);
    expect(run(keys([..."A, B", "Enter"], 1)).data).toEqual(["A, B"]);
  });

  test("an endless stream stays within bounds", () => {
    const { wedge } = run(keys(Array(20_000).fill("9"), 1));
    expect(wedge.text.length).toBe(16_384);
  });
});

describe("a scanner that injects text", () => {
  const text = (value: string, at = 1000): Stroke => ({ type: "text", text: value, at });

  test("its own Enter afterwards presses nothing, a person's later one does", () => {
    expect(run([text("TMP:A-01"), ...keys(["Enter"], 10, 1020)]).taken).toEqual([true, true]);
    expect(run([text("TMP:A-01"), ...keys(["Enter"], 10, 1400)]).taken).toEqual([true, false]);
  });

  test("a whole code at once is a scan; its late Enter belongs to nobody", () => {
    const { data } = run([text("TMP:A-01"), ...keys(["Enter"], 10, 1020)]);
    expect(data).toEqual(["TMP:A-01"]);
  });

  test("two codes in a row are two scans", () => {
    expect(run([text("TMP:A-01"), text("TMP:A-02", 1100)]).data).toEqual(["TMP:A-01", "TMP:A-02"]);
  });

  test("suffixes inside the text end scans", () => {
    expect(run([text("TMP:A-01\nTMP:A-02\r\n")]).data).toEqual(["TMP:A-01", "TMP:A-02"]);
  });

  test("single characters without key names wait for the suffix", () => {
    const strokes = [..."A-01", "\n"].map((one, i) => text(one, 1000 + i * 10));
    expect(run(strokes).data).toEqual(["A-01"]);
  });

  test("separators survive", () => {
    expect(run([text(`]C10112${GS}10A\t`)]).data).toEqual([`]C10112${GS}10A`]);
  });

  test("a paste is a scan, whatever stood there before", () => {
    expect(run([...keys(["x"]), { type: "paste", text: " 400638133 \n", at: 1100 }]).data).toEqual([
      " 400638133 ",
    ]);
  });

  test("nothing is no scan", () => {
    expect(run([text(""), { type: "paste", text: "\n\n", at: 1001 }]).data).toEqual([]);
  });
});

describe("a person", () => {
  const slow = (list: readonly string[]): Stroke[] =>
    keys(list, 150).flatMap((key) => [key, { type: "quiet" as const, at: key.at + 51 }]);

  test("gets single keys back, and Enter stays theirs", () => {
    const { back, data, taken } = run(slow(["1", "2", "Enter"]));
    expect(back).toEqual(["1", "2"]);
    expect(data).toEqual([]);
    expect(taken.at(-2)).toBe(false);
  });

  test("who touched a key a moment before does not spoil the scan", () => {
    const { data } = run([...slow(["1"]), ...keys([..."TMP:A-01", "Enter"], 10, 1400)]);
    expect(data).toEqual(["TMP:A-01"]);
  });

  test("Enter and blank with nothing scanned press what has the focus", () => {
    expect(run(keys(["Enter", " ", "Tab"])).taken).toEqual([false, false, false]);
  });

  test("a scanner that stumbles after its first character loses none", () => {
    const strokes: Stroke[] = [
      ...keys(["T"]),
      { type: "quiet", at: 1060 },
      ...keys([..."MP:A-01", "Enter"], 10, 1120),
    ];
    expect(run(strokes).data).toEqual(["TMP:A-01"]);
  });

  test("typing a code is told apart by its pace", () => {
    expect(run(keys([..."A-01", "Enter"], 45)).scans).toMatchObject([
      { data: "A-01", typed: true },
    ]);
    expect(run(keys([..."A-01", "Enter"], 12)).scans).toMatchObject([
      { data: "A-01", typed: false },
    ]);
  });
});
