import { expect, test } from "vitest";
import lost from "../vectors/lost-separators.json" with { type: "json" };
import { candidates } from "./index.ts";

test.each(lost)("$of", ({ data, symbology, codes, expect: wanted }) => {
  expect(candidates(data, symbology, codes).map((reading) => reading.ais)).toEqual(wanted);
});
