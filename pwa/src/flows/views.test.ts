import { describe, expect, test } from "vitest";
import { LANGUAGES, type Language, t } from "../words/text.ts";
import { count } from "./count/flow.ts";
import { view as countView } from "./count/view.ts";
import type { Flow, Gesture, World } from "./flow.ts";
import { move } from "./move/flow.ts";
import { view as moveView } from "./move/view.ts";
import { pick } from "./pick/flow.ts";
import { view as pickView } from "./pick/view.ts";
import { putaway } from "./putaway/flow.ts";
import { view as putawayView } from "./putaway/view.ts";
import { receive } from "./receive/flow.ts";
import { view as receiveView } from "./receive/view.ts";
import { shipping } from "./ship/flow.ts";
import { view as shipView } from "./ship/view.ts";
import {
  BIN,
  floor,
  lot,
  MILK,
  OTHER,
  ordered,
  PALLET,
  scanOf,
  stop,
  TEA,
  worldOf,
} from "./testing/floor.ts";
import type { View } from "./view.ts";

const MOST_WORDS = 12;

const instruction = (view: View, tongue: Language): number =>
  t(view.says, tongue).split(/\s+/).length;

function papers(): World {
  const table = floor();
  ordered(table, "PO-1", TEA, 24);
  ordered(table, "PO-2", TEA, 24);
  stop(table, "SO-1", TEA, BIN, 12);
  stop(table, "SO-1", MILK, OTHER, 3, { lot: lot(MILK, "L7"), lot_code: "L7" });
  return worldOf(table);
}

const GESTURES: readonly Gesture[] = [
  { type: "scanned", resolved: scanOf.place(BIN) },
  { type: "scanned", resolved: scanOf.place(OTHER) },
  { type: "scanned", resolved: scanOf.item(TEA) },
  { type: "scanned", resolved: scanOf.item(MILK) },
  { type: "scanned", resolved: scanOf.pallet(PALLET) },
  { type: "scanned", resolved: scanOf.tote("T-1") },
  { type: "scanned", resolved: scanOf.unknown("L7") },
  { type: "keyed", value: 3 },
  { type: "pressed", action: "short" },
  { type: "pressed", action: "damaged" },
  { type: "pressed", action: "finish" },
  { type: "pressed", action: "back" },
];

/** Every state within four gestures of the start, each drawn once. */
function drawn<S>(flow: Flow<S>, view: (state: S, world: World) => View): Map<string, View> {
  const world = papers();
  const views = new Map<string, View>();
  let states: S[] = [flow.start(world)];
  for (let depth = 0; depth < 4; depth += 1) {
    const found = new Map<string, S>();
    for (const state of states) {
      views.set(JSON.stringify(state), view(state, world));
      for (const gesture of GESTURES) {
        const next = flow.next(state, gesture, world).state;
        const shape = (next as { at: string }).at;
        found.set(`${shape} ${gesture.type}`, next);
      }
    }
    states = [...found.values()];
  }
  return views;
}

const ALL: ReadonlyArray<readonly [string, Map<string, View>]> = [
  ["receive", drawn(receive, receiveView)],
  ["putaway", drawn(putaway, putawayView)],
  ["pick", drawn(pick, pickView)],
  ["ship", drawn(shipping, shipView)],
  ["count", drawn(count, countView)],
  ["move", drawn(move, moveView)],
];

describe.each(ALL)("%s", (_, views) => {
  test("every state says one thing, in few words, in every language", () => {
    expect(views.size).toBeGreaterThan(0);
    for (const view of views.values()) {
      for (const tongue of Object.keys(LANGUAGES) as Language[]) {
        expect(instruction(view, tongue)).toBeLessThanOrEqual(MOST_WORDS);
        expect(t(view.says, tongue)).not.toMatch(/[{}]/);
      }
    }
  });

  test("every question can be left", () => {
    for (const view of views.values()) {
      if (view.pad && view.pad.enters !== "quantity") {
        expect(view.back).toBe(true);
      }
    }
  });
});
