/** Pick: one stop at a time: the place, the goods, the tote. */
import type { Resolved } from "../../domain/resolved.ts";
import type { LocationRow, PickLineRow } from "../../domain/rows.ts";
import { say, type Text } from "../../words/text.ts";
import {
  type Action,
  type Flow,
  type Gesture,
  go,
  refuse,
  type Step,
  stay,
  unreachable,
  type World,
} from "../flow.ts";
import { withLot } from "../goods.ts";
import { asOne } from "../sweep/swept.ts";
import { ask, empty, giveBack, short, skip } from "./aside.ts";
import { type From, onward, STANDS, type State, stops, WALK, type Walk } from "./state.ts";
import { swept } from "./sweep.ts";
import { goodsScanned, inHand, serialSupplied, toteScanned } from "./take.ts";

const start = (world: World): State => onward(WALK, null, world);

function next(state: State, gesture: Gesture, world: World): Step<State> {
  switch (gesture.type) {
    case "scanned":
      return scanned(state, gesture.resolved, world);
    case "keyed":
      return keyed(state, gesture.value);
    case "chosen":
      return chosen(state, gesture.key, world);
    case "pressed":
      return pressed(state, gesture.action, world);
    case "changed":
      return changed(state, world);
    case "typed":
      return typed(state, gesture.text, world);
    case "swept":
      return state.at === "goods"
        ? swept(state, gesture, world)
        : asOne(state, gesture, expects(state), expected(state, world), (only) =>
            scanned(state, only, world),
          );
    case "answered":
      return { state };
    default:
      return unreachable(gesture);
  }
}

function scanned(state: State, resolved: Resolved, world: World): Step<State> {
  if (state.at === "work") {
    return refuse(state, resolved, say("expect.work"));
  }
  const line = world.get("pick_line", state.stop.line);
  if (!line) {
    return changed(state, world);
  }
  if (state.at === "reason") {
    return scanned(resumed(state), resolved, world);
  }
  if (state.at === "serial") {
    return serialSupplied(state, line, resolved, world);
  }
  if (resolved.type === "tote") {
    return toteScanned(state, line, resolved, world);
  }
  switch (state.at) {
    case "place":
      return resolved.type === "place"
        ? placeScanned(state, line, resolved.place, resolved)
        : refuse(state, resolved, line.source_code);
    case "goods":
    case "lot":
      return resolved.type === "place"
        ? placeScanned(state, line, resolved.place, resolved)
        : goodsScanned(state, line, resolved, world);
    case "tote":
      return refuse(state, resolved, say("expect.tote"));
  }
}

/** The bin of the stop, or one the plan names as an alternate. */
function placeScanned(
  state: Extract<State, { at: "place" | "goods" | "lot" }>,
  line: PickLineRow,
  place: LocationRow,
  { scan }: Resolved,
): Step<State> {
  const { walk, stop } = state;
  const here = { place: place.id, code: place.code, scan };
  if (place.id === line.source) {
    const from: From = { ...here, lot: line.lot };
    return go({ at: "goods", walk, stop, from, quantity: stop.left }, say("pick.right_place"));
  }
  const alternate = line.alternates.find((candidate) => candidate.source === place.id);
  if (!alternate) {
    return stay(
      state,
      "wrong",
      say("pick.wrong_place", { got: place.code, expected: line.source_code }),
    );
  }
  const quantity = Math.min(stop.left, alternate.quantity);
  return stay<State>(
    { at: "goods", walk, stop, from: { ...here, lot: alternate.lot }, quantity },
    "caution",
    say("pick.other_place", { code: place.code }),
  );
}

function keyed(state: State, value: number): Step<State> {
  switch (state.at) {
    case "work":
      return { state: { ...state, orders: Math.max(1, Math.min(20, value)) } };
    case "goods":
    case "lot":
    case "tote":
      if (state.at === "tote" && (state.swept || state.taken.serial !== null)) {
        return { state };
      }
      if (value > state.stop.left) {
        return stay(state, "wrong", say("pick.too_many", { left: state.stop.left }));
      }
      return value === 0
        ? { state: { at: "reason", walk: state.walk, stop: state.stop, from: state.from } }
        : { state: { ...state, quantity: value } };
    case "place":
    case "serial":
    case "reason":
      return { state };
  }
}

function typed(state: State, text: string, world: World): Step<State> {
  const line = state.at === "serial" ? world.get("pick_line", state.stop.line) : undefined;
  return state.at === "serial" && line ? serialSupplied(state, line, text, world) : { state };
}

function chosen(state: State, key: string, world: World): Step<State> {
  if (state.at === "reason") {
    return short(state, key, world) ?? changed(state, world);
  }
  const line = state.at === "lot" ? world.get("pick_line", state.stop.line) : undefined;
  return state.at === "lot" && line
    ? inHand(state, line, withLot(state.taken, key, world), world)
    : { state };
}

function pressed(state: State, action: Action, world: World): Step<State> {
  switch (action) {
    case "work":
      return state.at === "work" ? ask(state, world) : { state };
    case "short":
      return state.at === "work" || state.at === "reason"
        ? { state }
        : {
            state: {
              at: "reason",
              walk: state.walk,
              stop: state.stop,
              from: state.at === "place" ? null : state.from,
            },
          };
    case "skip":
      return skip(state, world);
    case "empty":
      return empty(state, world);
    case "give_back":
      return giveBack(state, world);
    case "back":
      return { state: resumed(state) };
    default:
      return { state };
  }
}

/** Back to the stop itself. */
function resumed(state: State): State {
  const { walk } = state;
  switch (state.at) {
    case "work":
    case "place":
      return state;
    case "reason":
      return state.from === null
        ? { at: "place", walk, stop: state.stop }
        : { at: "goods", walk, stop: state.stop, from: state.from, quantity: state.stop.left };
    case "goods":
      return { at: "place", walk, stop: state.stop };
    case "lot":
    case "serial":
    case "tote":
      return { at: "goods", walk, stop: state.stop, from: state.from, quantity: state.quantity };
  }
}

/** The rows changed: work arrived, was refused, or the stop in hand was taken back. */
function changed(state: State, world: World): Step<State> {
  if (state.at !== "work") {
    return world.get("pick_line", state.stop.line)
      ? { state }
      : stay(onward(state.walk, null, world), "caution", say("pick.taken_back"));
  }
  const held = new Set(world.all("pick_line").map((line) => line.id));
  const walk: Walk = { ...state.walk, done: state.walk.done.filter((id) => held.has(id)) };
  if (stops(walk, world).length > 0) {
    return go(onward({ ...walk, asked: null }, null, world), say("pick.work_here"));
  }
  if (walk.asked !== null && world.outcome(walk.asked) === "refused") {
    return stay({ ...state, walk: { ...walk, asked: null } }, "caution", say("pick.no_work"));
  }
  return { state: { ...state, walk } };
}

function expects(state: State): ReadonlyArray<Resolved["type"]> {
  switch (state.at) {
    case "work":
      return [];
    case "place":
      return ["place", "tote"];
    case "goods":
    case "lot":
    case "serial":
    case "reason":
      return ["item", "lpn", "place", "tote"];
    case "tote":
      return ["tote"];
  }
}

function expected(state: State, world: World): Text {
  switch (state.at) {
    case "work":
      return say("expect.work");
    case "place":
      return world.get("pick_line", state.stop.line)?.source_code ?? say("expect.place");
    case "tote":
      return say("expect.tote");
    case "serial":
      return say("expect.serial");
    case "goods":
    case "lot":
    case "reason":
      return say("expect.goods");
  }
}

export const pick: Flow<State> = {
  name: "pick",
  shape: 1,
  stands: STANDS,
  start,
  next,
  expects,
  sweeps: () => "whole",
  resting: (state) => state.at === "work" || state.at === "place",
};
