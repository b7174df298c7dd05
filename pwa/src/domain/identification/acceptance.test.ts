// The published acceptance vectors, a quarter of all, kept outside the repository: the server's
// suite reads the same files (tests/unit/identification/test_acceptance.py).
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkDigit, hasCheckDigit, hasCheckPair, isDigits } from "./check-digits.ts";
import { encodeEpc, identify } from "./index.ts";

type Scan = {
  id: string;
  data: string;
  symbology?: string | null;
  level?: string;
  ok: boolean;
  ais: string[][] | null;
  error_class?: string | null;
};
type Tag = {
  id: string;
  hex: string;
  tag: string | null;
  pure: string | null;
  scheme: string | null;
  filter: number | null;
  gcp_len: number | null;
  ok: boolean;
  expect_ais: string[][] | null;
};
type Digits = { id: string; kind: string; valid: boolean } & Record<
  "value" | "payload" | "check_digit" | "gtin14" | "upce" | "upca",
  string
>;

const LONGEST_MODEL_NUMBER = 25;
const OURS = new Set([
  ...["sgtin-96", "sgtin-198", "sscc-96", "sgln-96", "sgln-195", "grai-96", "grai-170"],
  ...["giai-96", "giai-202", "sgtin+", "dsgtin+", "sscc+", "sgln+", "grai+", "giai+"],
]);

const folder = new URL("../../../../../shared/data/identification/", import.meta.url);

/** The rows of one file; without the folder none, an error under CI. */
function rows<Row>(name: string): Row[] {
  const file = new URL(`${name}.jsonl`, folder);
  if (!existsSync(file) && process.env.CI !== "true") {
    return [];
  }
  const lines = readFileSync(file, "utf8").split("\n");
  return lines.filter((line) => line !== "").map((line): Row => JSON.parse(line));
}

const isAssociation = (row: Scan) =>
  row.error_class === "association" || row.level === "association";

const isOurs = ({ scheme, expect_ais: ais }: Tag) =>
  scheme === null ? ais !== null && ais.length > 0 : OURS.has(scheme);

/** `run` for each row, or one skip that says why there is none. */
function each<Row extends { id: string }>(found: Row[], run: (row: Row) => void): void {
  if (found.length === 0) {
    test.skip("the acceptance vectors are not beside the repository", () => undefined);
    return;
  }
  test.each(found)("$id", run);
}

describe("element strings", () => {
  each(rows<Scan>("element-strings"), (row) => {
    const found = identify(row.data, row.symbology ?? null);

    if (!row.ok && isAssociation(row) && found.ok) {
      expect(found.warnings).toContain("identification.association");
      return;
    }
    expect(found.ok).toBe(row.ok);
    expect(found.ais).toEqual(row.ais ?? found.ais);
  });
});

describe("digital links", () => {
  each(rows<Scan>("digital-link"), (row) => {
    const found = identify(row.data, null);

    expect(found.ok).toBe(row.ok);
    if (row.ok) {
      expect([found.kind, found.ais]).toEqual(["digital_link", row.ais]);
    }
  });
});

describe("tags", () => {
  each(rows<Tag>("epc"), (row) => {
    const { epc, ais, ok } = identify(row.hex, null);

    if (!row.ok || !isOurs(row)) {
      expect(ok).toBe(false);
      return;
    }
    expect(ais).toEqual(row.expect_ais);
    for (const name of ["scheme", "filter", "tag", "pure"] as const) {
      expect(epc?.[name]).toBe(row[name] ?? epc?.[name]);
    }
  });
});

describe("tags are written as they were read", () => {
  const ours = rows<Tag>("epc").filter((row) => row.pure !== null && OURS.has(row.scheme ?? ""));
  each(ours, ({ pure, scheme, filter, gcp_len, hex }) => {
    const written = encodeEpc({
      pure: pure ?? "",
      scheme: scheme ?? "",
      filter: filter ?? 0,
      gcp_len: gcp_len ?? 0,
    });

    // Tags store whole words; published examples stop at the last digit that matters.
    expect(written.replace(/0+$/, "")).toBe(hex.replace(/0+$/, ""));
  });
});

describe("check digits", () => {
  each(rows<Digits>("check-digits"), (row) => {
    switch (row.kind) {
      case "mod10-validate":
        return expect(isDigits(row.value) && hasCheckDigit(row.value)).toBe(row.valid);
      case "mod10-compute":
        return expect(checkDigit(row.payload)).toBe(row.check_digit);
      case "alpha-check-pair":
        return row.value.length > LONGEST_MODEL_NUMBER
          ? undefined
          : expect(hasCheckPair(row.value)).toBe(row.valid);
      case "gtin-normalise":
      case "upc-to-gtin14":
        return expect(identify(row.value, "]E0").gtin14).toBe(row.gtin14);
      case "upce-to-upca":
        return expect(identify(row.upce, "]E0").gtin14).toBe(row.upca.padStart(14, "0"));
      case "upce-validate":
        return expect(identify(row.value, "]E0").ok).toBe(row.valid);
      case "upce-invalid":
        return expect(identify(row.value, "]E0").ok).toBe(false);
      default:
        throw new Error(`no such check: ${row.kind}`);
    }
  });
});
