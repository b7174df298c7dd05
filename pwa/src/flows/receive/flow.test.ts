import { describe, expect, test } from "vitest";
import {
  announced,
  BIN,
  DOCK,
  DRILL,
  floor,
  id,
  lot,
  lpn,
  MILK,
  ordered,
  PALLET,
  SALT,
  scanOf,
  TEA,
  worldOf,
} from "../testing/floor.ts";
import { payload, walk } from "../testing/walk.ts";
import { receive } from "./flow.ts";
import { view } from "./view.ts";

const po = (table: ReturnType<typeof floor>, number: string) => {
  const row = table.po.find((candidate) => candidate.number === number);
  if (!row) {
    throw new Error(number);
  }
  return { type: "po", po: row, scan: { data: number, symbology: null } } as const;
};

describe("receiving", () => {
  test("starts at the only dock and asks for one where there are several", () => {
    const table = floor();
    expect(walk(receive, worldOf(table)).state.at).toBe("goods");

    table.location.push({ ...DOCK, id: id("D-02"), code: "D-02" });
    const start = walk(receive, worldOf(table));
    expect(start.state.at).toBe("dock");
    expect(start.scan(scanOf.item(TEA)).last.feedback?.tone).toBe("wrong");
    expect(start.scan(scanOf.place(DOCK)).state.at).toBe("goods");
  });

  test("one open line: goods alone are booked on it at once", () => {
    const table = floor();
    const line = ordered(table, "PO-1", TEA, 24);

    const { recorded, last } = walk(receive, worldOf(table)).scan(scanOf.item(TEA));

    const booked = payload(recorded, "receiving.receive_line");
    expect(booked).toMatchObject({ po_line: line, target: DOCK.id, condition: "good" });
    expect(booked.goods).toMatchObject({ item: TEA.id, quantity: 1, status: "available" });
    expect(last.feedback?.tone).toBe("ok");
  });

  test("several open lines: choose, then it is booked there", () => {
    const table = floor();
    ordered(table, "PO-1", TEA, 24);
    const second = ordered(table, "PO-2", TEA, 6);
    const asked = walk(receive, worldOf(table)).scan(scanOf.item(TEA));
    expect(asked.recorded).toEqual([]);
    expect(view(asked.state, worldOf(table)).choices).toHaveLength(2);

    expect(payload(asked.choose(second).recorded, "receiving.receive_line").po_line).toBe(second);
  });

  test("no open line: a blind receipt", () => {
    const { recorded } = walk(receive, worldOf(floor())).scan(scanOf.item(SALT));

    expect(payload(recorded, "receiving.receive_line").po_line).toBeNull();
  });

  test("a case with lot, date and count is one scan", () => {
    const table = floor();
    ordered(table, "PO-1", MILK, 48);

    const { recorded } = walk(receive, worldOf(table)).scan(
      scanOf.batch(MILK, "L7", "2027-03-31", 12),
    );

    expect(recorded).toHaveLength(1);
    expect(payload(recorded, "receiving.receive_line").goods).toMatchObject({
      lot: lot(MILK, "L7"),
      expiry: "2027-03-31",
      quantity: 12,
    });
  });

  test("lot and expiry are asked where the item has them, and become scans", () => {
    const table = floor();
    ordered(table, "PO-1", MILK, 48);
    const lotAsked = walk(receive, worldOf(table)).scan(scanOf.item(MILK));
    expect(lotAsked.state.at).toBe("lot");
    const dateAsked = lotAsked.type("L8");
    expect(dateAsked.state.at).toBe("expiry");
    expect(dateAsked.type("310226").last.feedback?.tone).toBe("wrong");

    const booked = payload(dateAsked.type("280227").recorded, "receiving.receive_line");

    expect(booked.goods).toMatchObject({ lot: lot(MILK, "L8"), expiry: "2027-02-28" });
    expect(booked.scans.map((scan) => scan.data)).toEqual(["MILK", "(10)L8", "(17)270228"]);
  });

  test("a lot label on its own answers the question for the lot", () => {
    const asked = walk(receive, worldOf(floor())).scan(scanOf.item(MILK, { expiry: "2027-03-31" }));

    const { recorded } = asked.scan({
      type: "details",
      lotCode: "L9",
      expiry: null,
      serialCode: null,
      quantity: null,
      scan: { data: "(10)L9", symbology: null },
    });

    const booked = payload(recorded, "receiving.receive_line");
    expect(booked.goods.lot).toBe(lot(MILK, "L9"));
    expect(booked.scans.map((scan) => scan.data)).toEqual(["MILK", "(10)L9"]);
  });

  test("an announced pallet is one scan with what was announced", () => {
    const table = floor();
    announced(table, "ASN-1");

    const { recorded } = walk(receive, worldOf(table)).scan(scanOf.pallet(PALLET, table));

    const unit = payload(recorded, "receiving.receive_unit");
    expect(unit).toMatchObject({ asn: id("ASN-1"), lpn: lpn(PALLET), target: DOCK.id });
    expect(unit.contents).toMatchObject([{ item: MILK.id, quantity: 48, status: "available" }]);
  });

  test("the same pallet again is not booked again", () => {
    const table = floor();
    announced(table, "ASN-1");
    table.asn_unit = table.asn_unit.map((unit) => ({ ...unit, received: true }));

    const again = walk(receive, worldOf(table)).scan(scanOf.pallet(PALLET, table));

    expect(again.recorded).toEqual([]);
    expect(again.last.feedback?.tone).toBe("caution");
  });

  test("a pallet that stands here already is filled only at its second scan", () => {
    const table = floor();
    table.putaway_plan.push({
      id: lpn(PALLET),
      lpn: lpn(PALLET),
      code: PALLET,
      item: null,
      source: DOCK.id,
      place: null,
      place_code: null,
      reason: null,
      alternates: [],
      done: false,
    });

    const again = walk(receive, worldOf(table)).scan(scanOf.pallet(PALLET));
    expect(again.last.feedback?.tone).toBe("caution");

    const filled = again.scan(scanOf.pallet(PALLET)).scan(scanOf.item(TEA));
    expect(payload(filled.recorded, "receiving.receive_line").goods.lpn).toBe(lpn(PALLET));
  });

  test("goods go onto an unannounced pallet until it is full", () => {
    const { recorded } = walk(receive, worldOf(floor()))
      .scan(scanOf.pallet(PALLET))
      .scan(scanOf.item(TEA))
      .press("close_unit")
      .scan(scanOf.item(TEA));

    const first = payload(recorded, "receiving.receive_line", 0);
    expect(first.goods.lpn).toBe(lpn(PALLET));
    expect(first.scans.map((scan) => scan.data)).toContain(PALLET);
    expect(payload(recorded, "receiving.receive_line", 1).goods.lpn).toBeNull();
  });

  test("the next order does not go onto the pallet of the one before", () => {
    const table = floor();
    ordered(table, "PO-1", TEA, 24);

    const next = walk(receive, worldOf(table))
      .scan(scanOf.pallet(PALLET))
      .scan(po(table, "PO-1"))
      .scan(scanOf.item(TEA));

    expect(payload(next.recorded, "receiving.receive_line").goods.lpn).toBeNull();
  });

  test("damaged and wrong goods keep their reason and their own status", () => {
    const wet = id("reason damaged wet");
    const damaged = walk(receive, worldOf(floor())).press("damaged").choose(wet);
    const { recorded, state } = damaged.scan(scanOf.item(TEA));
    expect(payload(recorded, "receiving.receive_line")).toMatchObject({
      condition: "damaged",
      reason: wet,
      goods: { status: "damaged" },
    });
    expect(state).toMatchObject({ session: { condition: "good" } });

    const wrong = walk(receive, worldOf(floor()))
      .press("wrong_item")
      .choose(id("reason wrong_item not_ordered"))
      .scan(scanOf.item(TEA));
    expect(payload(wrong.recorded, "receiving.receive_line").goods.status).toBe("quarantine");
  });

  test("goods nobody ordered are held until they are scanned again", () => {
    const table = floor();
    ordered(table, "PO-1", TEA, 24);
    const stranger = walk(receive, worldOf(table)).scan(po(table, "PO-1")).scan(scanOf.item(SALT));
    expect(stranger.recorded).toEqual([]);
    expect(stranger.last.feedback?.tone).toBe("caution");

    const kept = stranger.scan(scanOf.item(SALT));
    expect(payload(kept.recorded, "receiving.receive_line").po_line).toBeNull();
    const other = stranger.scan(scanOf.item(TEA));
    expect(payload(other.recorded, "receiving.receive_line").goods.item).toBe(TEA.id);
  });

  test("more than ordered is booked and said", () => {
    const table = floor();
    ordered(table, "PO-1", TEA, 24, { received: 20 });

    const { recorded, last } = walk(receive, worldOf(table)).scan(
      scanOf.item(TEA, { quantity: 12 }),
    );

    expect(recorded).toHaveLength(1);
    expect(last.feedback?.tone).toBe("caution");
  });

  test("short names what is missing and why, in two taps", () => {
    const table = floor();
    const line = ordered(table, "PO-1", TEA, 24, { received: 20 });
    const why = id("reason receipt_short missing");

    const { recorded } = walk(receive, worldOf(table))
      .scan(po(table, "PO-1"))
      .press("short")
      .choose(why);

    expect(payload(recorded, "receiving.report_short")).toMatchObject({
      po_line: line,
      missing: 4,
      reason: why,
    });
  });

  test("of several lines, the one in hand is short; back asks for another", () => {
    const table = floor();
    ordered(table, "PO-1", TEA, 24);
    const other = ordered(table, "PO-1", SALT, 8);
    const asked = walk(receive, worldOf(table)).scan(po(table, "PO-1")).press("short");
    expect(view(asked.state, worldOf(table)).choices).toHaveLength(2);

    const inHand = walk(receive, worldOf(table))
      .scan(po(table, "PO-1"))
      .scan(scanOf.item(TEA))
      .press("short");
    expect(view(inHand.state, worldOf(table)).goods).toBe("Green tea");
    const another = inHand.press("back").choose(other).choose(id("reason receipt_short later"));
    expect(payload(another.recorded, "receiving.report_short").po_line).toBe(other);
  });

  test("a repeated scan adds, and the pad sets the whole number", () => {
    const table = floor();
    ordered(table, "PO-1", TEA, 48);
    const twice = walk(receive, worldOf(table)).scan(scanOf.item(TEA)).scan(scanOf.item(TEA));
    expect(view(twice.state, worldOf(table)).quantity?.value).toBe(2);

    const more = twice.key(24);
    expect(more.recorded).toHaveLength(3);
    expect(payload(more.recorded, "receiving.receive_line").goods.quantity).toBe(22);

    const fewer = twice.key(1);
    expect(fewer.recorded.map((draft) => draft.kind)).toEqual([
      "receiving.receive_line",
      "receiving.receive_line",
      "operations.void",
      "operations.void",
      "receiving.receive_line",
    ]);
    expect(payload(fewer.recorded, "receiving.receive_line").goods.quantity).toBe(1);
  });

  test("a blind order shows no expected number", () => {
    const table = floor();
    ordered(table, "PO-B", TEA, 24, { blind: true });
    const world = worldOf(table);
    const opened = walk(receive, world).scan(po(table, "PO-B"));
    const booked = opened.scan(scanOf.item(TEA));

    expect(view(opened.state, world).progress).toBeNull();
    expect(JSON.stringify(view(booked.state, world))).not.toMatch(/24/);
    expect(view(opened.state, world).actions?.map((button) => button.action)).not.toContain(
      "short",
    );
  });

  test("a serial number is one piece", () => {
    const { recorded } = walk(receive, worldOf(floor())).scan(scanOf.item(DRILL)).type("SN-1");

    expect(payload(recorded, "receiving.receive_line").goods.quantity).toBe(1);
  });

  test("a bin is no dock, and an unknown code is named", () => {
    const start = walk(receive, worldOf(floor()));

    expect(start.scan(scanOf.place(BIN)).last.feedback?.tone).toBe("wrong");
    expect(start.scan(scanOf.unknown("XYZ")).last.feedback).toMatchObject({
      tone: "wrong",
      words: { values: { code: "XYZ" } },
    });
  });
});
