/** Goods that are held, and the work that contradictions leave, as hands meet them offline. */
import { describe, expect, test } from "vitest";
import type { Rows } from "../domain/rows.ts";
import { move } from "./move/flow.ts";
import { pick } from "./pick/flow.ts";
import { view } from "./pick/view.ts";
import { putaway } from "./putaway/flow.ts";
import { shipping } from "./ship/flow.ts";
import {
  BIN,
  DOCK,
  DRILL,
  floor,
  id,
  lot,
  lpn,
  MILK,
  OTHER,
  PALLET,
  STAGE,
  scanOf,
  stop,
  type Table,
  TEA,
  tote,
  worldOf,
} from "./testing/floor.ts";
import { payload, walk } from "./testing/walk.ts";

const ASIDE = { ...OTHER, id: id("Q-01"), code: "Q-01", kind: "quarantine" } as const;

function holding(covers: string, label: string): Table {
  const table = floor();
  table.location.push(ASIDE);
  const hold: Rows["hold"] = {
    id: id("hold"),
    subject_kind: "lot",
    subject: covers,
    label,
    why: "recall",
    note: null,
    covers: [covers],
  };
  table.hold.push(hold);
  return table;
}

const followUp = (more: Partial<Rows["follow_up"]>): Rows["follow_up"] => ({
  id: id("work"),
  kind: "set_aside",
  code: "over_receipt",
  place: null,
  item: null,
  order: null,
  number: null,
  task: null,
  ...more,
});

describe("a pick of held goods", () => {
  const milk = () => {
    const table = holding(lot(MILK, "L7"), "L7");
    stop(table, "SO-1", MILK, BIN, 6, { lot: lot(MILK, "L7"), lot_code: "L7" });
    return walk(pick, worldOf(table)).scan(scanOf.place(BIN));
  };
  const label = scanOf.batch(MILK, "L7", null);

  test("is stopped before it happens, and says where to take them", () => {
    const stopped = milk().scan(label);

    expect(stopped.last.feedback).toMatchObject({
      tone: "wrong",
      words: { word: "held.take_to", values: { label: "L7", code: "Q-01" } },
    });
    expect(stopped.scan(scanOf.tote("T-01")).recorded).toEqual([]);
  });

  test("is a fact when the same goods are scanned again", () => {
    const done = milk().scan(label).scan(label).scan(scanOf.tote("T-01"));

    expect(payload(done.recorded, "picking.pick").goods.lot).toBe(lot(MILK, "L7"));
  });

  test("by pallet and by serial number too", () => {
    const pallet = holding(lpn(PALLET), PALLET);
    stop(pallet, "SO-1", TEA, BIN, 6, { lpn: lpn(PALLET) });
    const whole = walk(pick, worldOf(pallet)).scan(scanOf.place(BIN)).scan(scanOf.pallet(PALLET));
    expect(whole.last.feedback?.tone).toBe("wrong");

    const piece = holding(lot(DRILL, "A"), "A");
    stop(piece, "SO-1", DRILL, BIN, 2);
    const at = walk(pick, worldOf(piece)).scan(scanOf.place(BIN));
    const serial = (code: string) =>
      scanOf.item(DRILL, { serial: lot(DRILL, code), serialCode: code });
    expect(at.scan(serial("A")).last.feedback?.tone).toBe("wrong");
    expect(at.scan(serial("B")).last.feedback?.tone).toBe("step");
  });

  test("of other goods goes on as ever", () => {
    const table = holding(lot(MILK, "L9"), "L9");
    stop(table, "SO-1", MILK, BIN, 6, { lot: lot(MILK, "L7"), lot_code: "L7" });
    const done = walk(pick, worldOf(table)).scan(scanOf.place(BIN)).scan(label);

    expect(done.state.at).toBe("tote");
  });
});

describe("held goods in hand", () => {
  const caution = {
    tone: "caution",
    words: { word: "held.take_to", values: { label: `…${PALLET.slice(-6)}`, code: "Q-01" } },
  };

  test("are named when they are lifted, and may be carried aside", () => {
    const world = worldOf(holding(lpn(PALLET), PALLET));
    for (const flow of [putaway, move]) {
      const lifted = walk(flow as typeof putaway, world).scan(scanOf.pallet(PALLET));
      expect(lifted.last.feedback).toMatchObject(caution);
    }
    const aside = walk(move, world).scan(scanOf.pallet(PALLET)).scan(scanOf.place(ASIDE));
    expect(payload(aside.recorded, "moving.move").target).toBe(ASIDE.id);
  });

  test("are put away where such goods are kept, whatever was planned", () => {
    const table = holding(lpn(PALLET), PALLET);
    const planned = { lpn: lpn(PALLET), code: PALLET, place: BIN.id, place_code: BIN.code };
    const rest = { item: null, source: DOCK.id, reason: null, alternates: [], done: false };
    table.putaway_plan.push({ id: id("plan"), ...planned, ...rest });
    const lifted = walk(putaway, worldOf(table)).scan(scanOf.pallet(PALLET));
    const stored = lifted.scan(scanOf.place(ASIDE));

    expect(payload(stored.recorded, "putaway.put_away").target).toBe(ASIDE.id);
  });

  test("are named by their lot, and others are not", () => {
    const lots = worldOf(holding(lot(MILK, "L7"), "L7"));
    const lift = (label: string) =>
      walk(putaway, lots).scan(scanOf.batch(MILK, label, null)).last.feedback?.tone;

    expect([lift("L7"), lift("L8")]).toEqual(["caution", "step"]);
  });
});

describe("a walk", () => {
  test("says until when it is this picker's", () => {
    const table = floor();
    stop(table, "SO-1", TEA, BIN, 6);
    const { facts } = view(walk(pick, worldOf(table)).state, worldOf(table));

    expect(facts).toContainEqual(expect.objectContaining({ word: "pick.until" }));
  });

  test("is given back with the right it was held by", () => {
    const table = floor();
    stop(table, "SO-1", TEA, BIN, 6);
    const back = walk(pick, worldOf(table)).press("give_back");

    expect(back.recorded[0]).toMatchObject({ task: id("task SO-1"), lease: 7 });
  });
});

describe("an order with held goods", () => {
  const order = id("SO-1");
  const packed = (more: Partial<Table>, goods: Rows["order"]["totes"][number]["goods"]) => {
    const table = { ...floor(), ...more };
    const unit = worldOf(table).derive(tote("T-07"), order);
    table.order.push({
      id: order,
      number: "SO-1",
      customer_name: "Café Sol",
      status: "picked",
      lines: [{ id: id("1"), item: MILK.id, ordered: 2, picked: 2, short: 0 }],
      totes: [{ lpn: unit, code: "T-07", ...(goods ? { goods } : {}) }],
    });
    return walk(shipping, worldOf(table)).scan(scanOf.tote("T-07")).scan(scanOf.place(STAGE));
  };

  test("does not leave when the office has said so", () => {
    const stops = [followUp({ kind: "stop_ship", order, number: "SO-1", item: MILK.id })];
    const stopped = packed({ follow_up: stops }, undefined).press("ship");

    expect(stopped.last.feedback?.tone).toBe("wrong");
    expect(stopped.recorded.map(({ kind }) => kind)).toEqual(["moving.move"]);
  });

  test("nor when the handheld alone sees it", () => {
    const { hold, location } = holding(lot(MILK, "L7"), "L7");
    const goods = [{ item: MILK.id, lot: lot(MILK, "L7"), serial: null, quantity: 2 }];

    expect(packed({ hold, location }, goods).press("ship").last.feedback?.tone).toBe("wrong");
  });
});

describe("work that is left", () => {
  test("a surplus comes out of its tote, the tote stays", () => {
    const table = floor();
    const unit = worldOf(table).derive(tote("T-07"), id("SO-1"));
    const lines = [{ item: TEA.id, lot: null, quantity: 3 }];
    const row = { id: unit, order: id("SO-1"), number: "SO-1", code: "T-07", whole: false, lines };
    table.put_back.push(row);
    const there = walk(move, worldOf(table)).scan(scanOf.tote("T-07"));

    expect(there.scan(scanOf.place(BIN)).recorded).toEqual([]);
    const done = there.scan(scanOf.item(TEA)).scan(scanOf.place(BIN));
    expect(payload(done.recorded, "moving.move").goods).toMatchObject({ lpn: unit, quantity: 3 });
  });

  test("goods that are set aside name the work they do", () => {
    const table = holding(id("nothing"), "");
    table.follow_up.push(followUp({ item: TEA.id, task: id("line") }));
    const carried = walk(move, worldOf(table)).scan(scanOf.place(DOCK)).scan(scanOf.item(TEA));

    expect(carried.scan(scanOf.place(ASIDE)).recorded[0]).toMatchObject({ task: id("line") });
    expect(carried.scan(scanOf.place(BIN)).recorded[0]).toMatchObject({ task: null });
  });

  test("what is put away names its plan, so that the server crosses it off", () => {
    const table = floor();
    table.putaway_plan.push({
      id: id("plan"),
      lpn: null,
      code: null,
      item: TEA.id,
      source: DOCK.id,
      place: BIN.id,
      place_code: BIN.code,
      reason: null,
      alternates: [],
      done: false,
    });
    const done = walk(putaway, worldOf(table)).scan(scanOf.item(TEA)).scan(scanOf.place(BIN));

    expect(done.recorded[0]).toMatchObject({ kind: "putaway.put_away", task: id("plan") });
  });
});
