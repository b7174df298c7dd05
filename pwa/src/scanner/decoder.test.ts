import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { beforeAll, describe, expect, test } from "vitest";
import { prepare, scansIn } from "./decoder.ts";
import { CAMERA_MS, isEcho, type Sightings, sighted, WEDGE_MS } from "./repeats.ts";

/** Digits 0–9 of an EAN in its left-hand odd set; the others are its mirror and inverse (GS1 5.2.1). */
const ODD = ["0001101", "0011001", "0010011", "0111101", "0100011"].concat([
  "0110001",
  "0101111",
  "0111011",
  "0110111",
  "0001011",
]);
const PARITY = ["OOOOOO", "OOEOEE", "OOEEOE", "OOEEEO", "OEOOEE"].concat([
  "OEEOOE",
  "OEEEOO",
  "OEOEOE",
  "OEOEEO",
  "OEEOEO",
]);

const inverse = (bits: string): string =>
  [...bits].map((bit) => (bit === "0" ? "1" : "0")).join("");
const right = (digit: string): string => inverse(ODD[Number(digit)] ?? "");
const even = (digit: string): string => [...right(digit)].reverse().join("");

function ean13(code: string): string {
  const parity = PARITY[Number(code[0])] ?? "";
  const left = [...code.slice(1, 7)].map((digit, i) =>
    parity[i] === "O" ? ODD[Number(digit)] : even(digit),
  );
  return `101${left.join("")}01010${[...code.slice(7)].map(right).join("")}101`;
}

function picture(bits: string, module = 3, height = 80): ImageData {
  const quiet = 12 * module;
  const width = bits.length * module + 2 * quiet;
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let y = 10; y < height - 10; y++) {
    for (let x = 0; x < bits.length * module; x++) {
      if (bits[Math.floor(x / module)] === "1")
        data.fill(0, (y * width + quiet + x) * 4, (y * width + quiet + x) * 4 + 3);
    }
  }
  return { data, width, height, colorSpace: "srgb" } as ImageData;
}

describe("the camera", () => {
  beforeAll(async () => {
    const path = createRequire(import.meta.url).resolve("zxing-wasm/reader/zxing_reader.wasm");
    const file = readFileSync(path);
    await prepare({ bytes: new Uint8Array(file).buffer });
  });

  test("reads an EAN-13 and says what symbology it is", async () => {
    expect(await scansIn(picture(ean13("4006381333931")))).toEqual([
      { data: "4006381333931", symbology: "]E0" },
    ]);
  });

  test("reads nothing from a blank wall", async () => {
    expect(await scansIn(picture("0".repeat(95)))).toEqual([]);
  });
});

describe("the same code again", () => {
  const before = { data: "A", at: 1000 };

  test("is an echo within 300 ms from a wedge", () => {
    expect(isEcho(before, "A", 1299, WEDGE_MS)).toBe(true);
    expect(isEcho(before, "A", 1300, WEDGE_MS)).toBe(false);
  });

  test("another code never is", () => {
    expect(isEcho(before, "B", 1001, WEDGE_MS)).toBe(false);
    expect(isEcho(null, "A", 1001, WEDGE_MS)).toBe(false);
  });
});

/** What a camera makes of what it sees: code and time. */
function scansOf(pictures: ReadonlyArray<readonly [string, number]>): string[] {
  let sightings: Sightings = new Map();
  return pictures.flatMap(([data, at]) => {
    const seen = sighted(sightings, data, at);
    sightings = seen.sightings;
    return seen.isNew ? [data] : [];
  });
}

describe("a code before the camera", () => {
  test("counts once however long it is held, and again after 1.5 s out of sight", () => {
    expect(scansOf([0, 1000, 2000, 3000].map((at) => ["A", at]))).toEqual(["A"]);
    expect(
      scansOf([
        ["A", 0],
        ["A", CAMERA_MS],
      ]),
    ).toEqual(["A", "A"]);
  });

  test("counts once beside another one", () => {
    const both = [0, 120, 240].flatMap((at): [string, number][] => [
      ["A", at],
      ["B", at + 1],
    ]);
    expect(scansOf(both)).toEqual(["A", "B"]);
  });
});
