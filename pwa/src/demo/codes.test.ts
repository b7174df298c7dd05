/** The virtual scanner offers what the words on the screen ask for, and says which codes are wrong. */
import { describe, expect, test } from "vitest";
import { identify } from "../domain/identification/index.ts";
import type { Entity, Rows } from "../domain/rows.ts";
import type { World } from "../flows/flow.ts";
import { say } from "../words/text.ts";
import { codesFor } from "./codes.ts";
import { badDigits, caseLabel } from "./labels.ts";

const place = (code: string, kind: Rows["location"]["kind"]): Rows["location"] => ({
  id: code,
  code,
  kind,
  zone: null,
  x: 0,
  y: 0,
  z: 0,
  blocked: false,
  rules: { only_empty: false, no_mix_item: false, no_mix_lot: false },
});

const item = (id: string, name: string, tracking: "none" | "lot" | "serial"): Rows["item"] => ({
  id,
  sku: id,
  name,
  tracking,
  rotation: "fifo",
  expiry_required: tracking === "lot",
  unit: "pcs",
  packagings: [{ id: `${id}-case`, name: "case", quantity: 6 }],
  active: true,
});

const ROWS: { readonly [E in Entity]?: readonly Rows[E][] } = {
  location: [place("DOCK-1", "dock"), place("A-01-1", "bin"), place("B-02-1", "bin")],
  item: [
    item("tea", "Green tea", "none"),
    item("mug", "Mug", "none"),
    item("coffee", "Coffee", "lot"),
    item("drill", "Drill", "serial"),
  ],
  identifier: [
    { id: "1", code: "09520000000011", item: "tea", packaging: null },
    { id: "2", code: "09520000000028", item: "mug", packaging: null },
    { id: "4", code: "09520000000042", item: "drill", packaging: null },
    { id: "3", code: "19520000000032", item: "coffee", packaging: "coffee-case" },
  ],
};

const world: World = {
  get: (entity, id) => world.all(entity).find((row) => row.id === id),
  all: <E extends Entity>(entity: E) => ROWS[entity] ?? [],
  newId: () => "",
  derive: () => "",
  outcome: () => null,
  own: () => [],
  me: () => null,
  today: () => "2026-01-01",
};
const about = { site: "s", pin: "123456", doors: [] };
const offered = (asked: Parameters<typeof codesFor>[0]): string[][] =>
  codesFor(asked, world, about).map((one) => [one.fit, one.data]);

describe("the virtual scanner", () => {
  test("reads the place off the screen, and offers a wrong one beside it", () => {
    const codes = offered({ says: say("pick.scan_place"), target: "B-02-1" });

    expect(codes[0]).toEqual(["next", "B-02-1"]);
    expect(codes).toContainEqual(["wrong", "A-01-1"]);
  });

  test("reads the goods off the screen, and offers other goods as wrong", () => {
    const codes = offered({ says: say("pick.scan_goods"), target: "B-02-1", goods: "Mug" });

    expect(codes[0]).toEqual(["next", "09520000000028"]);
    expect(codes).toContainEqual(["wrong", "09520000000011"]);
  });

  test("names no second code as the next one", () => {
    const codes = offered({ says: say("count.scan_place"), target: null });

    expect(codes.filter(([fit]) => fit === "next")).toEqual([["next", "A-01-1"]]);
  });

  test("offers a counter nothing that depends on what should lie there", () => {
    const [one, other] = ["A-01-1", "B-02-1"].map((target) =>
      offered({ says: say("count.scan_goods"), target }),
    );

    expect(one).toEqual(other);
  });

  test("pulls a sled's trigger: pieces heard twice and a blank tag, in one burst", () => {
    const [, data = ""] =
      offered({ says: say("count.scan_goods"), target: "A-01-1" }).find(([, one]) =>
        one?.includes(" "),
      ) ?? [];
    const read = data.split(" ").map((one) => identify(one, null));

    expect(read.filter(({ gtin14 }) => gtin14 === "09520000000042")).toHaveLength(12);
    expect(new Set(read.map(({ serial }) => serial)).size).toBe(7);
    expect(read.at(-1)).toMatchObject({ ok: false, kind: "epc" });
  });

  test("has a case label that names item, date and lot", () => {
    const coffee = world.get("item", "coffee");
    const read = identify(coffee ? (caseLabel(coffee, world) ?? "") : "", null);

    expect(read).toMatchObject({ gtin14: "19520000000032", lot: "L2609", expiry: "2027-12-31" });
  });

  test("has a wrong code that is no goods anywhere", () => {
    expect(identify(badDigits, null).gtin14).toBeNull();
  });
});
