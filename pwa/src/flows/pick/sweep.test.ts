import { describe, expect, test } from "vitest";
import type { Pick } from "../../domain/operation.ts";
import {
  BIN,
  DRILL,
  id,
  lpn,
  MILK,
  OTHER,
  SALT,
  stop,
  type Table,
  TEA,
  tote,
  worldOf,
} from "../testing/floor.ts";
import {
  BIN_TAG,
  blankTag,
  palletTag,
  type Sled,
  SSCC,
  serialOf,
  sledOver,
  strangeTag,
  tagged,
  tagOn,
} from "../testing/sled.ts";
import { pick } from "./flow.ts";
import type { State } from "./state.ts";
import { view } from "./view.ts";

const upTo = (many: number): number[] => Array.from({ length: many }, (_, n) => n + 1);
const drills = (...numbers: number[]): string[] => numbers.map((n) => tagOn(DRILL, n));

async function atStop(fill: (table: Table) => void, place = BIN.code): Promise<Sled<State>> {
  const sled = sledOver(pick, tagged(fill));
  await sled.running.take({ type: "changed" });
  await sled.label(place);
  return sled;
}

async function pull(sled: Sled<State>, tags: readonly string[]): Promise<void> {
  await sled.read(tags);
  await sled.release();
}

const picked = (sled: Sled<State>): Pick[] =>
  sled.device.recorded.flatMap((draft) =>
    draft.kind === "picking.pick" ? [draft.payload as Pick] : [],
  );
const tone = (sled: Sled<State>) => sled.heard.at(-1)?.tone;

describe("picking with a sled", () => {
  test("the serials in hand go into the tote, each a pick of its own, in one write", async () => {
    const sled = await atStop((table) => stop(table, "SO-1", DRILL, BIN, 3));
    await pull(sled, drills(1, 2, 3, 1, 2));
    expect(picked(sled)).toEqual([]);
    expect(sled.running.state.value).toMatchObject({ at: "tote", quantity: 3 });

    await sled.label("TMT:T-07");
    expect(picked(sled).map(({ goods }) => [goods.serial, goods.quantity])).toEqual(
      [1, 2, 3].map((n) => [serialOf(DRILL, n), 1]),
    );
    expect(sled.writes).toHaveLength(1);
    const inUse = worldOf(sled.device.table).derive(tote("T-07"), id("SO-1"));
    expect(picked(sled).every((one) => one.tote === inUse && one.source === BIN.id)).toBe(true);
    expect(picked(sled)[1]?.scans.map(({ data }) => data)).toEqual([
      BIN.code,
      tagOn(DRILL, 2),
      "TMT:T-07",
    ]);
  });

  test("a foreign tag nearby is never taken", async () => {
    const sled = await atStop((table) => stop(table, "SO-1", DRILL, BIN, 2));
    await pull(sled, [
      ...upTo(40).map((n) => tagOn(TEA, n)),
      ...drills(1),
      strangeTag(1),
      blankTag(1),
      palletTag(SSCC),
      BIN_TAG,
    ]);
    await sled.label("TMT:T-07");

    expect(picked(sled).map(({ goods }) => goods.serial)).toEqual([serialOf(DRILL, 1)]);
    expect(sled.running.state.value).toMatchObject({ at: "goods", stop: { left: 1 } });

    await pull(sled, [tagOn(TEA, 1), strangeTag(3)]);
    expect(tone(sled)).toBe("wrong");
    expect(picked(sled)).toHaveLength(1);
  });

  test("a whole shelf is not a hand: more than wanted takes nothing", async () => {
    const sled = await atStop((table) => stop(table, "SO-1", DRILL, BIN, 2));
    await pull(sled, drills(...upTo(50)));

    expect(tone(sled)).toBe("caution");
    expect(sled.running.state.value).toMatchObject({ at: "goods", stop: { left: 2 } });
    expect(sled.device.recorded).toEqual([]);
  });

  test("what rides in the tote already is not picked at the next stop, by tag or by label", async () => {
    const sled = await atStop((table) => {
      stop(table, "SO-1", DRILL, BIN, 2);
      stop(table, "SO-1", DRILL, OTHER, 2, { order_line: id("other line") });
    });
    await pull(sled, drills(1));
    await sled.label("TMT:T-07");
    await sled.label(tagOn(DRILL, 2));
    await sled.label(OTHER.code);
    const again = sled.reload();
    await pull(again, drills(1, 2, 3, 4));

    expect(picked(again).map(({ goods, source }) => [goods.serial, source])).toEqual([
      [serialOf(DRILL, 1), BIN.id],
      [serialOf(DRILL, 2), BIN.id],
      [serialOf(DRILL, 3), OTHER.id],
      [serialOf(DRILL, 4), OTHER.id],
    ]);
  });

  test("one undo puts the handful back, and it can be taken again", async () => {
    const sled = await atStop((table) => stop(table, "SO-1", DRILL, BIN, 2));
    await pull(sled, drills(1, 2));
    await sled.label("TMT:T-07");
    await sled.running.undo();
    expect(sled.device.undone).toHaveLength(2);

    expect(sled.running.state.value).toMatchObject({ at: "tote", quantity: 2 });
    await sled.label("TMT:T-07");
    expect(picked(sled)).toHaveLength(4);
  });

  test("goods without serials are one pick of as many pieces as tags", async () => {
    const sled = await atStop((table) => stop(table, "SO-1", TEA, BIN, 12));
    await pull(
      sled,
      upTo(5).map((n) => tagOn(TEA, n)),
    );
    await sled.label("TMT:T-07");
    await pull(
      sled,
      upTo(8).map((n) => tagOn(TEA, n)),
    );

    expect(picked(sled).map(({ goods }) => [goods.serial, goods.quantity])).toEqual([
      [null, 5],
      [null, 3],
    ]);
  });

  test("a tag that does not say its lot proves nothing", async () => {
    const milk = { lot: "some lot", lot_code: "L7" };
    const sled = await atStop((table) => stop(table, "SO-1", MILK, BIN, 2, milk));
    await pull(sled, [tagOn(MILK, 1)]);

    expect(tone(sled)).toBe("wrong");
    expect(sled.running.state.value.at).toBe("goods");
  });

  test("a whole pallet is picked by its own tag only", async () => {
    const sled = await atStop((table) => stop(table, "SO-1", SALT, BIN, 48, { lpn: lpn(SSCC) }));
    await pull(sled, [tagOn(TEA, 1)]);
    expect(tone(sled)).toBe("wrong");

    await pull(sled, [palletTag(SSCC), tagOn(TEA, 1)]);
    await sled.label("TMT:T-07");
    expect(picked(sled)).toMatchObject([{ goods: { lpn: lpn(SSCC), quantity: 48 } }]);
  });

  test("the tag of the bin says where one stands", async () => {
    const sled = sledOver(
      pick,
      tagged((table) => stop(table, "SO-1", DRILL, BIN, 1)),
    );
    await sled.running.take({ type: "changed" });
    await pull(sled, [...drills(1, 2), BIN_TAG]);

    expect(sled.running.state.value.at).toBe("goods");
    expect(sled.device.recorded).toEqual([]);
  });

  test("a tag nobody knows goes with the next pick of this place, once", async () => {
    const sled = await atStop((table) => stop(table, "SO-1", DRILL, BIN, 2));
    await pull(sled, [strangeTag(3), blankTag(1)]);
    expect(view(sled.running.state.value, sled.house.world).sweep?.notes).toHaveLength(1);
    await pull(sled, [...drills(1), strangeTag(3)]);
    await sled.label("TMT:T-07");
    await pull(sled, drills(2));

    const told = picked(sled).map(({ scans }) =>
      scans.map(({ data }) => data).filter((data) => [strangeTag(3), blankTag(1)].includes(data)),
    );
    expect(told).toEqual([[strangeTag(3), blankTag(1)], []]);
    expect(view(sled.running.state.value, sled.house.world).sweep).toBeUndefined();
  });

  test("where goods are missing it is told with the shortage", async () => {
    const sled = await atStop((table) => stop(table, "SO-1", DRILL, BIN, 2));
    await pull(sled, [strangeTag(3)]);
    await sled.running.take({ type: "pressed", action: "short" });
    await sled.running.take({ type: "chosen", key: "r" });

    expect(sled.device.recorded.at(-1)).toMatchObject({
      kind: "picking.report_short",
      payload: { scans: [{}, { data: strangeTag(3) }] },
    });
  });
});
