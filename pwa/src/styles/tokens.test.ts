import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const FOLDER = new URL("./", import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, FOLDER), "utf8");
const SHEETS = readdirSync(FOLDER).filter((file) => file.endsWith(".css") && file !== "tokens.css");

/** Strokes are thinner than the grid; everything else is a step of it. */
const STROKE = 4;
const GRID = 8;

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** The colours of a block of tokens, over those it does not name. */
function colours(selector: string, base: ReadonlyMap<string, string>): Map<string, string> {
  const [, rest = ""] = read("tokens.css").split(`${selector} {`);
  const [block = ""] = rest.split("}");
  const own = [...block.matchAll(/(--[\w-]+): (#[0-9a-f]{6})/g)];
  return new Map([...base, ...own.map(([, name = "", value = ""]) => [name, value] as const)]);
}

const LIGHT = colours(":root", new Map());
const THEMES: ReadonlyArray<readonly [string, ReadonlyMap<string, string>]> = [
  ["light", LIGHT],
  ["dark", colours('[data-theme="dark"]', LIGHT)],
  ["sunlight", colours('[data-theme="sunlight"]', LIGHT)],
];
const PAIRS = [
  ["--ink", "--ground"],
  ["--ink", "--panel"],
  ["--quiet", "--ground"],
  ["--quiet", "--panel"],
  ["--on-accent", "--accent"],
  ["--bad", "--ground"],
  ["--bad", "--panel"],
  ["--on-ok", "--ok"],
  ["--on-caution", "--caution"],
  ["--on-wrong", "--wrong"],
] as const;

describe.each(THEMES)("the %s theme", (_, theme) => {
  test.each(PAIRS)("%s on %s can be read in any light", (ink, ground) => {
    const ratio = contrast(theme.get(ink) ?? "", theme.get(ground) ?? "");
    expect(ratio).toBeGreaterThanOrEqual(7);
  });
});

describe.each(SHEETS)("%s", (file) => {
  test("names no colour and no type size of its own", () => {
    expect(read(file)).not.toMatch(/#[0-9a-f]{3,8}\b/i);
    for (const [, size] of read(file).matchAll(/font-size: ([^;]+);/g)) {
      expect(size).toMatch(/^var\(--(text|large|place|number|huge)\)$/);
    }
  });

  test("keeps to the grid", () => {
    const rules = read(file).replace(/@media[^{]+/g, "");
    for (const [, pixels] of rules.matchAll(/(\d+(?:\.\d+)?)px/g)) {
      const size = Number(pixels);
      expect(size <= STROKE || size % GRID === 0, `${size}px`).toBe(true);
    }
  });
});
