import { describe, expect, test } from "vitest";
import { t } from "../../words/text.ts";
import { DRILL, id, STAGE, TEA, tote, worldOf } from "../testing/floor.ts";
import { blankTag, type Sled, sledOver, strangeTag, tagged, tagOn } from "../testing/sled.ts";
import { type State, shipping } from "./flow.ts";
import { view } from "./view.ts";

const upTo = (many: number): number[] => Array.from({ length: many }, (_, n) => n + 1);
const drills = (many: number): string[] => upTo(many).map((n) => tagOn(DRILL, n));
const teas = (many: number): string[] => upTo(many).map((n) => tagOn(TEA, n));

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
        { id: id("2"), item: TEA.id, ordered: 2, picked: 2, short: 0 },
      ],
      totes: [{ lpn: worldOf(rows).derive(tote("T-07"), order), code: "T-07" }],
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
    expect(sled.device.recorded.map(({ kind }) => kind)).toEqual(["moving.move", "shipping.ship"]);
  });

  test("what is missing, foreign or unknown is shown and asked about before it leaves", async () => {
    const sled = await closed();
    await sled.label(STAGE.code);
    await pull(sled, [...drills(2), ...teas(3), strangeTag(1), blankTag(1)]);
    expect(t(sled.heard.at(-1)?.words ?? "")).toBe("Missing: 1, foreign: 3");
    expect(seen(sled)?.notes.map((note) => t(note))).toEqual([
      "Foreign: 1 × Green tea",
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
    ["one piece too many", tagOn(TEA, 3)],
    ["a tag that nobody knows", blankTag(1)],
  ])("all there and %s is asked about as well", async (_what, strange) => {
    const sled = await closed();
    await sled.label(STAGE.code);
    await pull(sled, [...drills(3), ...teas(2), strange]);
    expect(t(sled.heard.at(-1)?.words ?? "")).toBe("Missing: 0, foreign: 1");

    await ship(sled);
    expect(sled.running.state.value.at).toBe("doubt");
  });

  test("a second pull finds what the first did not hear", async () => {
    const sled = await closed();
    await pull(sled, drills(2));
    await pull(sled.reload(), [...drills(3), ...teas(2)]);

    expect(seen(sled.reload())?.groups.map(({ count }) => count)).toEqual(["3 / 3", "2 / 2"]);
  });
});
