/** What a line costs the one who works: the goals `tallyman day` prints, held by the flows themselves. */
import { describe, expect, test } from "vitest";
import goals from "../../../app/proving/day/goals.json" with { type: "json" };
import { count } from "./count/flow.ts";
import { pick } from "./pick/flow.ts";
import { putaway } from "./putaway/flow.ts";
import { receive } from "./receive/flow.ts";
import {
  announced,
  BIN,
  floor,
  id,
  MILK,
  OTHER,
  ordered,
  PALLET,
  SALT,
  scanOf,
  stop,
  type Table,
  TEA,
  THIRD,
  worldOf,
} from "./testing/floor.ts";
import { type Walk, walk } from "./testing/walk.ts";

interface Cost {
  scans: number;
  taps: number;
  numbers: number;
}

/** Counts what hands do, and what of it became a record. */
class Hands<S> {
  #at: Walk<S>;
  #cost: Cost = { scans: 0, taps: 0, numbers: 0 };
  #told = 0;

  constructor(at: Walk<S>) {
    this.#at = at;
  }

  scan(...what: Parameters<Walk<S>["scan"]>): this {
    return this.#did("scans", this.#at.scan(...what));
  }

  press(...what: Parameters<Walk<S>["press"]>): this {
    return this.#did("taps", this.#at.press(...what));
  }

  choose(...what: Parameters<Walk<S>["choose"]>): this {
    return this.#did("taps", this.#at.choose(...what));
  }

  key(...what: Parameters<Walk<S>["key"]>): this {
    return this.#did("numbers", this.#at.key(...what));
  }

  /** The line is done: something was recorded, and it cost no more than its goal. */
  keeps(goal: keyof typeof goals): this {
    expect(this.#at.recorded.length, goal).toBeGreaterThan(this.#told);
    const cost = this.forget();
    for (const kind of ["scans", "taps", "numbers"] as const) {
      expect(cost[kind], `${goal}: ${kind}`).toBeLessThanOrEqual(goals[goal][kind]);
    }
    return this;
  }

  /** What came before a line, once a walk or a bin, is no part of it. */
  forget(): Cost {
    const cost = this.#cost;
    this.#cost = { scans: 0, taps: 0, numbers: 0 };
    this.#told = this.#at.recorded.length;
    return cost;
  }

  #did(kind: keyof Cost, after: Walk<S>): this {
    this.#cost = { ...this.#cost, [kind]: this.#cost[kind] + 1 };
    this.#at = after;
    return this;
  }
}

const picking = (table: Table) => new Hands(walk(pick, worldOf(table)));
const receiving = (table: Table) => new Hands(walk(receive, worldOf(table)));

describe("what a line costs", () => {
  test("pick: the place and the goods; the tote once an order", () => {
    const table = floor();
    stop(table, "SO-1", TEA, BIN, 12);
    stop(table, "SO-1", SALT, OTHER, 2);
    stop(table, "SO-1", TEA, THIRD, 3);
    const hands = picking(table);
    hands.scan(scanOf.tote("T-01")).forget();

    hands.scan(scanOf.place(BIN)).scan(scanOf.item(TEA)).keeps("pick a line");
    hands.scan(scanOf.place(OTHER)).scan(scanOf.item(SALT)).keeps("pick a line");
    hands.scan(scanOf.place(THIRD)).scan(scanOf.item(TEA)).keeps("pick a line");
  });

  test("pick several orders at once: the tote at every line", () => {
    const table = floor();
    stop(table, "SO-1", TEA, BIN, 12);
    stop(table, "SO-2", SALT, OTHER, 2);
    const hands = picking(table);
    const goal = "pick a line in a cluster";

    hands
      .scan(scanOf.place(BIN))
      .scan(scanOf.item(TEA))
      .scan(scanOf.tote("T-01"))
      .keeps(goal)
      .scan(scanOf.place(OTHER))
      .scan(scanOf.item(SALT))
      .scan(scanOf.tote("T-02"))
      .keeps(goal);
  });

  test("put away: the pallet or the goods, and the bin", () => {
    const table = floor();
    for (const [lpn, item] of [
      [scanOf.pallet(PALLET), MILK],
      [null, TEA],
    ] as const) {
      table.putaway_plan.push({
        id: id(`plan ${item.sku}`),
        lpn: lpn?.type === "lpn" ? lpn.lpn : null,
        code: lpn ? PALLET : "",
        item: item.id,
        source: id("D-01"),
        place: BIN.id,
        place_code: BIN.code,
        reason: null,
        alternates: [],
        done: false,
      });
    }
    const hands = new Hands(walk(putaway, worldOf(table)));

    hands.scan(scanOf.pallet(PALLET)).scan(scanOf.place(BIN)).keeps("put away");
    hands.scan(scanOf.item(TEA)).scan(scanOf.place(BIN)).keeps("put away");
  });

  test("receive: a case that says everything, and an announced pallet", () => {
    const table = floor();
    ordered(table, "PO-1", MILK, 96);
    announced(table, "ASN-1");
    const hands = receiving(table);

    hands.scan(scanOf.batch(MILK, "L7", "2027-03-31", 12)).keeps("receive a GS1 case");
    hands.scan(scanOf.batch(MILK, "L7", "2027-03-31", 12)).keeps("receive a GS1 case");
    hands.scan(scanOf.pallet(PALLET, table)).keeps("receive a pallet");
  });

  test("count: the goods and their number; the place once", () => {
    const hands = new Hands(walk(count, worldOf(floor())));
    hands.scan(scanOf.place(BIN)).forget();

    hands.scan(scanOf.item(TEA)).key(40).keeps("count a line");
    hands.scan(scanOf.item(SALT)).key(7).keeps("count a line");
  });

  test("short: where goods are picked, and where they were ordered", () => {
    const table = floor();
    stop(table, "SO-1", TEA, BIN, 12);
    const hands = picking(table);
    hands.scan(scanOf.place(BIN)).forget();
    hands.press("short").choose(id("reason pick_short none_left")).keeps("report a short");

    ordered(table, "PO-1", MILK, 96);
    ordered(table, "PO-1", SALT, 9);
    const dock = receiving(table).scan(scanOf.item(SALT));
    dock.forget();
    dock.press("short").choose(id("reason receipt_short missing")).keeps("report a short");
  });

  test("damaged: said before the scan that books it", () => {
    const table = floor();
    ordered(table, "PO-1", TEA, 24);
    const hands = receiving(table);

    hands.press("damaged").choose(id("reason damaged wet")).scan(scanOf.item(TEA));
    hands.keeps("report damage");
  });
});
