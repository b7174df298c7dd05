import { describe, expect, test } from "vitest";
import {
  BIN,
  floor,
  id,
  SALT,
  STAGE,
  scanOf,
  type Table,
  TEA,
  tote,
  worldOf,
} from "../testing/floor.ts";
import { payload, walk } from "../testing/walk.ts";
import { shipping } from "./flow.ts";
import { view } from "./view.ts";

function picked(open = 0): Table {
  const table = floor();
  const order = id("SO-1");
  table.order.push({
    id: order,
    number: "SO-1",
    customer_name: "Café Sol",
    status: "picked",
    lines: [
      { id: id("1"), item: TEA.id, ordered: 12, picked: 12 - open, short: 0 },
      { id: id("2"), item: SALT.id, ordered: 4, picked: 3, short: 1 },
    ],
    totes: ["T-07", "T-08"].map((code) => ({
      lpn: worldOf(table).derive(tote(code), order),
      code,
    })),
  });
  return table;
}

const staged = (table: Table) =>
  walk(shipping, worldOf(table)).scan(scanOf.tote("T-07")).scan(scanOf.place(STAGE));

describe("shipping", () => {
  test("a tote opens its order, the stage takes all its totes, and ship sends them", () => {
    const table = picked();
    const atStage = staged(table);
    expect(atStage.recorded).toHaveLength(2);
    expect(payload(atStage.recorded, "moving.move", 0)).toMatchObject({
      lpn: table.order[0]?.totes[0]?.lpn,
      source: null,
      target: STAGE.id,
    });

    const shipped = atStage.press("ship");

    expect(payload(shipped.recorded, "shipping.ship")).toMatchObject({
      order: id("SO-1"),
      units: table.order[0]?.totes.map((unit) => unit.lpn),
      goods: [],
      stage: STAGE.id,
    });
    expect(shipped.state.at).toBe("order");
  });

  test("what is short is shown", () => {
    const table = picked();

    expect(JSON.stringify(view(staged(table).state, worldOf(table)).facts)).toContain(
      "ship.line_short",
    );
  });

  test("an order with open lines is shipped only when that is said twice", () => {
    const asked = staged(picked(2)).press("ship");
    expect(asked.last.feedback?.tone).toBe("caution");
    expect(asked.recorded.map((draft) => draft.kind)).not.toContain("shipping.ship");

    expect(asked.press("ship").recorded.at(-1)?.kind).toBe("shipping.ship");
  });

  test("an empty tote and a place that is no stage are stopped", () => {
    const start = walk(shipping, worldOf(picked()));
    expect(start.scan(scanOf.tote("T-99")).last.feedback?.tone).toBe("wrong");

    const bin = start.scan(scanOf.tote("T-07")).scan(scanOf.place(BIN));
    expect(bin.last.feedback?.tone).toBe("wrong");
    expect(bin.recorded).toEqual([]);
  });
});
