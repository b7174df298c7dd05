/** Ship: scan a tote or the order, scan the stage, send it off. */
import type { AnyDraft, Scan } from "../../domain/operation.ts";
import type { Resolved } from "../../domain/resolved.ts";
import type { OrderRow } from "../../domain/rows.ts";
import { say, type Text } from "../../words/text.ts";
import {
  type Flow,
  type Gesture,
  go,
  refuse,
  type Step,
  stay,
  unreachable,
  type World,
} from "../flow.ts";
import { asOne, type SweptGesture } from "../sweep/swept.ts";
import { type Check, checked, compared, verdict } from "./check.ts";

export type State =
  | { readonly at: "order" }
  | {
      readonly at: "stage";
      readonly order: string;
      readonly scans: readonly Scan[];
      readonly check?: Check;
    }
  | {
      readonly at: "ship" | "doubt";
      readonly order: string;
      readonly stage: string;
      readonly scans: readonly Scan[];
      readonly check?: Check;
    };

const start = (): State => ({ at: "order" });

function next(state: State, gesture: Gesture, world: World): Step<State> {
  switch (gesture.type) {
    case "scanned":
      return scanned(state, gesture.resolved, world);
    case "chosen":
      return opened(gesture.key, [], world);
    case "pressed":
      return gesture.action === "ship"
        ? ship(state, world)
        : { state: gesture.action === "back" ? start() : state };
    case "changed":
      return state.at !== "order" && !world.get("order", state.order)
        ? { state: start() }
        : { state };
    case "keyed":
    case "typed":
    case "answered":
      return { state };
    case "swept":
      return state.at === "order"
        ? asOne(state, gesture, expects(state), say("expect.order"), (only) =>
            scanned(state, only, world),
          )
        : swept(state, gesture, world);
    default:
      return unreachable(gesture);
  }
}

function scanned(state: State, resolved: Resolved, world: World): Step<State> {
  switch (resolved.type) {
    case "order":
      return opened(
        "order" in resolved.order ? resolved.order.order : resolved.order.id,
        [resolved.scan],
        world,
      );
    case "tote": {
      const order = orderIn(resolved.tote, world);
      return order
        ? toteOf(state, order, resolved.scan)
        : stay(state, "wrong", say("ship.empty_tote", { code: resolved.code }));
    }
    case "place":
      return atStage(state, resolved, world);
    default:
      return refuse(
        state,
        resolved,
        state.at === "stage" ? say("expect.stage") : say("expect.order"),
      );
  }
}

const orderIn = (tote: string, world: World): OrderRow | undefined =>
  world
    .all("order")
    .find((order) => order.totes.some((unit) => unit.lpn === world.derive(tote, order.id)));

/** Another tote of the same order is one more proof; of another order it opens that one. */
const toteOf = (state: State, order: OrderRow, scan: Scan): Step<State> =>
  state.at !== "order" && state.order === order.id
    ? go({ ...state, scans: [...state.scans, scan] }, say("ship.same_order"))
    : go(
        { at: "stage", order: order.id, scans: [scan] },
        say("ship.opened", { number: order.number }),
      );

function opened(id: string, scans: readonly Scan[], world: World): Step<State> {
  const order = world.get("order", id);
  return order
    ? go({ at: "stage", order: id, scans }, say("ship.opened", { number: order.number }))
    : stay({ at: "order" }, "wrong", say("ship.not_here"));
}

/** What is in the closed totes, as far as tags tell; nothing is posted by it. */
function swept(
  state: Exclude<State, { at: "order" }>,
  gesture: SweptGesture,
  world: World,
): Step<State> {
  const order = world.get("order", state.order);
  const check = checked(state.check, gesture);
  const after = check === state.check ? state : { ...state, check };
  return order && gesture.over
    ? { state: after, feedback: verdict(compared(check, order)) }
    : { state: after };
}

function atStage(
  state: State,
  resolved: Extract<Resolved, { type: "place" }>,
  world: World,
): Step<State> {
  const { place, scan } = resolved;
  if (state.at === "order") {
    return refuse(state, resolved, say("expect.order"));
  }
  const order = world.get("order", state.order);
  if (place.kind !== "stage" || place.blocked || !order) {
    return refuse(state, resolved, say("expect.stage"));
  }
  const moves = order.totes.map(
    (unit): AnyDraft => ({
      kind: "moving.move",
      payload: {
        goods: null,
        lpn: unit.lpn,
        source: null,
        target: place.id,
        reason: null,
        scans: [...state.scans, scan],
      },
    }),
  );
  return {
    state: {
      at: "ship",
      order: order.id,
      stage: place.id,
      scans: [...state.scans, scan],
      ...(state.check ? { check: state.check } : {}),
    },
    record: moves,
    feedback: {
      tone: moves.length > 0 ? "ok" : "step",
      words: say("ship.staged", { count: moves.length, code: place.code }),
    },
  };
}

/** What was ordered and neither picked nor reported short. */
export const missing = (order: OrderRow): number =>
  order.lines.reduce((sum, line) => sum + Math.max(0, line.ordered - line.picked - line.short), 0);

/** Why somebody has to say "ship" twice. */
function doubtAbout(order: OrderRow, check: Check | undefined): Text | null {
  if (missing(order) > 0) {
    return say("ship.incomplete", { missing: missing(order) });
  }
  const said = check ? verdict(compared(check, order)) : null;
  return said?.tone === "caution" ? said.words : null;
}

function ship(state: State, world: World): Step<State> {
  const order = state.at === "order" ? undefined : world.get("order", state.order);
  if (!order || state.at === "order" || state.at === "stage") {
    return { state };
  }
  const doubt = state.at === "ship" ? doubtAbout(order, state.check) : null;
  if (doubt) {
    return stay({ ...state, at: "doubt" }, "caution", doubt);
  }
  return {
    state: start(),
    record: [
      {
        kind: "shipping.ship",
        payload: {
          order: order.id,
          units: order.totes.map((unit) => unit.lpn),
          goods: [],
          stage: state.stage,
          scans: [...state.scans, ...(state.check?.scans ?? [])],
        },
      },
    ],
    feedback: { tone: "ok", words: say("ship.shipped", { number: order.number }) },
  };
}

const expects = (state: State): ReadonlyArray<Resolved["type"]> =>
  state.at === "order" ? ["tote", "order"] : ["place", "tote", "order"];

const STANDS = { order: true, stage: true, ship: true, doubt: true } as const satisfies Record<
  State["at"],
  true
>;

export const shipping: Flow<State> = {
  name: "ship",
  shape: 1,
  stands: STANDS,
  start,
  next,
  expects,
  sweeps: (state) => (state.at === "order" ? "whole" : "batches"),
  resting: (state) => state.at === "order",
};
