import { describe, expect, test } from "vitest";
import { type Choice, type Kind, preview, unmatched, uploaded } from "./rows.ts";

const ITEMS: Kind = {
  kind: "items",
  presets: ["plain"],
  columns: [
    { name: "sku", required: true },
    { name: "name", required: true },
    { name: "gtin", required: false },
  ],
};
const CHOICE: Choice = {
  preset: "columns",
  columns: { sku: "Artículo" },
  delimiter: ";",
  encoding: "cp1252",
  decimal_comma: true,
  dates: "day_first",
};

describe("matching columns", () => {
  test("names what must be there and is not yet", () => {
    expect(unmatched(ITEMS, CHOICE)).toEqual(["name"]);
    expect(unmatched(ITEMS, { ...CHOICE, columns: { sku: "A", name: "B" } })).toEqual([]);
  });

  test("is not asked for where a preset knows the columns", () => {
    expect(unmatched(ITEMS, { ...CHOICE, preset: "plain", columns: {} })).toEqual([]);
  });
});

describe("answers of the server", () => {
  test("an upload comes with its header and a guess", () => {
    const { brought, header, choice } = uploaded({
      id: "1",
      kind: "items",
      state: "uploaded",
      problems: { "import.cell": 2 },
      header: ["sku", " ", "name "],
      choice: CHOICE,
    });
    expect(header).toEqual(["sku", "name"]);
    expect(choice).toEqual(CHOICE);
    expect(brought.problems).toEqual([["import.cell", 2]]);
  });

  test.each([null, [], "no", { rows: "no", header: 3 }])("%o breaks nothing", (answer) => {
    expect(preview(answer).lines).toEqual([]);
    expect(uploaded(answer).header).toEqual([]);
  });
});
