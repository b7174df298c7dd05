/** What was built speaks no newer language than Chrome 100 and Safari 16.4 do. */
import { readdirSync, readFileSync } from "node:fs";
import { parseSync } from "vite";
import { describe, expect, test } from "vitest";

const BUILT = new URL("../dist/", import.meta.url);
const inBuild = (folder: string, ending: string): string[] =>
  readdirSync(new URL(folder, BUILT))
    .filter((name) => name.endsWith(ending))
    .map((name) => `${folder}${name}`);
const SCRIPTS = [...inBuild("assets/", ".js"), ...inBuild("./", ".js")];
const SHEETS = inBuild("assets/", ".css");
const read = (name: string): string => readFileSync(new URL(name, BUILT), "utf8");

/** Lent by older.ts, or asked for before use. */
const PROVIDED: ReadonlySet<string> = new Set(["toSorted", "toReversed", "moveBefore"]);
/** Names that no browser as old as these knows on the things that bear them. */
const LATER: ReadonlySet<string> = new Set([
  "toSorted",
  "toReversed",
  "toSpliced",
  "fromAsync",
  "groupBy",
  "withResolvers",
  "isWellFormed",
  "toWellFormed",
  "canParse",
  "isSubsetOf",
  "isSupersetOf",
  "isDisjointFrom",
  "symmetricDifference",
  "waitAsync",
  "checkVisibility",
  "showPopover",
  "startViewTransition",
  "requestIdleCallback",
  "moveBefore",
  "getOrInsert",
  "toBase64",
  "fromBase64",
  "toHex",
  "sumPrecise",
  "isError",
]);
const LATER_STATICS: ReadonlySet<string> = new Set([
  "AbortSignal.any",
  "AbortSignal.timeout",
  "Promise.try",
  "RegExp.escape",
  "Iterator.from",
  "URL.parse",
]);
const LATER_STYLE =
  /:has\(|@container|@starting-style|@scope|color-mix\(|oklch\(|light-dark\(|text-wrap|subgrid|:user-valid|\bcqw\b|(?:^|[{;])\s*&/;

interface Node {
  readonly type: string;
  readonly [part: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && typeof (value as Node).type === "string";

function* below(node: Node): Generator<Node> {
  yield node;
  for (const part of Object.values(node)) {
    for (const child of Array.isArray(part) ? part : [part]) {
      if (isNode(child)) yield* below(child);
    }
  }
}

const nameOf = (node: unknown): string =>
  isNode(node) && node.type === "Identifier" ? String(node.name) : "";

function tooNew(node: Node): string | null {
  switch (node.type) {
    case "VariableDeclaration":
      return String(node.kind).includes("using") ? "using" : null;
    case "ImportDeclaration":
      return Array.isArray(node.attributes) && node.attributes.length > 0 ? "attributes" : null;
    case "AccessorProperty":
    case "Decorator":
      return node.type;
    case "Literal": {
      const regex = node.regex as { flags: string; pattern: string } | undefined;
      return regex && /v/.test(regex.flags) ? `/${regex.pattern}/${regex.flags}` : null;
    }
    case "MemberExpression": {
      if (node.computed === true) return null;
      const name = nameOf(node.property);
      const whole = `${nameOf(node.object)}.${name}`;
      if (LATER_STATICS.has(whole)) return whole;
      return LATER.has(name) && !PROVIDED.has(name) ? name : null;
    }
    default:
      return null;
  }
}

function found(code: string): string[] {
  const { program, errors } = parseSync("built.js", code);
  expect(errors).toEqual([]);
  return [...below(program as unknown as Node)].flatMap((node) => tooNew(node) ?? []);
}

describe("the build", () => {
  test.each(SCRIPTS)("%s speaks the language of the oldest browsers", (name) => {
    expect(found(read(name))).toEqual([]);
  });

  test.each(SHEETS)("%s is styled as the oldest browsers understand it", (name) => {
    expect(read(name)).not.toMatch(LATER_STYLE);
  });

  test("would be caught if it did not", () => {
    expect(found("URL.canParse(a); [].toSpliced(1); /a/v; AbortSignal.any([])")).toHaveLength(4);
  });

  test("checks browsers without a word that is newer than ES5", () => {
    const modern = /=>|`|\b(?:const|let|class|async|await)\b|\?\.|\?\?|\.\.\.|,\s*\)/;
    const code = read("too-old.js").replace(/\/\/.*/g, "");
    expect(code).not.toMatch(modern);
  });
});
