import { describe, expect, test } from "vitest";
import { uuid5 } from "../../domain/ids.ts";
import type { Resolved } from "../../domain/resolved.ts";
import { DOCK, floor, id, scanOf, TEA, worldOf } from "../testing/floor.ts";
import { payload, walk } from "../testing/walk.ts";
import { receive } from "./flow.ts";
import { labelOf } from "./label.ts";
import { view } from "./view.ts";

const SITE = id("site");

const strange = (code: string, lotCode: string | null = null): Resolved => ({
  type: "unknown",
  code,
  named: { id: uuid5(SITE, `alias:${code}`), code, lotCode, expiry: null, serialCode: null },
  scan: { data: code, symbology: "]C0" },
});

const dock = () => walk(receive, worldOf(floor())).scan(scanOf.place(DOCK));

describe("goods that nobody knows", () => {
  test("are taken in under their code when it is scanned twice, then one by one", () => {
    const once = dock().scan(strange("X-1"));
    expect(once.last.feedback).toMatchObject({ tone: "caution", words: { word: "map.again" } });
    expect(once.recorded).toEqual([]);

    const three = once.scan(strange("X-1")).scan(strange("X-1"));
    expect(three.recorded.length).toBe(2);
    const said = payload(three.recorded, "receiving.receive_line");
    expect(said.goods).toMatchObject({ item: uuid5(SITE, "alias:X-1"), quantity: 1, lot: null });
    expect(said.scans).toEqual([{ data: "X-1", symbology: "]C0" }]);
    expect(view(three.state, worldOf(floor()))).toMatchObject({
      goods: "X-1",
      quantity: { value: 2, unit: { word: "map.units" } },
    });
  });

  test("keep the lot of their label, which becomes one of the item", () => {
    const booked = dock().scan(strange("X-1", "L7")).scan(strange("X-1", "L7"));

    const { goods } = payload(booked.recorded, "receiving.receive_line");
    expect(goods.lot).toBe(uuid5(goods.item, "L7"));
  });

  test("another scan in between cancels", () => {
    const between = dock().scan(strange("X-1")).scan(scanOf.item(TEA)).scan(strange("X-1"));

    expect(between.last.feedback?.tone).toBe("caution");
    expect(between.recorded.length).toBe(1);
  });

  test("how many is said on the pad", () => {
    const counted = dock().scan(strange("X-1")).scan(strange("X-1")).key(7);

    expect(payload(counted.recorded, "receiving.receive_line").goods.quantity).toBe(6);
  });

  test("have no label of their own", () => {
    const world = worldOf(floor());
    expect(labelOf(dock().scan(strange("X-1")).scan(strange("X-1")).state, world)).toBeNull();
  });
});
