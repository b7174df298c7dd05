import { describe, expect, test } from "vitest";
import { read, write } from "../domain/envelope.ts";
import { aliasId, toteId, toteInUse } from "../domain/ids.ts";
import type { Draft, Kind, Outcome, Progress } from "../domain/operation.ts";
import type { OrderRow, PickLineRow, PutawayPlanRow } from "../domain/rows.ts";
import { BIN, DOCK, ORDER, ORDER_LINE, pick, STAGE, TASK, TEA, tea } from "../testing/gestures.ts";
import { Held } from "./held.ts";
import { overlaid, type Posted } from "./pending.ts";

const SITE = "018f5c1e-7b1a-7c33-9d2e-0a1b2c3d4e5f";
const PALLET = "018f5c1e-7b1a-7c33-8000-0000000000e1";
const TOTE = toteInUse(toteId(SITE, "T-07"), ORDER);

const stop = (id: string, quantity: number, source = BIN.id): PickLineRow => ({
  id,
  task: TASK,
  order_line: ORDER_LINE,
  item: TEA.id,
  lot: null,
  lot_code: null,
  expiry: null,
  lpn: null,
  source,
  source_code: "A-01",
  quantity,
  sequence: 1,
  alternates: [],
});

const order = (more: Partial<OrderRow> = {}): OrderRow => ({
  id: ORDER,
  number: "SO-9",
  customer_name: "Tea House",
  status: "picking",
  lines: [{ id: ORDER_LINE, item: TEA.id, ordered: 10, picked: 0, short: 0 }],
  totes: [],
  ...more,
});

const plan = (more: Partial<PutawayPlanRow> = {}): PutawayPlanRow => ({
  id: "plan-1",
  lpn: PALLET,
  code: "340123450000000015",
  item: TEA.id,
  source: null,
  place: BIN.id,
  place_code: "A-01",
  reason: null,
  alternates: [],
  done: false,
  ...more,
});

function holding(...rows: ReadonlyArray<readonly [string, { readonly id: string }]>): Held {
  const held = new Held();
  const fixed = [
    ["site", { id: SITE }],
    ["location", BIN],
    ["location", STAGE],
  ] as const;
  held.apply(
    [...fixed, ...rows].map(([entity, row], seq) => ({
      channel: "c",
      entity,
      id: row.id,
      seq,
      row,
    })),
  );
  return held;
}

let seq = 0;

function posted<K extends Kind>(
  draft: Draft<K>,
  state: Progress = "queued",
  outcome: Outcome | null = null,
): Posted {
  seq++;
  const id = draft.id ?? `018f5c1e-7b1a-7c33-8000-${String(seq).padStart(12, "0")}`;
  const who = { device: "d", actor: null, grant: null, task: draft.task ?? null };
  const when = { lease: null, base: null, wall_ms: 1, mono_ms: 1, boot: "b", app: "0" };
  const { kind, payload, cause = null } = draft;
  const text = write({ id, kind, payload, cause, ...who, ...when }, { epoch: 1, seq, prev: "" });
  const entry = { device: "d", epoch: 1, seq, id, text, state, outcome, codes: [], at: 1 };
  return { entry: { ...entry, settledAt: null }, envelope: read(text) };
}

const undone = (cause: Posted): Posted =>
  posted({ kind: "operations.void", payload: { scans: [], reason: null }, cause: cause.entry.id });

describe("picking", () => {
  test("takes from the stop; an empty stop is gone", () => {
    const held = holding(["pick_line", stop("s1", 10)], ["order", order()]);
    expect(overlaid(held, [posted(pick(4))]).get("pick_line", "s1")?.quantity).toBe(6);
    expect(overlaid(held, [posted(pick(4)), posted(pick(6))]).all("pick_line")).toEqual([]);
  });

  test("takes from the bin that was picked from, before other stops of the line", () => {
    const held = holding(["pick_line", stop("s1", 5, "elsewhere")], ["pick_line", stop("s2", 5)]);
    const rows = overlaid(held, [posted(pick(6))]);
    expect(rows.all("pick_line")).toMatchObject([{ id: "s1", quantity: 4 }]);
  });

  test("shows the order's progress and the tote by the code that was scanned", () => {
    const held = holding(["order", order()], ["pick_line", stop("s1", 10)]);
    expect(overlaid(held, [posted(pick(10, TOTE))]).get("order", ORDER)).toMatchObject({
      status: "picked",
      lines: [{ picked: 10 }],
      totes: [{ lpn: TOTE, code: "T-07" }],
    });
  });

  test("fills the tote that was used, and a void empties it", () => {
    const held = holding(["order", order()], ["pick_line", stop("s1", 10)]);
    const inTote = (...all: Posted[]) =>
      overlaid(held, all)
        .get("order", ORDER)
        ?.totes.map(({ goods }) => goods);
    const [four, six] = [posted(pick(4, TOTE)), posted(pick(6, TOTE))];
    expect(inTote(four, six)).toEqual([[{ item: TEA.id, lot: null, serial: null, quantity: 10 }]]);
    expect(inTote(four, six, undone(six))).toEqual([
      [{ item: TEA.id, lot: null, serial: null, quantity: 4 }],
    ]);
  });

  test("a short closes the stop and counts as short", () => {
    const held = holding(["order", order()], ["pick_line", stop("s1", 10)]);
    const short = posted({
      kind: "picking.report_short",
      payload: { scans: [], order_line: ORDER_LINE, source: BIN.id, missing: 4, reason: null },
    });
    const rows = overlaid(held, [posted(pick(6)), short]);
    expect(rows.all("pick_line")).toEqual([]);
    expect(rows.get("order", ORDER)).toMatchObject({ status: "picked", lines: [{ short: 4 }] });
  });

  test("work given back is no longer held", () => {
    const held = holding(["pick_line", stop("s1", 10)], ["pick_task", { id: TASK }]);
    const back = posted({ kind: "picking.return_work", payload: { scans: [], task: TASK } });
    const rows = overlaid(held, [back]);
    expect([rows.all("pick_line"), rows.all("pick_task")]).toEqual([[], []]);
  });
});

describe("a code that somebody maps", () => {
  const alias = aliasId(SITE, "X-1");
  const mapped = (target: string, outcome: Outcome | null = null) => {
    const meant = { code: "X-1", target_kind: "item", target, packaging: null } as const;
    const payload = { ...meant, scans: [{ data: "X-1", symbology: "]C0" }] };
    return posted({ kind: "identification.map_barcode", payload }, "acked", outcome);
  };

  test("means it here at once, unless the server refuses", () => {
    expect(overlaid(holding(), [mapped(TEA.id)]).get("alias", alias)?.target).toBe(TEA.id);
    expect(overlaid(holding(), [mapped(TEA.id, "refused")]).get("alias", alias)).toBeUndefined();
  });

  test("keeps what the house has said of it", () => {
    const held = holding(["alias", { id: alias, target: "another" } as { id: string }]);
    expect(overlaid(held, [mapped(TEA.id)]).get("alias", alias)?.target).toBe("another");
  });
});

describe("put away", () => {
  const carry = (kind: "putaway.put_away" | "moving.move", target: string) =>
    posted({
      kind,
      payload: { scans: [], goods: null, lpn: PALLET, source: DOCK.id, target, reason: null },
    });

  test("a received pallet stands on the dock, a stored one is done", () => {
    const held = holding(
      ["putaway_plan", plan()],
      ["asn_unit", { id: PALLET, received: false } as { id: string }],
    );
    const arrived = posted({
      kind: "receiving.receive_unit",
      payload: {
        scans: [],
        asn: "asn-1",
        lpn: PALLET,
        contents: [],
        target: DOCK.id,
        condition: "good",
        reason: null,
        photos: [],
      },
    });
    expect(overlaid(held, [arrived]).get("putaway_plan", "plan-1")?.source).toBe(DOCK.id);
    expect(overlaid(held, [arrived]).get("asn_unit", PALLET)?.received).toBe(true);
    const stored = overlaid(held, [arrived, carry("putaway.put_away", BIN.id)]);
    expect(stored.get("putaway_plan", "plan-1")?.done).toBe(true);
  });

  test("one that was only moved still has its plan, from where it stands", () => {
    const held = holding(["putaway_plan", plan({ source: DOCK.id })]);
    const rows = overlaid(held, [carry("moving.move", STAGE.id)]);
    expect(rows.get("putaway_plan", "plan-1")).toMatchObject({ source: STAGE.id, done: false });
  });

  test("loose goods: one of two equal plans at a time", () => {
    const loose = { lpn: null, code: null, source: DOCK.id };
    const held = holding(
      ["putaway_plan", plan({ id: "p1", ...loose })],
      ["putaway_plan", plan({ id: "p2", ...loose })],
    );
    const away = () =>
      posted({
        kind: "putaway.put_away",
        payload: {
          scans: [],
          goods: tea(5),
          lpn: null,
          source: DOCK.id,
          target: BIN.id,
          reason: null,
        },
      });
    const done = (count: number) =>
      overlaid(held, Array.from({ length: count }, away))
        .all("putaway_plan")
        .filter((one) => one.done).length;
    expect([done(0), done(1), done(2)]).toEqual([0, 1, 2]);
  });
});

describe("putting back what a cancelled order left in a tote", () => {
  const line = (quantity: number) => ({ item: TEA.id, lot: null, quantity });
  const waiting = { id: TOTE, order: ORDER, number: "SO-9", code: "T-07", lines: [line(5)] };
  const back = (goods: ReturnType<typeof tea> | null, target: string) =>
    posted({
      kind: "moving.move",
      payload: {
        goods: goods && { ...goods, lpn: TOTE },
        lpn: goods ? null : TOTE,
        source: null,
        target,
        reason: null,
        scans: [],
      },
    });

  test("what is back is not offered again, online or not", () => {
    const held = holding(["put_back", waiting]);
    const rows = overlaid(held, [back(tea(2), BIN.id)]);
    expect(rows.get("put_back", TOTE)?.lines).toEqual([line(3)]);
  });

  test("a whole tote is back on a shelf, not on the stage", () => {
    const held = holding(["put_back", waiting]);
    expect(overlaid(held, [back(null, STAGE.id)]).all("put_back")).toHaveLength(1);
    expect(overlaid(held, [back(null, BIN.id)]).all("put_back")).toEqual([]);
  });
});

describe("counting what was asked for", () => {
  const task = { id: "task-1", place: BIN.id, why: "recount", not_for: [] };
  const finish = {
    kind: "counting.finish_bin",
    payload: { sheet: "sheet-1", place: BIN.id, empty: false, scans: [] },
  } as const;

  test("a bin that was finished here is not offered here again, online or not", () => {
    const other = { ...task, id: "task-2", place: STAGE.id };
    const held = holding(["count_task", task], ["count_task", other]);
    expect(overlaid(held, [posted(finish)]).all("count_task")).toEqual([other]);
  });

  test("what the server still offers after it has shown the count is offered", () => {
    const shown = posted(finish, "settled", "applied");
    expect(overlaid(holding(["count_task", task]), [shown]).all("count_task")).toEqual([task]);
  });
});

describe("shipping", () => {
  test("a tote on the stage makes the order staged; a shipped order is gone", () => {
    const held = holding(["order", order({ totes: [{ lpn: TOTE, code: "T-07" }] })]);
    const moved = posted({
      kind: "moving.move",
      payload: { scans: [], goods: null, lpn: TOTE, source: null, target: STAGE.id, reason: null },
    });
    expect(overlaid(held, [moved]).get("order", ORDER)?.status).toBe("staged");
    const shipped = posted({
      kind: "shipping.ship",
      payload: { scans: [], order: ORDER, units: [TOTE], goods: [], stage: STAGE.id },
    });
    expect(overlaid(held, [moved, shipped]).all("order")).toEqual([]);
    expect(overlaid(held, [moved, shipped, undone(shipped)]).all("order")).toHaveLength(1);
  });
});

describe("what counts as pending", () => {
  const held = holding(["pick_line", stop("s1", 10)]);
  const left = (...all: Posted[]) => overlaid(held, all).get("pick_line", "s1")?.quantity;

  test.each([
    ["queued", null, 6],
    ["sent", null, 6],
    ["acked", "applied", 6],
    ["acked", "exception", 6],
    ["acked", "refused", 10],
    ["settled", "applied", 10],
  ] as const)("%s %s", (state, outcome, expected) => {
    expect(left(posted(pick(4), state, outcome))).toBe(expected);
  });

  test("a void takes its cause off, before and after the server has shown it", () => {
    const fresh = posted(pick(4));
    expect(left(fresh, undone(fresh))).toBe(10);
    const shown = posted(pick(4), "settled", "applied");
    expect(left(shown, undone(shown))).toBe(14);
  });
});
