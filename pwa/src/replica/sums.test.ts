import { describe, expect, test } from "vitest";
import vectors from "../domain/vectors/ids.json" with { type: "json" };
import { count, differing, type SaidSum, type Sum, said } from "./sums.ts";

type Said = Record<string, SaidSum>;

describe("channel sums", () => {
  test.each(vectors.sums.map((one) => [one.rows.length, one] as const))(
    "of %i rows are what the server calculates",
    (_, { rows, sums }) => {
      const ours = new Map<string, Sum>();
      for (const row of rows) count(ours, row, 1);
      expect(Object.fromEntries([...ours].map(([channel, sum]) => [channel, said(sum)]))).toEqual(
        sums,
      );
      expect(differing(ours, sums as unknown as Said)).toEqual([]);
    },
  );

  test("a row that goes takes its mark with it", () => {
    const ours = new Map<string, Sum>();
    const [first, second] = vectors.sums[1]?.rows ?? [];
    if (!first || !second) throw new Error("the vectors lost their rows");
    count(ours, first, 1);
    count(ours, second, 1);
    count(ours, second, -1);
    expect(differing(ours, vectors.sums[0]?.sums as unknown as Said)).toEqual([]);
  });

  test("a channel only one side has, with rows, differs; an empty one does not", () => {
    const ours = new Map<string, Sum>([["site", { n: 0, high: 0, low: 0 }]]);
    const empty = { n: 0, xor: "0".repeat(16) };
    expect(differing(ours, { "role:picker": empty })).toEqual([]);
    expect(differing(ours, { "role:picker": { ...empty, n: 1 } })).toEqual(["role:picker"]);
  });
});
