import { describe, expect, test } from "vitest";
import type { ReceiveLine } from "../../domain/operation.ts";
import { t } from "../../words/text.ts";
import {
  announced,
  DRILL,
  id,
  lpn,
  MILK,
  ordered,
  SALT,
  type Table,
  TEA,
} from "../testing/floor.ts";
import {
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
import { receive } from "./flow.ts";
import type { State } from "./state.ts";
import { view } from "./view.ts";

const upTo = (many: number): number[] => Array.from({ length: many }, (_, n) => n + 1);
const drills = (many: number): string[] => upTo(many).map((n) => tagOn(DRILL, n));

function atDock(fill: (table: Table) => void): Sled<State> {
  return sledOver(receive, tagged(fill));
}

async function withOrder(quantity = 20, blind = false): Promise<Sled<State>> {
  const sled = atDock((table) => ordered(table, "PO-1", DRILL, quantity, { blind }));
  await sled.label("PO-1");
  return sled;
}

async function pull(sled: Sled<State>, tags: readonly string[]): Promise<void> {
  await sled.read(tags);
  await sled.release();
}

const received = (sled: Sled<State>): ReceiveLine[] =>
  sled.device.recorded.flatMap((draft) =>
    draft.kind === "receiving.receive_line" ? [draft.payload as ReceiveLine] : [],
  );
const seen = (sled: Sled<State>) => view(sled.running.state.value, sled.house.world).sweep;
const notes = (sled: Sled<State>) => seen(sled)?.notes.map((note) => t(note));

/** A pallet whose supplier named the serials on it. */
function pallet(table: Table, serials: number): void {
  announced(table, "ASN-88", SSCC);
  const [unit] = table.asn_unit;
  const [goods] = unit?.contents ?? [];
  if (!unit || !goods) throw new Error("no pallet");
  const contents = upTo(serials).map((n) => ({
    ...goods,
    item: DRILL.id,
    lot: null,
    expiry: null,
    serial: serialOf(DRILL, n),
    quantity: 1,
  }));
  table.asn_unit = [{ ...unit, contents }];
}

describe("receiving with a sled", () => {
  test("one receipt a serial on the line of the order, each tag once, strangers left alone", async () => {
    const sled = await withOrder();
    const tags = [...drills(20), ...upTo(5).map(strangeTag), blankTag(1)];
    await pull(sled, [...tags, ...tags, ...tags.toReversed()]);
    await pull(sled, tags);

    const lines = received(sled);
    expect(lines).toHaveLength(20);
    expect(new Set(lines.map((line) => line.goods.serial))).toEqual(
      new Set(upTo(20).map((n) => serialOf(DRILL, n))),
    );
    expect(lines.every((line) => line.po_line === id("PO-1 DRILL"))).toBe(true);
    expect(seen(sled)?.groups).toEqual([{ key: DRILL.id, text: DRILL.name, count: "20" }]);
    expect(notes(sled)).toEqual(["Unknown tags: 6, kept for the office"]);
  });

  test("unknown tags travel raw with a receipt, once, and are goods of nobody", async () => {
    const sled = await withOrder();
    await pull(sled, [strangeTag(1), blankTag(2)]);
    expect(sled.device.recorded).toEqual([]);
    await pull(sled, [tagOn(DRILL, 1)]);
    await pull(sled, [tagOn(DRILL, 2), strangeTag(1)]);

    expect(received(sled).map((line) => line.scans.map(({ data }) => data))).toEqual([
      [tagOn(DRILL, 1), strangeTag(1), blankTag(2)],
      [tagOn(DRILL, 2)],
    ]);
  });

  test("goods that are not on the order in hand are shown and not booked", async () => {
    const sled = await withOrder();
    await pull(sled, [tagOn(TEA, 1), tagOn(TEA, 2), tagOn(DRILL, 1)]);

    expect(received(sled).map((line) => line.goods.item)).toEqual([DRILL.id]);
    expect(notes(sled)).toEqual(["Not ordered: 2. Scan by hand."]);
  });

  test("without an order only goods that exactly one waits for are booked", async () => {
    const sled = atDock((table) => {
      ordered(table, "PO-1", DRILL, 4);
      ordered(table, "PO-2", TEA, 4);
      ordered(table, "PO-3", TEA, 4);
    });
    await pull(sled, [...drills(2), tagOn(TEA, 1)]);

    expect(received(sled).map((line) => line.po_line)).toEqual([
      id("PO-1 DRILL"),
      id("PO-1 DRILL"),
    ]);
    expect(notes(sled)).toEqual(["For several orders: 1. Scan the order."]);

    await sled.label("PO-3");
    await pull(sled, [...drills(2), tagOn(TEA, 1)]);
    expect(received(sled).at(-1)?.po_line).toBe(id("PO-3 TEA"));
    expect(received(sled)).toHaveLength(3);
  });

  test("an announced pallet comes with its serials, whichever tag is heard first", async () => {
    for (const tags of [
      [palletTag(SSCC), ...drills(12)],
      [...drills(12), palletTag(SSCC)],
    ]) {
      const sled = atDock((table) => {
        pallet(table, 12);
        ordered(table, "PO-1", DRILL, 50);
      });
      await pull(sled, tags);

      expect(sled.device.recorded.map(({ kind }) => kind)).toEqual(["receiving.receive_unit"]);
      expect(sled.device.recorded[0]?.payload).toMatchObject({ lpn: lpn(SSCC) });
      expect(seen(sled)?.groups).toMatchObject([{ count: "12 / 12" }]);
    }
  });

  test("pieces of a pallet that was not heard wait for it", async () => {
    const sled = atDock((table) => pallet(table, 3));
    await pull(sled, drills(2));

    expect(sled.device.recorded).toEqual([]);
    expect(seen(sled)?.groups.map(({ text, count }) => [t(text), count])).toEqual([
      ["Scan pallet …000017", "2 / 3"],
    ]);
  });

  test("goods whose lot or date no tag tells are left for a hand", async () => {
    const sled = atDock((table) => ordered(table, "PO-1", MILK, 4));
    await sled.label("PO-1");
    await pull(sled, [tagOn(MILK, 1)]);

    expect(sled.device.recorded).toEqual([]);
    expect(notes(sled)).toEqual(["No lot or date: 1. Scan by hand."]);
  });

  test("damaged goods are shown one at a time", async () => {
    const sled = atDock((table) => ordered(table, "PO-1", DRILL, 4));
    await sled.label("PO-1");
    await sled.running.take({ type: "pressed", action: "damaged" });
    await sled.running.take({ type: "chosen", key: id("reason damaged wet") });
    await pull(sled, drills(3));
    expect(sled.device.recorded).toEqual([]);
    expect(sled.heard.at(-1)).toMatchObject({ tone: "caution" });

    await pull(sled, [tagOn(DRILL, 2)]);
    expect(received(sled)).toMatchObject([{ condition: "damaged", goods: { status: "damaged" } }]);
  });

  test("a burst never confirms what a second scan should confirm", async () => {
    const sled = atDock((table) => ordered(table, "PO-1", SALT, 4));
    await sled.label("PO-1");
    await sled.label(tagOn(DRILL, 1));
    expect(sled.running.state.value.at).toBe("stranger");
    await pull(sled, drills(5));

    expect(sled.device.recorded).toEqual([]);
  });

  test("a label and its tag are the same piece", async () => {
    const sled = await withOrder();
    await sled.label(tagOn(DRILL, 1));
    await pull(sled, drills(2));

    expect(received(sled)).toHaveLength(2);
  });

  test("what was booked stays booked under the next order at the same dock, and after a reload", async () => {
    const sled = atDock((table) => {
      ordered(table, "PO-1", DRILL, 3);
      ordered(table, "PO-2", DRILL, 3);
    });
    await sled.label("PO-1");
    await pull(sled, drills(3));
    await sled.running.take({ type: "pressed", action: "finish" });
    await sled.label("PO-2");
    const again = sled.reload();
    await pull(again, drills(5));

    expect(received(again).map((line) => line.po_line)).toEqual([
      ...Array(3).fill(id("PO-1 DRILL")),
      ...Array(2).fill(id("PO-2 DRILL")),
    ]);
  });

  test("one undo takes the whole pull back", async () => {
    const sled = await withOrder();
    await pull(sled, drills(15));
    await sled.running.undo();

    expect(sled.device.undone).toHaveLength(15);
    await pull(sled, drills(15));
    expect(received(sled)).toHaveLength(30);
  });

  test("a blind order shows what came, never what should come", async () => {
    const sled = await withOrder(10, true);
    await pull(sled, drills(4));

    expect(JSON.stringify(seen(sled))).not.toContain("10");
    expect(received(sled)).toHaveLength(4);
  });
});
