import { describe, expect, test } from "vitest";
import type { RecentOperation } from "../../device.ts";
import type { Carry } from "../../domain/operation.ts";
import { BIN, DOCK, DRILL, id, lpn, MILK, OTHER, type Table, TEA } from "../testing/floor.ts";
import {
  BIN_TAG,
  blankTag,
  DOCK_TAG,
  palletTag,
  type Sled,
  SSCC,
  serialOf,
  sledOver,
  strangeTag,
  tagged,
  tagOn,
} from "../testing/sled.ts";
import { putaway } from "./flow.ts";
import type { State } from "./state.ts";
import { view } from "./view.ts";

const upTo = (many: number): number[] => Array.from({ length: many }, (_, n) => n + 1);
const drills = (many: number): string[] => upTo(many).map((n) => tagOn(DRILL, n));
const NEXT = "340123450000000024";

const planned = (table: Table): void => {
  table.putaway_plan = [SSCC, NEXT].map((code) => ({
    id: id(`plan ${code}`),
    lpn: lpn(code),
    code,
    item: DRILL.id,
    source: DOCK.id,
    place: BIN.id,
    place_code: BIN.code,
    reason: { code: "empty_near", words: { en: "Empty", es: "Vacía" } },
    alternates: [],
    done: false,
  }));
};

async function pull(sled: Sled<State>, tags: readonly string[]): Promise<void> {
  await sled.read(tags);
  await sled.release();
}

const stored = (sled: Sled<State>): Carry[] =>
  sled.device.recorded.flatMap((draft) =>
    draft.kind === "putaway.put_away" ? [draft.payload as Carry] : [],
  );

describe("putting away with a sled", () => {
  test("the pallet's tags, the proposal, the bin's tag", async () => {
    const sled = sledOver(putaway, tagged(planned));
    await pull(sled, [...drills(40), palletTag(SSCC), strangeTag(1), BIN_TAG]);
    expect(view(sled.running.state.value, sled.house.world).target).toBe(BIN.code);

    await pull(sled, [palletTag(SSCC), ...drills(40), BIN_TAG]);
    expect(stored(sled)).toEqual([
      {
        goods: null,
        lpn: lpn(SSCC),
        source: DOCK.id,
        target: BIN.id,
        reason: null,
        scans: [
          { data: palletTag(SSCC), symbology: null },
          { data: BIN_TAG, symbology: null },
          { data: strangeTag(1), symbology: null },
        ],
      },
    ]);
  });

  test("the bin's label does as well as its tag", async () => {
    const sled = sledOver(putaway, tagged(planned));
    await pull(sled, [palletTag(SSCC)]);
    await sled.label(BIN.code);
    expect(stored(sled)).toHaveLength(1);
  });

  test("of two pallets nobody knows which is on the fork", async () => {
    const sled = sledOver(putaway, tagged(planned));
    await pull(sled, [palletTag(SSCC), palletTag(NEXT)]);

    expect(sled.heard.at(-1)?.tone).toBe("caution");
    expect(sled.running.state.value.at).toBe("load");
  });

  test("of two bins nobody knows which is meant, and other pallets do not change the load", async () => {
    const sled = sledOver(putaway, tagged(planned));
    await pull(sled, [palletTag(SSCC)]);
    await pull(sled, [BIN_TAG, DOCK_TAG]);
    await pull(sled, [palletTag(NEXT), blankTag(1)]);

    expect(sled.running.state.value).toMatchObject({ at: "bin", load: { lpn: lpn(SSCC) } });
    expect(stored(sled)).toEqual([]);
  });

  test("a pallet that this handheld has put away is heard from its bin and not lifted", async () => {
    const sled = sledOver(putaway, tagged(planned));
    const payload = {
      goods: null,
      lpn: lpn(SSCC),
      source: DOCK.id,
      target: OTHER.id,
      reason: null,
      scans: [],
    };
    const done = {
      id: id("done"),
      seq: 1,
      kind: "putaway.put_away",
      payload,
      cause: null,
      state: "queued",
      outcome: null,
      codes: [],
      at: 0,
    };
    Object.assign(sled.device.recent, { value: [done as RecentOperation] });
    await pull(sled, [palletTag(SSCC), palletTag(NEXT)]);

    expect(sled.running.state.value).toMatchObject({ at: "bin", load: { lpn: lpn(NEXT) } });
  });

  test("loose pieces of one kind go together, one operation a serial, one write", async () => {
    const sled = sledOver(putaway, tagged());
    await pull(sled, [...drills(3), strangeTag(1)]);
    expect(view(sled.running.state.value, sled.house.world)).toMatchObject({
      quantity: { value: 3 },
      pad: null,
    });

    await pull(sled, [...drills(3), BIN_TAG]);
    await sled.running.take({
      type: "answered",
      reply: { ask: "check", about: BIN.id, verdict: "allowed" },
    });
    expect(
      stored(sled).map(({ goods, target }) => [goods?.serial, goods?.quantity, target]),
    ).toEqual(upTo(3).map((n) => [serialOf(DRILL, n), 1, BIN.id]));
    expect(sled.writes).toHaveLength(1);
  });

  test.each([
    ["pieces of two kinds", [...drills(2), tagOn(TEA, 1)]],
    ["goods whose lot no tag tells", [tagOn(MILK, 1)]],
    ["strangers", [strangeTag(1), blankTag(1)]],
  ])("%s are left for a hand", async (_what, tags) => {
    const sled = sledOver(putaway, tagged());
    await pull(sled, tags);

    expect(sled.heard.at(-1)?.tone).toBe("caution");
    expect(sled.running.state.value.at).toBe("load");
  });

  test("tags nobody knows go with the next load, the first of its operations, and no further", async () => {
    const sled = sledOver(putaway, tagged());
    await pull(sled, [strangeTag(1)]);
    expect(view(sled.running.state.value, sled.house.world).sweep?.notes).toHaveLength(1);
    await pull(sled, [...drills(2), blankTag(9)]);
    await pull(sled, [BIN_TAG]);
    await sled.label(BIN.code);

    const told = sled.device.recorded.map(({ payload }) =>
      payload.scans.map(({ data }) => data).filter((data) => !drills(2).includes(data)),
    );
    expect(told).toEqual([[expect.anything(), strangeTag(1), blankTag(9)], [expect.anything()]]);
    expect(view(sled.running.state.value, sled.house.world).sweep).toBeUndefined();
  });
});
