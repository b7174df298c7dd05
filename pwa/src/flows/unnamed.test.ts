import { describe, expect, test } from "vitest";
import { uuid5 } from "../domain/ids.ts";
import type { Resolved } from "../domain/resolved.ts";
import { t } from "../words/text.ts";
import { count } from "./count/flow.ts";
import { view as counted } from "./count/view.ts";
import { move } from "./move/flow.ts";
import { putaway } from "./putaway/flow.ts";
import { BIN, DOCK, floor, id, OTHER, scanOf, TEA, worldOf } from "./testing/floor.ts";
import { payload, walk } from "./testing/walk.ts";

const SITE = id("site");
const CODE = uuid5(SITE, "alias:X-1");

const strange = (code = "X-1"): Resolved => ({
  type: "unknown",
  code,
  named: {
    id: uuid5(SITE, `alias:${code}`),
    code,
    lotCode: null,
    expiry: null,
    serialCode: null,
  },
  scan: { data: code, symbology: "]C0" },
});

const bin = () => walk(count, worldOf(floor())).scan(scanOf.place(BIN));

describe("counting what nobody knows", () => {
  test("it is kept under its code when it is scanned twice, and the count goes on", () => {
    const once = bin().scan(strange());
    expect(once.last.feedback).toMatchObject({
      tone: "caution",
      words: { word: "map.again_here" },
    });
    expect(once.recorded).toEqual([]);

    const all = once.scan(strange()).scan(strange()).key(7).scan(scanOf.item(TEA));
    const items = all.recorded.map((_, n) => payload(all.recorded, "counting.count_line", n));
    expect(items.map(({ goods }) => goods?.item)).toEqual([CODE, CODE, CODE, TEA.id]);
    expect(payload(all.recorded, "counting.count_line", 0)).toMatchObject({
      goods: { item: CODE, quantity: 1 },
      scans: [{}, { data: "X-1", symbology: "]C0" }],
    });
    expect(payload(all.recorded, "counting.count_line", 2).goods?.quantity).toBe(5);
    const ahead = counted(all.state, worldOf(floor())).ahead;
    expect(t(ahead ?? "")).toContain("without a name: 1");

    const done = all.press("finish");
    expect(t(done.last.feedback?.words ?? "")).toContain("Codes without a name: 1");
  });

  test("it also shows that a place said to be empty is not", () => {
    const found = bin().press("finish").scan(strange()).scan(strange());

    expect(found.state.at).toBe("goods");
    expect(found.recorded).toHaveLength(1);
  });

  test.each([
    ["goods", scanOf.item(TEA)],
    ["another code", strange("X-2")],
    ["a badge", scanOf.tote("T-1")],
  ])("%s in between cancels", (_what, other) => {
    const between = bin().scan(strange()).scan(other).scan(strange());

    expect(between.last.feedback?.tone).toBe("caution");
    expect(between.recorded.filter(({ payload: p }) => JSON.stringify(p).includes(CODE))).toEqual(
      [],
    );
  });
});

describe("moving what nobody knows", () => {
  test("scanned twice it is in hand, once more is one more", () => {
    const moved = walk(move, worldOf(floor()))
      .scan(scanOf.place(BIN))
      .scan(strange())
      .scan(strange())
      .scan(strange())
      .scan(scanOf.place(OTHER));

    expect(moved.recorded).toHaveLength(1);
    expect(payload(moved.recorded, "moving.move")).toMatchObject({
      goods: { item: CODE, quantity: 2 },
      source: BIN.id,
      target: OTHER.id,
    });
  });

  test("with goods in hand a strange code is no place", () => {
    const held = walk(move, worldOf(floor())).scan(scanOf.place(BIN)).scan(scanOf.item(TEA));

    expect(held.scan(strange()).scan(strange()).last.feedback?.tone).toBe("wrong");
  });
});

describe("putting away what nobody knows", () => {
  test("scanned twice it is lifted from the dock into a bin of choice", () => {
    const stored = walk(putaway, worldOf(floor()))
      .scan(strange())
      .scan(strange())
      .scan(strange())
      .key(4);

    expect(stored.state).toMatchObject({ at: "bin", source: DOCK.id });
    expect(stored.state.at === "bin" && stored.state.load).toMatchObject({
      filling: { item: CODE, quantity: 4 },
    });
    expect(stored.recorded).toEqual([]);
  });
});
