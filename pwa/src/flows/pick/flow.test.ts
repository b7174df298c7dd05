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
  SALT,
  scanOf,
  stop,
  type Table,
  TEA,
  THIRD,
  tote,
  worldOf,
} from "../testing/floor.ts";
import { payload, walk } from "../testing/walk.ts";
import { pick } from "./flow.ts";
import { view } from "./view.ts";

function twoStops(): Table {
  const table = floor();
  stop(table, "SO-1", TEA, BIN, 12);
  stop(table, "SO-1", SALT, OTHER, 2);
  return table;
}

const at = (table: Table) => walk(pick, worldOf(table));

const first = (table = twoStops()) =>
  at(table).scan(scanOf.place(BIN)).scan(scanOf.item(TEA)).scan(scanOf.tote("T-01"));

describe("picking", () => {
  test("asks for work when it holds none, and starts when work arrives", () => {
    const table = floor();
    const asked = at(table).key(3).press("work");
    expect(payload(asked.recorded, "picking.take_work").orders).toBe(3);

    stop(table, "SO-1", TEA, BIN, 12);

    expect(asked.changed().state.at).toBe("place");
  });

  test("says so when there is no work", () => {
    const table = floor();
    const asked = at(table).press("work");
    const id = asked.recorded[0]?.id ?? "";

    const told = walk(pick, worldOf(table, { [id]: "refused" }), asked.state).changed();

    expect(told.last.feedback).toMatchObject({ tone: "caution", words: { word: "pick.no_work" } });
  });

  test("place, goods, tote: one scan confirms the shown number", () => {
    const done = first();

    const picked = payload(done.recorded, "picking.pick");
    expect(picked).toMatchObject({
      source: BIN.id,
      goods: { item: TEA.id, quantity: 12, lpn: null },
    });
    expect(picked.tote).toBe(worldOf(floor()).derive(tote("T-01"), id("SO-1")));
    expect(picked.scans.map((scan) => scan.data)).toEqual(["A-01-01", "TEA", "TMT:T-01"]);
    expect(done.recorded[0]).toMatchObject({ task: id("task SO-1"), lease: 7 });
    expect(done.state).toMatchObject({ at: "place", stop: { left: 2 } });
  });

  test("the tote is scanned once an order", () => {
    const done = first().scan(scanOf.place(OTHER)).scan(scanOf.item(SALT));

    expect(done.recorded).toHaveLength(2);
    expect(payload(done.recorded, "picking.pick").scans.map((scan) => scan.data)).toContain(
      "TMT:T-01",
    );
    expect(done.state.at).toBe("work");
  });

  test("a wrong place, item, lot or pallet is stopped and the right one named", () => {
    const place = at(twoStops()).scan(scanOf.place(THIRD));
    expect(place.last.feedback).toMatchObject({
      tone: "wrong",
      words: { values: { got: THIRD.code, expected: BIN.code } },
    });
    const item = at(twoStops()).scan(scanOf.place(BIN)).scan(scanOf.item(SALT));
    expect(item.last.feedback).toMatchObject({
      tone: "wrong",
      words: { values: { expected: "Green tea" } },
    });

    const table = floor();
    stop(table, "SO-2", MILK, BIN, 6, { lot: lot(MILK, "L7"), lot_code: "L7" });
    const other = at(table)
      .scan(scanOf.place(BIN))
      .scan(scanOf.batch(MILK, "L8", null));
    expect(other.last.feedback).toMatchObject({ tone: "wrong", words: { values: { lot: "L7" } } });

    const held = floor();
    stop(held, "SO-3", TEA, BIN, 6, { lpn: lpn(PALLET) });
    const bare = at(held).scan(scanOf.place(BIN)).scan(scanOf.item(TEA));
    expect(bare.last.feedback?.tone).toBe("wrong");
    const pallet = at(held).scan(scanOf.place(BIN)).scan(scanOf.pallet(PALLET));
    const done = pallet.scan(scanOf.tote("T-01"));
    expect(payload(done.recorded, "picking.pick").goods.lpn).toBe(lpn(PALLET));
  });

  test("a lot the goods do not show is scanned, or confirmed in one tap", () => {
    const table = floor();
    stop(table, "SO-2", MILK, BIN, 6, { lot: lot(MILK, "L7"), lot_code: "L7" });
    const asked = at(table).scan(scanOf.place(BIN)).scan(scanOf.item(MILK));
    expect(asked.state.at).toBe("lot");

    const tapped = asked.choose("L7").scan(scanOf.tote("T-01"));
    expect(payload(tapped.recorded, "picking.pick").goods.lot).toBe(lot(MILK, "L7"));
    const label = scanOf.unknown("L7");
    expect(asked.scan(label).state.at).toBe("tote");
  });

  test("several orders: every line names its tote, and no tote takes two orders", () => {
    const table = floor();
    stop(table, "SO-1", TEA, BIN, 1);
    stop(table, "SO-2", TEA, BIN, 2);
    stop(table, "SO-1", SALT, OTHER, 3);

    const second = first(table).scan(scanOf.item(TEA));
    expect(second.state.at).toBe("tote");
    expect(second.scan(scanOf.tote("T-01")).last.feedback).toMatchObject({
      tone: "wrong",
      words: { word: "pick.tote_taken" },
    });

    const third = second
      .scan(scanOf.tote("T-02"))
      .scan(scanOf.place(OTHER))
      .scan(scanOf.item(SALT));
    expect(third.state.at).toBe("tote");
    expect(third.scan(scanOf.tote("T-03")).last.feedback?.tone).toBe("wrong");
    expect(third.scan(scanOf.tote("T-01")).recorded).toHaveLength(3);
  });

  test("the same bin needs no second scan of its place", () => {
    const table = floor();
    stop(table, "SO-1", TEA, BIN, 1);
    stop(table, "SO-1", SALT, BIN, 1);

    expect(first(table).state).toMatchObject({ at: "goods", from: { place: BIN.id } });
  });

  test("the pad corrects the number, and the rest can be reported short in two taps", () => {
    const less = at(twoStops()).scan(scanOf.place(BIN)).key(5).scan(scanOf.item(TEA));
    const picked = less.scan(scanOf.tote("T-01"));
    expect(payload(picked.recorded, "picking.pick").goods.quantity).toBe(5);
    expect(picked.state).toMatchObject({ at: "goods", stop: { left: 7 } });

    const why = id("reason pick_short none_left");
    const short = picked.press("short").choose(why);

    expect(payload(short.recorded, "picking.report_short")).toMatchObject({
      missing: 7,
      reason: why,
      source: BIN.id,
    });
    expect(short.state).toMatchObject({ at: "place" });
  });

  test("more than the line is refused", () => {
    const more = at(twoStops()).scan(scanOf.place(BIN)).key(13);

    expect(more.last.feedback?.tone).toBe("wrong");
  });

  test("a skipped stop comes last but stays", () => {
    const skipped = at(twoStops()).press("skip");
    expect(view(skipped.state, worldOf(twoStops())).target).toBe(OTHER.code);

    const later = skipped
      .scan(scanOf.place(OTHER))
      .scan(scanOf.item(SALT))
      .scan(scanOf.tote("T-01"));
    expect(later.state).toMatchObject({ at: "place", stop: { left: 12 } });
  });

  test("the next stop and the progress are shown before this one is finished", () => {
    const shown = view(at(twoStops()).state, worldOf(twoStops()));

    expect(shown.progress).toEqual({ at: 1, of: 2 });
    expect(shown.ahead).toMatchObject({ values: { code: OTHER.code } });
  });

  test("an empty bin is said after the pick, and is no short", () => {
    const said = first().press("empty");

    const bin = payload(said.recorded, "counting.finish_bin");
    expect(bin).toMatchObject({ place: BIN.id, empty: true });
    expect(bin.sheet).toBe(worldOf(floor()).derive(said.recorded.at(-1)?.id ?? "", "1"));
    expect(said.state).toMatchObject({ at: "place", stop: { left: 2 } });
  });

  test("a named alternate is allowed and brings its own lot", () => {
    const table = floor();
    stop(table, "SO-2", MILK, BIN, 6, {
      lot: lot(MILK, "L7"),
      lot_code: "L7",
      alternates: [{ source: THIRD.id, lot: lot(MILK, "L9"), quantity: 4 }],
    });

    const there = at(table).scan(scanOf.place(THIRD));
    expect(there.last.feedback?.tone).toBe("caution");
    const done = there.scan(scanOf.batch(MILK, "L9", null)).scan(scanOf.tote("T-01"));

    expect(payload(done.recorded, "picking.pick")).toMatchObject({
      source: THIRD.id,
      goods: { lot: lot(MILK, "L9"), quantity: 4 },
    });
  });

  test("serial numbers are picked one by one", () => {
    const table = floor();
    stop(table, "SO-1", DRILL, BIN, 2);
    const serial = (code: string) =>
      scanOf.item(DRILL, { serial: lot(DRILL, code), serialCode: code });

    const done = at(table)
      .scan(scanOf.place(BIN))
      .scan(serial("A"))
      .scan(scanOf.tote("T-01"))
      .scan(serial("B"));

    expect(done.recorded).toHaveLength(2);
    expect(payload(done.recorded, "picking.pick").goods).toMatchObject({ quantity: 1 });
    expect(done.state.at).toBe("work");
  });

  test("a stop that was taken back makes way for the next", () => {
    const table = twoStops();
    const started = at(table);
    table.pick_line.shift();

    const moved = started.changed();

    expect(moved.last.feedback?.tone).toBe("caution");
    expect(moved.state).toMatchObject({ at: "place", stop: { left: 2 } });
  });

  test("a task can be given back", () => {
    const back = at(twoStops()).press("give_back");

    expect(payload(back.recorded, "picking.return_work").task).toBe(id("task SO-1"));
    expect(back.state.at).toBe("work");
  });
});
