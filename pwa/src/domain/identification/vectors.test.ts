import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  DEFAULT,
  type Elements,
  type EpcRequest,
  encodeEpc,
  type Identified,
  identify,
  measures,
  normalise,
  Refused,
  splitWithoutSeparators,
} from "./index.ts";

type Encoded = { ok: true; hex: string } | { ok: false; error: { code: string } };
type Row =
  | { kind: "identify"; say: string; data: string; symbology: string | null; expect: Identified }
  | { kind: "encode"; say: string; request: EpcRequest; expect: Encoded }
  | { kind: "split"; say: string; text: string; codes: string[]; expect: Elements[] }
  | { kind: "measures"; elements: Elements; expect: [string, string, string][] };

// The vectors of the server: the same scans must get the same answers.
const file = new URL("../../../../tests/unit/identification/vectors.jsonl", import.meta.url);
const rows = readFileSync(file, "utf8")
  .split("\n")
  .filter((line) => line !== "")
  .map((line): Row => JSON.parse(line));

function of<K extends Row["kind"]>(kind: K): Extract<Row, { kind: K }>[] {
  return rows.filter((row): row is Extract<Row, { kind: K }> => row.kind === kind);
}

function encoded(request: EpcRequest): Encoded {
  try {
    return { ok: true, hex: encodeEpc(request) };
  } catch (thrown) {
    if (thrown instanceof Refused) {
      return { ok: false, error: { code: thrown.refusal.code } };
    }
    throw thrown;
  }
}

describe("the vectors shared with the server", () => {
  test.each(of("identify"))("$say: $data", (row) => {
    const found = identify(row.data, row.symbology);

    expect(JSON.parse(JSON.stringify(found))).toEqual(row.expect);
  });

  test.each(of("encode"))("$say as a tag", (row) => {
    const { expect: wanted } = row;

    expect(encoded(row.request)).toEqual(
      wanted.ok ? { ok: true, hex: wanted.hex } : { ok: false, error: { code: wanted.error.code } },
    );
  });

  test.each(of("split"))("$say without separators", (row) => {
    expect(splitWithoutSeparators(row.text, row.codes)).toEqual(row.expect);
  });

  test.each(of("measures"))("measures of $elements", (row) => {
    const found = measures(row.elements).map(({ ai, amount, unit }) => [ai, amount, unit]);

    expect(found).toEqual(row.expect);
  });
});

describe("the profile of a device", () => {
  const scan = "~S]C110LOT7|17261231#";
  const handheld = { ...DEFAULT, prefix: "~S", suffix: "#", standIns: ["|"] };

  test("is taken off before anything else is read", () => {
    expect(identify(scan, null, handheld).lot).toBe("LOT7");
    expect(identify(scan, null).ok).toBe(false);
  });

  test("leaves the string to look up among aliases", () => {
    expect(normalise("]C0SHELF-7\r\n", null)).toEqual(["SHELF-7", "]C0"]);
  });

  test("says in which year a two-digit year is read", () => {
    expect(identify("(17)010131", null, { ...DEFAULT, year: 2099 }).expiry).toBe("2101-01-31");
    expect(identify("(17)770131", null, { ...DEFAULT, year: 2026 }).expiry).toBe("1977-01-31");
  });
});

test.each(["0", "\t", "(10)", "<GS>", "%", "https://a/", "30 ", "\u00e9"])(
  "a megabyte of %j is refused",
  (piece) => {
    expect(identify(piece.repeat(1_000_000 / piece.length), null).ok).toBe(false);
  },
);
