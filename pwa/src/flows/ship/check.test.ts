import { describe, expect, test } from "vitest";
import { t } from "../../words/text.ts";
import { DRILL, id, SALT, STAGE, TEA, tote, worldOf } from "../testing/floor.ts";
import {
  blankTag,
  type Sled,
  serialOf,
  sledOver,
  strangeTag,
  tagged,
  tagOn,
} from "../testing/sled.ts";
import { type State, shipping } from "./flow.ts";
import { view } from "./view.ts";

const upTo = (many: number): number[] => Array.from({ length: many }, (_, n) => n + 1);
const drills = (many: number): string[] => upTo(many).map((n) => tagOn(DRILL, n));
const teas = (many: number): string[] => upTo(many).map((n) => tagOn(TEA, n));

const held = (item: string, quantity: number, serial: string | null = null) => ({
  item,
  lot: null,
  serial,
  quantity,
});

async function closed(): Promise<Sled<State>> {
  const table = tagged((rows) => {
    const order = id("SO-1");
    rows.order.push({
      id: order,
      number: "SO-1",
      customer_name: "Café Sol",
      status: "picked",
      lines: [
        { id: id("1"), item: DRILL.id, ordered: 3, picked: 3, short: 0 },
        { id: id("2"), item: TEA.id, ordered: 3, picked: 3, short: 0 },
      ],
      totes: [
        {
          lpn: worldOf(rows).derive(tote("T-07"), order),
          code: "T-07",
          goods: [...upTo(3).map((n) => held(DRILL.id, 1, serialOf(DRILL, n))), held(TEA.id, 2)],
        },
        {
          lpn: worldOf(rows).derive(tote("T-08"), order),
          code: "T-08",
          goods: [held(TEA.id, 1)],
        },
      ],
    });
  });
  const sled = sledOver(shipping, table);
  await sled.label("TMT:T-07");
  return sled;
}

async function pull(sled: Sled<State>, tags: readonly string[]): Promise<void> {
  await sled.read(tags);
  await sled.release();
}

const ship = (sled: Sled<State>) => sled.running.take({ type: "pressed", action: "ship" });
const seen = (sled: Sled<State>) => view(sled.running.state.value, sled.house.world).sweep;

describe("a closed tote against its list", () => {
  test("all there is said, and nothing is posted by looking", async () => {
    const sled = await closed();
    await pull(sled, [...drills(3), ...teas(2), ...drills(3)]);

    expect(sled.device.recorded).toEqual([]);
    expect(sled.heard.at(-1)).toMatchObject({ tone: "ok" });
    expect(seen(sled)?.groups.map(({ text, count }) => [text, count])).toEqual([
      [DRILL.name, "3 / 3"],
      [TEA.name, "2 / 2"],
    ]);

    await sled.label(STAGE.code);
    await ship(sled);
    const kinds = sled.device.recorded.map(({ kind }) => kind);
    expect(kinds).toEqual(["moving.move", "moving.move", "shipping.ship"]);
  });

  test("what is missing, foreign or unknown is shown and asked about before it leaves", async () => {
    const sled = await closed();
    await sled.label(STAGE.code);
    await pull(sled, [...drills(2), ...teas(3), strangeTag(1), blankTag(1)]);
    expect(t(sled.heard.at(-1)?.words ?? "")).toBe("Missing: 1, too many: 1, foreign: 2");
    expect(seen(sled)?.notes.map((note) => t(note))).toEqual([
      "In T-07",
      "Too many: 1 × Green tea",
      "Unknown tags: 2, kept for the office",
    ]);

    await ship(sled);
    expect(sled.running.state.value.at).toBe("doubt");
    await ship(sled);
    expect(sled.device.recorded.at(-1)?.kind).toBe("shipping.ship");
    expect(sled.device.recorded.at(-1)?.payload.scans.map(({ data }) => data)).toEqual(
      expect.arrayContaining([tagOn(DRILL, 1), strangeTag(1), blankTag(1)]),
    );
  });

  test.each([
    ["one piece too many", tagOn(TEA, 3), "Missing: 0, too many: 1, foreign: 0"],
    ["a piece that was not picked", tagOn(DRILL, 9), "Missing: 0, too many: 0, foreign: 1"],
    ["a tag that nobody knows", blankTag(1), "Missing: 0, too many: 0, foreign: 1"],
  ])("all there and %s is asked about as well", async (_what, strange, said) => {
    const sled = await closed();
    await sled.label(STAGE.code);
    await pull(sled, [...drills(3), ...teas(2), strange]);
    expect(t(sled.heard.at(-1)?.words ?? "")).toBe(said);

    await ship(sled);
    expect(sled.running.state.value.at).toBe("doubt");
  });

  test("a second pull finds what the first did not hear", async () => {
    const sled = await closed();
    await pull(sled, drills(2));
    await pull(sled.reload(), [...drills(3), ...teas(2)]);

    expect(seen(sled.reload())?.groups.map(({ count }) => count)).toEqual(["3 / 3", "2 / 2"]);
  });

  test("what belongs in it is shown as soon as its label is scanned", async () => {
    const sled = await closed();

    expect(seen(sled)?.notes.map((note) => t(note))).toEqual(["In T-07"]);
    expect(seen(sled)?.groups.map(({ count }) => count)).toEqual(["3", "2"]);
  });

  test("each tote has its own list; that the order is complete does not help", async () => {
    const sled = await closed();
    await pull(sled, [...drills(3), ...teas(3)]);
    expect(t(sled.heard.at(-1)?.words ?? "")).toBe("Missing: 0, too many: 1, foreign: 0");

    await sled.label("TMT:T-08");
    await pull(sled, [tagOn(TEA, 3)]);
    expect(t(sled.heard.at(-1)?.words ?? "")).toBe("All 1 there");

    await sled.label(STAGE.code);
    await ship(sled);
    expect(sled.running.state.value.at).toBe("doubt");
  });

  test("its label again begins anew: what was foreign has been taken out", async () => {
    const sled = await closed();
    await pull(sled, [...drills(3), ...teas(2), tagOn(DRILL, 9)]);
    await sled.label("TMT:T-07");
    await pull(sled, [...drills(3), ...teas(2)]);
    await sled.label(STAGE.code);
    await ship(sled);

    expect(sled.device.recorded.at(-1)?.kind).toBe("shipping.ship");
  });

  test("without a sled each piece is scanned, and what is not on the list is stopped", async () => {
    const sled = await closed();
    await sled.label(TEA.sku);
    expect(t(sled.heard.at(-1)?.words ?? "")).toBe("1 of 2 looked at");
    await sled.label(SALT.sku);
    expect(sled.heard.at(-1)).toMatchObject({ tone: "wrong" });
    expect(t(sled.heard.at(-1)?.words ?? "")).toBe(`Not on the list: ${SALT.name}`);
    await sled.label(TEA.sku);
    await sled.label(TEA.sku);
    expect(t(sled.heard.at(-1)?.words ?? "")).toBe("Too many: Green tea");
    expect(seen(sled)?.groups.map(({ count }) => count)).toEqual(["0 / 3", "3 / 2"]);
  });

  test("a piece that was heard and scanned is one piece", async () => {
    const sled = await closed();
    await pull(sled, [...drills(2), ...teas(2)]);
    await sled.label(TEA.sku);

    expect(seen(sled)?.groups.map(({ count }) => count)).toEqual(["2 / 3", "2 / 2"]);
  });
});
