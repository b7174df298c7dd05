/** Ship: scan a tote or the order, scan the stage, send it off. */
import type { AnyDraft, Scan } from "../../domain/operation.ts";
import type { Resolved, ResolvedItem } from "../../domain/resolved.ts";
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
import { itemName } from "../goods.ts";
import { heldWords, holdOn } from "../held.ts";
import { asOne, type SweptGesture, UNKNOWN_A_LINE } from "../sweep/swept.ts";
import { type Check, checked, checkOf, compared, lookedAt, verdict } from "./check.ts";

/** An order that is open: which tote lies before the sled, and what was found in those checked. */
interface Opened {
  readonly order: string;
  readonly tote: string | null;
  readonly scans: readonly Scan[];
  readonly checks: readonly Check[];
}

export type State =
  | { readonly at: "order" }
  | ({ readonly at: "stage" } & Opened)
  | ({ readonly at: "ship" | "doubt"; readonly stage: string } & Opened);

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
        ? toteOf(state, order, world.derive(resolved.tote, order.id), resolved.scan)
        : stay(state, "wrong", say("ship.empty_tote", { code: resolved.code }));
    }
    case "place":
      return atStage(state, resolved, world);
    case "item":
      return piece(state, resolved, world);
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
function toteOf(state: State, order: OrderRow, tote: string, scan: Scan): Step<State> {
  if (state.at === "order" || state.order !== order.id) {
    const opened: State = { at: "stage", order: order.id, tote, scans: [scan], checks: [] };
    return go(opened, say("ship.opened", { number: order.number }));
  }
  // A tote whose label is scanned is looked into anew: what was foreign has been taken out.
  const checks = state.checks.filter((check) => check.tote !== tote && check.tote !== null);
  const after: State = { ...state, tote, scans: [...state.scans, scan], checks };
  return go(after, say("ship.same_order"));
}

function opened(id: string, scans: readonly Scan[], world: World): Step<State> {
  const order = world.get("order", id);
  return order
    ? go(
        { at: "stage", order: id, tote: null, scans, checks: [] },
        say("ship.opened", { number: order.number }),
      )
    : stay({ at: "order" }, "wrong", say("ship.not_here"));
}

export const checkAt = ({ tote, checks }: Opened): Check | undefined =>
  checks.find((check) => check.tote === tote);

/** What was found since is asked about anew. */
function withCheck(state: Exclude<State, { at: "order" }>, check: Check): State {
  const checks = [...state.checks.filter((one) => one.tote !== check.tote), check];
  return state.at === "doubt" ? { ...state, at: "ship", checks } : { ...state, checks };
}

/** What is in the closed totes, as far as tags tell; nothing is posted by it. */
function swept(
  state: Exclude<State, { at: "order" }>,
  gesture: SweptGesture,
  world: World,
): Step<State> {
  const order = world.get("order", state.order);
  const before = checkAt(state);
  const check = checked(before ?? checkOf(state.tote), gesture);
  const after = check.seen.length === 0 ? state : withCheck(state, check);
  return order && gesture.over
    ? { state: after, feedback: verdict(compared(check, order)) }
    : { state: after };
}

/** A piece that is looked at: it is on the list of the tote, or it must not leave in it. */
function piece(state: State, goods: ResolvedItem, world: World): Step<State> {
  const order = state.at === "order" ? undefined : world.get("order", state.order);
  if (state.at === "order" || !order) {
    return refuse(state, goods, say("expect.order"));
  }
  const check = lookedAt(checkAt(state) ?? checkOf(state.tote), goods);
  const found = compared(check, order);
  const after = withCheck(state, check);
  const { id, name } = goods.item;
  const line = found.lines.find(({ item }) => item === id);
  if (!line || found.foreign.some(({ item }) => item === id)) {
    return stay(after, "wrong", say("ship.not_listed", { item: name }));
  }
  return line.read > line.picked
    ? stay(after, "wrong", say("sweep.over_here", { names: name }))
    : go(after, say("ship.looked_at", { read: line.read, picked: line.picked }));
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
  const scans = [...state.scans, scan];
  const { tote, checks } = state;
  return {
    state: { at: "ship", order: order.id, stage: place.id, tote, scans, checks },
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
function doubtAbout(order: OrderRow, checks: readonly Check[]): Text | null {
  if (missing(order) > 0) {
    return say("ship.incomplete", { missing: missing(order) });
  }
  const said = checks.map((check) => verdict(compared(check, order)));
  return said.find(({ tone }) => tone === "caution")?.words ?? null;
}

/** Held goods do not leave: what is known of this order, and what its totes show offline. */
function heldIn(order: OrderRow, world: World): Text | null {
  const told = world.all("follow_up").find((row) => row.order === order.id);
  const goods = order.totes.flatMap((tote) => tote.goods ?? []);
  const hold = goods
    .map(({ lot, serial }) => holdOn(world, { lot, lpn: null, serial }))
    .find((found) => found !== undefined);
  if (hold) return heldWords(hold, world);
  return told ? say("held.in_order", { item: itemName(world, told.item ?? "") }) : null;
}

function ship(state: State, world: World): Step<State> {
  const order = state.at === "order" ? undefined : world.get("order", state.order);
  if (!order || state.at === "order" || state.at === "stage") {
    return { state };
  }
  const held = heldIn(order, world);
  if (held) {
    return stay(state, "wrong", held);
  }
  const doubt = state.at === "ship" ? doubtAbout(order, state.checks) : null;
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
          scans: [...state.scans, ...evidence(state.checks)],
        },
      },
    ],
    feedback: { tone: "ok", words: say("ship.shipped", { number: order.number }) },
  };
}

/** Raw, and never more than an operation can carry. */
const evidence = (checks: readonly Check[]): readonly Scan[] =>
  checks.flatMap((check) => check.scans).slice(0, UNKNOWN_A_LINE);

const expects = (state: State): ReadonlyArray<Resolved["type"]> =>
  state.at === "order" ? ["tote", "order"] : ["place", "tote", "order", "item"];

const STANDS = { order: true, stage: true, ship: true, doubt: true } as const satisfies Record<
  State["at"],
  true
>;

export const shipping: Flow<State> = {
  name: "ship",
  shape: 2,
  stands: STANDS,
  start,
  next,
  expects,
  sweeps: (state) => (state.at === "order" ? "whole" : "batches"),
  resting: (state) => state.at === "order",
};
