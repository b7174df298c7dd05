import { describe, expect, test } from "vitest";
import type { AnyDraft, Goods } from "../domain/operation.ts";
import { count } from "./count/flow.ts";
import { move } from "./move/flow.ts";
import { pick } from "./pick/flow.ts";
import { putaway } from "./putaway/flow.ts";
import { receive } from "./receive/flow.ts";
import {
  BIN,
  DRILL,
  floor,
  lot,
  MILK,
  PALLET,
  scanOf,
  stop,
  TEA,
  worldOf,
} from "./testing/floor.ts";
import { type Walk, walk } from "./testing/walk.ts";

function picking(): Walk<unknown> {
  const table = floor();
  stop(table, "SO-3", DRILL, BIN, 2);
  return walk(pick, worldOf(table))
    .scan(scanOf.place(BIN))
    .scan(scanOf.tote("T-1")) as Walk<unknown>;
}

/** Each flow where goods are identified, up to where the goods are scanned, and what follows them. */
const FLOWS: ReadonlyArray<
  readonly [string, () => Walk<unknown>, (at: Walk<unknown>) => Walk<unknown>]
> = [
  ["receive", () => walk(receive, worldOf(floor())) as Walk<unknown>, (booked) => booked],
  [
    "putaway",
    () => walk(putaway, worldOf(floor())) as Walk<unknown>,
    (lifted) =>
      lifted.scan(scanOf.place(BIN)).answer({ ask: "check", about: BIN.id, verdict: "allowed" }),
  ],
  [
    "move",
    () => walk(move, worldOf(floor())).scan(scanOf.place(BIN)) as Walk<unknown>,
    (lifted) => lifted.scan(scanOf.place({ ...BIN, id: "next", code: "NEXT" })),
  ],
  [
    "count",
    () => walk(count, worldOf(floor())).scan(scanOf.place(BIN)) as Walk<unknown>,
    (noted) => noted,
  ],
  ["pick", picking, (picked) => picked],
];

const goodsIn = (recorded: readonly AnyDraft[]): Goods | null => {
  const payload = recorded.at(-1)?.payload;
  return payload && "goods" in payload ? (payload.goods as Goods) : null;
};

describe.each(FLOWS)("%s: goods with a serial number scanned without it", (_, start, end) => {
  const asked = () => start().scan(scanOf.item(DRILL));

  test("ask for it", () => {
    expect(asked().state).toMatchObject({ at: "serial" });
    expect(asked().recorded).toEqual([]);
  });

  test.each([
    ["other goods", scanOf.item(TEA)],
    ["a pallet", scanOf.pallet(PALLET)],
    ["the same goods, still without it", scanOf.item(DRILL)],
    ["a tote", scanOf.tote("T-9")],
    ["a bin", scanOf.place(BIN)],
  ])("stop loudly at %s", (_name, other) => {
    const stopped = asked().scan(other);
    expect(stopped.last.feedback?.tone).toBe("wrong");
    expect(stopped.state).toEqual(asked().state);
    expect(stopped.recorded).toEqual([]);
  });

  test.each([
    ["its label", (at: Walk<unknown>) => at.scan(scanOf.unknown("S-1"))],
    ["the pad", (at: Walk<unknown>) => at.type("S-1")],
    [
      "a code of both",
      (at: Walk<unknown>) =>
        at.scan(scanOf.item(DRILL, { serial: lot(DRILL, "S-1"), serialCode: "S-1" })),
    ],
  ])("go on with it from %s", (_name, supplied) => {
    const done = end(supplied(asked()));
    expect(goodsIn(done.recorded)).toMatchObject({
      item: DRILL.id,
      serial: lot(DRILL, "S-1"),
      quantity: 1,
    });
  });

  test("are given up with back", () => {
    expect(asked().press("back").state).not.toMatchObject({ at: "serial" });
  });
});

test("goods whose lot is asked do not give way either", () => {
  const asked = walk(putaway, worldOf(floor())).scan(scanOf.item(MILK));
  const stopped = asked.scan(scanOf.item(TEA));

  expect(stopped.last.feedback).toMatchObject({
    tone: "wrong",
    words: { values: { expected: { word: "expect.lot" } } },
  });
  expect(stopped.state).toEqual(asked.state);
});
