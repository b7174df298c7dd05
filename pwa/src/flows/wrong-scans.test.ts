/** The wrong bin, item, lot, tote or person, ten thousand times: stopped before the tone of success. */
import { describe, expect, test } from "vitest";
import type { Resolved } from "../domain/resolved.ts";
import type { ItemRow, LocationRow } from "../domain/rows.ts";
import { count } from "./count/flow.ts";
import { type Flow, narrow, type Step, type World } from "./flow.ts";
import { move } from "./move/flow.ts";
import { pick } from "./pick/flow.ts";
import { putaway } from "./putaway/flow.ts";
import { receive } from "./receive/flow.ts";
import { shipping } from "./ship/flow.ts";
import { DOCK, id, lpn, ordered, STAGE } from "./testing/floor.ts";
import { Chance, type House, house, LOTS, printed, staged, walkOf } from "./testing/house.ts";

const SEED = Number(process.env.TALLYMAN_SEED ?? 20_261_122);
const INJECTED = 10_000;
const EACH = 1_000;
const BESIDE = 500;
const SSCC = "340123450000000017";
const TAKEN = ["T-01", "T-02", "T-03"] as const;
type Kind = "bin" | "item" | "lot" | "tote" | "person";

/** One worker with one flow: right scans lead on, wrong ones must not. */
class Hands<S> {
  state: S;
  readonly stopped: Record<Kind, number> = { bin: 0, item: 0, lot: 0, tote: 0, person: 0 };

  readonly flow: Flow<S>;
  readonly world: World;
  readonly resolve: (data: string) => Resolved;

  constructor(flow: Flow<S>, { world, resolve }: House) {
    this.flow = flow;
    this.world = world;
    this.resolve = resolve;
    this.state = flow.start(world);
  }

  #scan(data: string): Step<S> {
    const resolved = narrow(this.resolve(data), this.flow.expects(this.state));
    return this.flow.next(this.state, { type: "scanned", resolved }, this.world);
  }

  right(data: string): Step<S> {
    const step = this.#scan(data);
    expect(["ok", "step"], `${data}: ${JSON.stringify(step.feedback)}`).toContain(
      step.feedback?.tone,
    );
    this.state = step.state;
    return step;
  }

  /** Whatever it was, it is said to be wrong and nothing is written; the work goes on from there. */
  wrong(kind: Kind, data: string): void {
    const step = this.#scan(data);
    const said = `seed ${SEED}, ${this.flow.name}, wrong ${kind} ${data}`;
    expect(["wrong", "caution"], said).toContain(step.feedback?.tone);
    expect(step.record ?? [], said).toEqual([]);
    this.stopped[kind] += 1;
    this.state = step.state;
  }

  total(): number {
    return Object.values(this.stopped).reduce((sum, one) => sum + one, 0);
  }
}

const codeOf = (item: ItemRow, lotCode: string | null): string =>
  lotCode === null ? printed.item(item) : printed.batch(item, lotCode);

/** A walk from its first to its last stop, with mistakes before every right scan. */
function picked(seed: number): Record<Kind, number> {
  const chance = new Chance(seed);
  const orders = 1 + chance.below(3);
  const open = house((table) => {
    const bins = table.location.filter((row) => row.kind === "bin");
    walkOf(table, chance, orders, 2 + chance.below(4), { bins, items: table.item });
    staged(table, "SO-100", TAKEN);
  });
  const hands = new Hands(pick, open);
  while (hands.state.at !== "work") {
    stopAt(hands, open, chance);
  }
  return hands.stopped;
}

function stopAt(hands: Hands<ReturnType<typeof pick.start>>, open: House, chance: Chance): void {
  const { state } = hands;
  if (state.at === "work") return;
  const line = open.world.get("pick_line", state.stop.line);
  const item = line && open.world.get("item", line.item);
  const bin = open.bins.find((row) => row.id === line?.source);
  if (!line || !item || !bin) throw new Error("a stop of nothing");
  const carriers = state.walk.carriers.map((one) => one.code);
  hands.wrong("person", printed.badge("B-1001"));
  hands.wrong("tote", printed.tote(chance.of(TAKEN)));
  switch (state.at) {
    case "place":
      hands.wrong("bin", printed.place(chance.other(open.bins, bin)));
      hands.wrong("item", codeOf(item, line.lot_code));
      hands.right(printed.place(bin));
      break;
    case "goods":
      hands.wrong("bin", printed.place(chance.other(open.bins, bin)));
      hands.wrong("item", printed.item(chance.other(open.table.item, item)));
      if (line.lot_code !== null) {
        hands.wrong("lot", printed.batch(item, chance.other(LOTS, line.lot_code)));
      }
      hands.right(codeOf(item, line.lot_code));
      break;
    default:
      hands.wrong("bin", printed.place(chance.of(open.bins)));
      hands.wrong("item", codeOf(item, line.lot_code));
      hands.right(printed.tote(toteFor(hands, line.task, carriers)));
  }
}

/** The tote this order already has, or one that nobody has. */
function toteFor(
  hands: Hands<ReturnType<typeof pick.start>>,
  task: string,
  taken: readonly string[],
): string {
  const order = hands.world.get("pick_task", task)?.order;
  const { state } = hands;
  const known =
    state.at === "work" ? undefined : state.walk.carriers.find((one) => one.order === order);
  return known?.code ?? `T-${50 + taken.length}`;
}

function added(into: Record<Kind, number>, more: Record<Kind, number>): void {
  for (const kind of Object.keys(into) as Kind[]) into[kind] += more[kind];
}

const none = (): Record<Kind, number> => ({ bin: 0, item: 0, lot: 0, tote: 0, person: 0 });
const few = (n: number): boolean => n < EACH;
const blocked = (row: LocationRow): LocationRow => ({ ...row, blocked: true });

describe("wrong scans", () => {
  test("on a walk every one is stopped, and the walk goes on", () => {
    const stopped = none();
    let total = 0;
    for (let seed = SEED; total < INJECTED || Object.values(stopped).some(few); seed += 1) {
      added(stopped, picked(seed));
      total = Object.values(stopped).reduce((sum, one) => sum + one, 0);
    }
  }, 120_000);

  test("with a pallet in hand, in every bin that is none of its", () => {
    const chance = new Chance(SEED);
    const open = house((table) => {
      table.location = table.location.map((row, n) => (n % 5 === 4 ? blocked(row) : row));
      table.putaway_plan.push({
        id: id("plan"),
        lpn: lpn(SSCC),
        code: SSCC,
        item: table.item[0]?.id ?? "",
        source: DOCK.id,
        place: table.location[2]?.id ?? "",
        place_code: table.location[2]?.code ?? "",
        reason: null,
        alternates: [],
        done: false,
      });
    });
    const closed = open.table.location.filter((row) => row.blocked);
    const hands = new Hands(putaway, open);
    hands.right(`]C100${SSCC}`);
    for (let n = 0; n < BESIDE; n += 1) {
      hands.wrong("bin", printed.place(chance.of([...closed, STAGE])));
      hands.wrong("tote", printed.tote(`T-${n}`));
      hands.wrong("person", printed.badge("B-1001"));
    }
    expect(hands.right(printed.place(open.bins[0] as LocationRow)).record).toHaveLength(1);
    expect(hands.total()).toBe(3 * BESIDE);
  });

  test("at the dock, over a bin and before the stage", () => {
    const chance = new Chance(SEED);
    const open = house((table) => {
      ordered(table, "PO-1", table.item[1] as ItemRow, 24);
      staged(table, "SO-100", TAKEN);
    });
    const dock = new Hands(receive, open);
    dock.right("PO-1");
    const bin = new Hands(count, open);
    bin.right(printed.place(open.bins[7] as LocationRow));
    const stage = new Hands(shipping, open);
    stage.right(printed.tote("T-01"));
    const from = new Hands(move, open);
    from.right(printed.place(open.bins[3] as LocationRow));
    from.right(printed.item(open.plain[0] as ItemRow));
    let stranger = open.table.item[1] as ItemRow; // the same once more would mean it
    for (let n = 0; n < BESIDE; n += 1) {
      stranger = chance.other(open.table.item, open.table.item[1] as ItemRow, stranger);
      dock.wrong("item", printed.item(stranger));
      dock.wrong("bin", printed.place(chance.of(open.bins)));
      stage.wrong("bin", printed.place(chance.of(open.bins)));
      stage.wrong("item", printed.item(chance.of(open.table.item)));
      from.wrong("bin", printed.place(open.bins[3] as LocationRow));
      for (const hands of [dock, bin, stage, from]) {
        hands.wrong("person", printed.badge("B-1001"));
        hands.wrong("tote", printed.tote(`T-9${n}`));
      }
    }
    for (const hands of [dock, bin, stage, from]) {
      expect(hands.total()).toBeGreaterThanOrEqual(2 * BESIDE);
    }
  });
});
