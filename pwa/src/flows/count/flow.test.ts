import { describe, expect, test } from "vitest";
import {
  BIN,
  DRILL,
  floor,
  id,
  lot,
  lpn,
  MILK,
  OTHER,
  PALLET,
  scanOf,
  TEA,
  worldOf,
} from "../testing/floor.ts";
import { payload, walk } from "../testing/walk.ts";
import { count } from "./flow.ts";
import { view } from "./view.ts";

const opened = () => walk(count, worldOf(floor())).scan(scanOf.place(BIN));

describe("counting blind", () => {
  test("a scan and a number are one line of a sheet named after its first operation", () => {
    const counted = opened().scan(scanOf.item(TEA)).key(24);

    const [one, two] = counted.recorded;
    expect(payload(counted.recorded, "counting.count_line", 0)).toMatchObject({
      place: BIN.id,
      goods: { item: TEA.id, quantity: 1 },
      lpn: null,
    });
    expect(payload(counted.recorded, "counting.count_line", 1).goods?.quantity).toBe(23);
    const sheet = worldOf(floor()).derive(one?.id ?? "", "1");
    expect(
      counted.recorded.map((draft) => "sheet" in draft.payload && draft.payload.sheet),
    ).toEqual([sheet, sheet]);
    expect(two?.id).not.toBe(one?.id);
  });

  test("every scan of the same goods adds, also after others came between", () => {
    const counted = opened()
      .scan(scanOf.item(TEA))
      .scan(scanOf.batch(MILK, "L7", null, 12))
      .scan(scanOf.item(TEA, { quantity: 12 }));

    expect(view(counted.state, worldOf(floor())).quantity?.value).toBe(13);
  });

  test("less than scanned takes the scans back and books the number", () => {
    const counted = opened().scan(scanOf.item(TEA)).scan(scanOf.item(TEA)).key(1);

    expect(counted.recorded.map((draft) => draft.kind)).toEqual([
      "counting.count_line",
      "counting.count_line",
      "operations.void",
      "operations.void",
      "counting.count_line",
    ]);
  });

  test("a pallet is one scan, and each pallet and serial counts once", () => {
    const counted = opened().scan(scanOf.pallet(PALLET));
    expect(payload(counted.recorded, "counting.count_line")).toMatchObject({
      goods: null,
      lpn: lpn(PALLET),
    });
    expect(counted.scan(scanOf.pallet(PALLET)).last.feedback?.tone).toBe("caution");

    const serial = scanOf.item(DRILL, { serial: lot(DRILL, "A"), serialCode: "A" });
    const drills = opened().scan(serial).scan(serial);
    expect(drills.recorded).toHaveLength(1);
  });

  test("the lot is asked where goods have one", () => {
    const asked = opened().scan(scanOf.item(MILK));
    expect(asked.state.at).toBe("lot");

    expect(payload(asked.type("L7").recorded, "counting.count_line").goods?.lot).toBe(
      lot(MILK, "L7"),
    );
  });

  test("an empty bin is confirmed, never assumed", () => {
    const asked = opened().press("finish");
    expect(asked.recorded).toEqual([]);
    expect(asked.state.at).toBe("empty");

    const done = asked.press("empty");
    expect(payload(done.recorded, "counting.finish_bin")).toMatchObject({
      place: BIN.id,
      empty: true,
    });
    const found = asked.scan(scanOf.item(TEA));
    expect(found.recorded.map((draft) => draft.kind)).toEqual(["counting.count_line"]);
  });

  test("nothing else here closes the sheet, acknowledged as received", () => {
    const done = opened().scan(scanOf.item(TEA)).press("finish");

    const finished = payload(done.recorded, "counting.finish_bin");
    expect(finished.empty).toBe(false);
    expect(finished.sheet).toBe(payload(done.recorded, "counting.count_line", 0).sheet);
    expect(done.last.feedback).toMatchObject({ tone: "ok", words: { word: "count.finished" } });
  });

  test("another place ends the bin only when it is scanned twice", () => {
    const leaving = opened().scan(scanOf.item(TEA)).scan(scanOf.place(OTHER));
    expect(leaving.last.feedback?.tone).toBe("caution");
    expect(leaving.recorded).toHaveLength(1);

    const left = leaving.scan(scanOf.place(OTHER));
    expect(payload(left.recorded, "counting.finish_bin").place).toBe(BIN.id);
    expect(left.state).toMatchObject({ at: "goods", bin: { place: OTHER.id, lines: 0 } });
    const stayed = leaving.scan(scanOf.item(TEA)).scan(scanOf.place(OTHER));
    expect(stayed.recorded.map((draft) => draft.kind)).not.toContain("counting.finish_bin");
  });

  describe("counts that somebody asked for", () => {
    const me = id("Ada");
    const asking = (notFor: readonly string[] = []) => {
      const table = floor();
      table.count_task = [
        { id: "task-2", place: OTHER.id, why: "asked", not_for: [] },
        { id: "task-1", place: BIN.id, why: "recount", not_for: notFor },
      ];
      return worldOf(table);
    };
    const offered = (world: ReturnType<typeof asking>) =>
      view(count.start(world), world).choices?.map(({ key }) => key);

    test("are on offer in the order of the places, not to who counted or knows the book", () => {
      expect(offered(asking())).toEqual(["task-1", "task-2"]);
      expect(offered(asking([id("somebody else")]))).toEqual(["task-1", "task-2"]);
      expect(offered(asking([me]))).toEqual(["task-2"]);
    });

    test("taken, the place is scanned, and no other", () => {
      const world = asking();
      const taken = walk(count, world).choose("task-1");
      expect(view(taken.state, world).target).toBe(BIN.code);

      const astray = taken.scan(scanOf.place(OTHER));
      expect(astray.last.feedback?.tone).toBe("wrong");
      expect(astray.state).toEqual(taken.state);
      expect(taken.scan(scanOf.place(BIN)).state).toMatchObject({
        at: "goods",
        bin: { place: BIN.id },
      });
    });

    test("left again, any place may be counted", () => {
      const left = walk(count, asking()).choose("task-1").press("back");
      expect(left.scan(scanOf.place(OTHER)).state.at).toBe("goods");
    });

    test("what is not on offer cannot be taken", () => {
      expect(walk(count, asking([me])).choose("task-1").state).toEqual({ at: "place" });
    });
  });

  test("the same gestures look the same whatever the papers say", () => {
    const told = (orders: number): string => {
      const table = floor();
      table.pick_line = Array.from({ length: orders }, (_, at) => ({
        id: `${at}`,
        task: "t",
        order_line: "l",
        item: TEA.id,
        lot: null,
        lot_code: null,
        expiry: null,
        lpn: null,
        source: BIN.id,
        source_code: BIN.code,
        quantity: 100_003,
        sequence: at,
        alternates: [],
      }));
      const world = worldOf(table);
      const counted = walk(count, world).scan(scanOf.place(BIN)).scan(scanOf.item(TEA)).key(7);
      const done = counted.press("finish");
      return JSON.stringify([view(counted.state, world), counted.recorded, done.last]);
    };

    expect(told(5)).toBe(told(0));
  });
});
