import { describe, expect, test } from "vitest";
import { uuid5 } from "../../domain/ids.ts";
import {
  BIN,
  CLOSED,
  DOCK,
  floor,
  id,
  lot,
  lpn,
  MILK,
  OTHER,
  PALLET,
  scanOf,
  TEA,
  tote,
  VARIANCE,
  worldOf,
} from "../testing/floor.ts";
import { payload, walk } from "../testing/walk.ts";
import { move } from "./flow.ts";

const start = () => walk(move, worldOf(floor()));

describe("moving", () => {
  test("goods leave one place for another", () => {
    const done = start()
      .scan(scanOf.item(TEA))
      .key(5)
      .scan(scanOf.place(BIN))
      .scan(scanOf.place(OTHER));

    expect(payload(done.recorded, "moving.move")).toMatchObject({
      goods: { item: TEA.id, quantity: 5 },
      lpn: null,
      source: BIN.id,
      target: OTHER.id,
    });
  });

  test("a pallet brings its own source", () => {
    const done = start().scan(scanOf.pallet(PALLET)).scan(scanOf.place(OTHER));

    expect(payload(done.recorded, "moving.move")).toMatchObject({
      goods: null,
      lpn: lpn(PALLET),
      source: null,
    });
  });

  test("the place may come first, and each further scan is one more", () => {
    const done = start()
      .scan(scanOf.place(BIN))
      .scan(scanOf.item(MILK))
      .type("L7")
      .scan(scanOf.batch(MILK, "L7", null))
      .scan(scanOf.place(DOCK));

    expect(payload(done.recorded, "moving.move")).toMatchObject({
      source: BIN.id,
      goods: { lot: lot(MILK, "L7"), quantity: 2 },
    });
  });

  test("blocked, virtual and the same place are stopped", () => {
    const ready = start().scan(scanOf.item(TEA)).scan(scanOf.place(BIN));

    for (const place of [CLOSED, VARIANCE, BIN]) {
      const stopped = ready.scan(scanOf.place(place));
      expect(stopped.last.feedback?.tone).toBe("wrong");
      expect(stopped.recorded).toEqual([]);
    }
  });

  describe("out of a tote of a cancelled order", () => {
    const ORDER = id("cancelled order");
    const inUse = uuid5(tote("T-07"), ORDER);
    const cancelled = () => {
      const table = floor();
      const lines = [{ item: TEA.id, lot: null, quantity: 4 }];
      table.put_back.push({ id: inUse, order: ORDER, number: "SO-1", code: "T-07", lines });
      return walk(move, worldOf(table));
    };

    test("goods go back, all of them at once", () => {
      const done = cancelled()
        .scan(scanOf.tote("T-07"))
        .scan(scanOf.item(TEA))
        .scan(scanOf.place(BIN));

      expect(payload(done.recorded, "moving.move")).toMatchObject({
        goods: { item: TEA.id, quantity: 4, lpn: inUse },
        lpn: null,
        source: null,
        target: BIN.id,
      });
    });

    test("or the tote as it is", () => {
      const done = cancelled().scan(scanOf.tote("T-07")).scan(scanOf.place(OTHER));

      expect(payload(done.recorded, "moving.move")).toMatchObject({
        goods: null,
        lpn: inUse,
        target: OTHER.id,
      });
    });

    test("any other tote is not moved by hand", () => {
      const done = cancelled().scan(scanOf.tote("T-08")).scan(scanOf.place(BIN));

      expect(done.recorded).toEqual([]);
    });
  });
});
