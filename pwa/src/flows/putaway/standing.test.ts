import { describe, expect, test } from "vitest";
import type { RecentOperation } from "../../device.ts";
import type { Kind, Payloads } from "../../domain/operation.ts";
import { BIN, DOCK, DRILL, floor, id, MILK, scanOf, TEA, worldOf } from "../testing/floor.ts";
import { payload, type Walk, walk } from "../testing/walk.ts";
import { putaway } from "./flow.ts";
import type { State } from "./state.ts";
import { view } from "./view.ts";

let noted = 0;

function own<K extends Kind>(kind: K, what: object, more: Partial<RecentOperation> = {}) {
  noted += 1;
  const common = {
    id: `own-${noted}`,
    seq: noted,
    state: "queued",
    outcome: null,
    codes: [],
    at: 0,
  };
  return { ...common, cause: null, ...more, kind, payload: what as Payloads[K] } as RecentOperation;
}

const goods = (quantity: number, more: object = {}) => ({
  item: TEA.id,
  packaging: null,
  lot: null,
  expiry: null,
  serial: null,
  lpn: null,
  status: "available",
  quantity,
  ...more,
});

const received = (quantity: number, more: object = {}) =>
  own("receiving.receive_line", { goods: goods(quantity, more), target: DOCK.id });
const stored = (quantity: number, source = DOCK.id) =>
  own("putaway.put_away", { goods: goods(quantity), lpn: null, source, target: BIN.id });

const lift = (...done: RecentOperation[]): Walk<State> =>
  walk(putaway, worldOf(floor(), {}, done)).scan(scanOf.item(TEA));
const inHand = ({ state }: Walk<State>): number | undefined =>
  view(state, worldOf(floor())).quantity?.value;

describe("loose goods this scanner has received", () => {
  test("are lifted as many as were received here, and stored so", () => {
    const lifted = lift(received(7), received(5));
    expect(inHand(lifted)).toBe(12);
    expect(view(lifted.state, worldOf(floor())).facts).toEqual([
      { word: "putaway.received_here", values: {} },
    ]);

    const done = lifted
      .scan(scanOf.place(BIN))
      .answer({ ask: "check", about: BIN.id, verdict: "allowed" });
    expect(payload(done.recorded, "putaway.put_away").goods?.quantity).toBe(12);
  });

  test("what was carried away, undone or refused is not there any more", () => {
    const undone = received(9);
    const voided = own("operations.void", {}, { cause: undone.id });
    const refused = own(
      "receiving.receive_line",
      { goods: goods(30), target: DOCK.id },
      { outcome: "refused" },
    );
    expect(inHand(lift(received(12), undone, voided, refused, stored(4)))).toBe(8);
    expect(inHand(lift(received(12), stored(12)))).toBe(1);
    expect(inHand(lift(stored(4)))).toBe(1);
  });

  test.each([
    ["on a pallet", { lpn: id("pallet") }],
    ["damaged", { status: "damaged" }],
    ["of another lot", { lot: id("lot") }],
    ["other goods", { item: MILK.id }],
  ])("%s do not count", (_, more) => {
    expect(inHand(lift(received(12, more)))).toBe(1);
  });

  test("at another place do not count, where the place was said they do", () => {
    const other = { ...DOCK, id: id("D-02"), code: "D-02" };
    const table = floor();
    table.location.push(other);
    const asked = walk(putaway, worldOf(table, {}, [received(12)])).scan(scanOf.item(TEA));
    expect(asked.state.at).toBe("source");
    expect(inHand(asked.scan(scanOf.place(other)))).toBe(1);
    expect(inHand(asked.scan(scanOf.place(DOCK)))).toBe(12);
  });

  test("the pad and a second scan overrule it, the scan says so", () => {
    const lifted = lift(received(12));
    expect(inHand(lifted.key(3).scan(scanOf.item(TEA)))).toBe(4);

    const counting = lifted.scan(scanOf.item(TEA));
    expect(counting.last.feedback).toEqual({
      tone: "caution",
      words: { word: "putaway.counting", values: { quantity: 2 } },
    });
    expect(inHand(counting.scan(scanOf.item(TEA)))).toBe(3);
  });

  test("a serial number is one piece all the same", () => {
    const serial = { item: DRILL.id, serial: id("s") };
    const world = worldOf(floor(), {}, [received(1, serial), received(1, serial)]);
    const lifted = walk(putaway, world).scan(scanOf.item(DRILL, { serial: id("s") }));
    expect(inHand(lifted)).toBe(1);
  });
});
