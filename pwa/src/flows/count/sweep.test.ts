import { describe, expect, test } from "vitest";
import type { CountLine } from "../../domain/operation.ts";
import { t } from "../../words/text.ts";
import { BIN, DRILL, MILK, TEA } from "../testing/floor.ts";
import {
  BIN_TAG,
  blankTag,
  DOCK_TAG,
  palletTag,
  type Sled,
  SSCC,
  sledOver,
  strangeTag,
  tagged,
  tagOn,
} from "../testing/sled.ts";
import { count } from "./flow.ts";
import type { State } from "./state.ts";
import { view } from "./view.ts";

const upTo = (many: number): number[] => Array.from({ length: many }, (_, n) => n + 1);
const drills = (many: number): string[] => upTo(many).map((n) => tagOn(DRILL, n));

async function inBin(): Promise<Sled<State>> {
  const sled = sledOver(count, tagged());
  await sled.label(BIN.code);
  return sled;
}

const noted = (sled: Sled<State>): CountLine[] =>
  sled.device.recorded.flatMap((draft) =>
    draft.kind === "counting.count_line" ? [draft.payload as CountLine] : [],
  );
const seen = (sled: Sled<State>) => view(sled.running.state.value, sled.house.world);
const notes = (sled: Sled<State>) => seen(sled).sweep?.notes.map((note) => t(note));

describe("counting with a sled", () => {
  test("five hundred tags in a second, three times each, among strangers: each once, in a few writes", async () => {
    const sled = await inBin();
    const pieces = drills(500);
    const strange = [...upTo(20).map(strangeTag), ...upTo(10).map(blankTag)];
    const burst = [...pieces, ...strange, ...pieces, ...strange, ...pieces.toReversed()];

    await sled.read(burst, 1);
    await sled.release();

    const lines = noted(sled);
    expect(lines).toHaveLength(500);
    expect(new Set(lines.map((line) => line.goods?.serial)).size).toBe(500);
    expect(lines.every((line) => line.goods?.quantity === 1 && line.place === BIN.id)).toBe(true);
    expect(sled.writes.length).toBeLessThanOrEqual(20);
    expect(sled.gathering.live.value).toMatchObject({ unique: 530, running: false });
    expect(seen(sled).sweep?.groups).toEqual([{ key: DRILL.id, text: DRILL.name, count: "500" }]);
    expect(notes(sled)).toEqual(["Unknown tags: 30, kept for the office"]);
    expect(sled.heard.at(-1)).toMatchObject({ tone: "caution" });
    // The tone rises with new tags, not with every read.
    expect(sled.rises.length).toBeLessThanOrEqual(20);
    expect(sled.rises).toEqual(sled.rises.toSorted((one, other) => one - other));
  });

  test("unknown tags are never goods: they go raw to the office with the finished bin", async () => {
    const sled = await inBin();
    await sled.read([strangeTag(1), blankTag(2), tagOn(DRILL, 1)]);
    await sled.release();
    await sled.running.take({ type: "pressed", action: "finish" });

    expect(noted(sled)).toHaveLength(1);
    expect(sled.device.recorded.at(-1)).toMatchObject({
      kind: "counting.finish_bin",
      payload: { scans: [{ data: BIN.code }, { data: strangeTag(1) }, { data: blankTag(2) }] },
    });
  });

  test("a second pull over the same goods notes nothing again, neither does a label", async () => {
    const sled = await inBin();
    await sled.read(drills(3));
    await sled.release();
    await sled.read(drills(4));
    await sled.release();
    await sled.label(tagOn(DRILL, 2));

    expect(noted(sled)).toHaveLength(4);
    expect(sled.heard.map(({ words }) => t(words))).toEqual([
      "Count A-01-01",
      "New tags: 3",
      "New tags: 1",
      "Already noted",
    ]);
  });

  test("one undo takes a whole pull back, and its tags count again", async () => {
    const sled = await inBin();
    await sled.read(drills(2));
    await sled.release();
    await sled.read(drills(250));
    await sled.release();

    await sled.running.undo();
    expect(sled.device.undone).toHaveLength(248);
    expect(seen(sled).sweep?.groups[0]?.count).toBe("2");

    await sled.read(drills(250));
    await sled.release();
    expect(noted(sled)).toHaveLength(2 + 248 + 248);
  });

  test("after a reload the same tags are known", async () => {
    const sled = await inBin();
    await sled.read(drills(5));
    const again = sled.reload();
    await again.read(drills(6));
    await again.release();

    const serials = noted(again).map((line) => line.goods?.serial);
    expect(serials).toHaveLength(6);
    expect(new Set(serials).size).toBe(6);
  });

  test("goods without serials are one line a write; each tag is one piece", async () => {
    const sled = await inBin();
    await sled.read(
      upTo(30).map((n) => tagOn(TEA, n)),
      0,
    );
    await sled.release();

    expect(noted(sled).map((line) => [line.goods?.quantity, line.goods?.serial])).toEqual([
      [30, null],
    ]);
    expect(noted(sled)[0]?.scans).toHaveLength(31);
  });

  test("goods whose lot no tag names wait for a hand", async () => {
    const sled = await inBin();
    await sled.read([tagOn(MILK, 1), tagOn(MILK, 2)]);
    await sled.release();

    expect(noted(sled)).toEqual([]);
    expect(notes(sled)).toEqual(["Tags without lot: 2. Scan by hand."]);
  });

  test("pieces beside a pallet are counted only when a person says that they lie beside it", async () => {
    const sled = await inBin();
    await sled.read([palletTag(SSCC), ...drills(3)], 0);
    await sled.release();
    expect(noted(sled).map((line) => line.lpn !== null)).toEqual([true]);
    expect(seen(sled).choices?.map(({ key }) => key)).toEqual(["beside"]);

    await sled.running.take({ type: "chosen", key: "beside" });
    expect(noted(sled)).toHaveLength(4);
    expect(seen(sled).choices).toEqual([]);
  });

  test("a pallet that is read after loose pieces waits as well", async () => {
    const sled = await inBin();
    await sled.read(drills(3));
    await sled.release();
    await sled.read([palletTag(SSCC)]);
    await sled.release();

    expect(noted(sled).every((line) => line.lpn === null)).toBe(true);
    await sled.running.take({ type: "chosen", key: "beside" });
    expect(noted(sled).at(-1)?.lpn).not.toBeNull();
  });

  test("the tag of a bin opens it; of two nobody knows which", async () => {
    const sled = sledOver(count, tagged());
    await sled.read([BIN_TAG, DOCK_TAG, ...drills(3)]);
    await sled.release();
    expect(sled.running.state.value).toEqual({ at: "place" });
    expect(sled.heard.at(-1)?.tone).toBe("caution");

    await sled.read([BIN_TAG, ...drills(3)]);
    await sled.release();
    expect(sled.running.state.value).toMatchObject({ at: "goods", bin: { place: BIN.id } });
    expect(noted(sled)).toEqual([]);
  });

  test("a full disk keeps nothing as noted", async () => {
    const sled = await inBin();
    sled.device.broken = true;
    await sled.read(drills(3));
    await sled.release();
    expect(sled.running.unsaved.value).toBe(true);

    sled.device.broken = false;
    await sled.read(drills(3));
    await sled.release();
    expect(noted(sled)).toHaveLength(3);
    expect(sled.running.unsaved.value).toBe(false);
  });
});
