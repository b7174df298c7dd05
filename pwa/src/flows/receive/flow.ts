/** Receive: an order, a delivery, a pallet or simply the goods; each scan at the dock is booked at once. */
import type { Resolved, ResolvedItem } from "../../domain/resolved.ts";
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
import { type Filling, fill, itemName, supply, unanswered } from "../goods.ts";
import { asOne } from "../sweep/swept.ts";
import { book, bookUnit, correct, ending } from "./book.ts";
import { reportShort, short } from "./short.ts";
import {
  linesOf,
  type Session,
  STANDS,
  type State,
  session,
  shortable,
  waitingFor,
} from "./state.ts";
import { swept } from "./sweep.ts";
import { receiveUnnamed } from "./unnamed.ts";

function start(world: World): State {
  const docks = world.all("location").filter((place) => place.kind === "dock");
  const [only] = docks;
  return docks.length === 1 && only ? { at: "goods", session: session(only.id) } : { at: "dock" };
}

function next(state: State, gesture: Gesture, world: World): Step<State> {
  switch (gesture.type) {
    case "scanned":
      return scanned(state, gesture.resolved, world);
    case "keyed":
      return state.at === "goods" && state.session.last
        ? correct(state.session, state.session.last, gesture.value, world)
        : { state };
    case "typed":
      return supplied(state, gesture.text, world);
    case "chosen":
      return chosen(state, gesture.key, world);
    case "pressed":
      return pressed(state, gesture.action, world);
    case "swept":
      return sweeping(state)
        ? swept(state.session, gesture, world)
        : asOne(state, gesture, expects(state), expected(state), (only) =>
            scanned(state, only, world),
          );
    case "answered":
    case "changed":
      return { state };
    default:
      return unreachable(gesture);
  }
}

function expected(state: State): Text {
  switch (state.at) {
    case "dock":
      return say("expect.dock");
    case "lot":
    case "serial":
    case "expiry":
      return say(`expect.${state.at}`);
    default:
      return say("expect.goods");
  }
}

function scanned(state: State, resolved: Resolved, world: World): Step<State> {
  if (resolved.type === "place") {
    return resolved.place.kind === "dock" && !resolved.place.blocked
      ? atDock(state, resolved.place.id, resolved.place.code)
      : refuse(state, resolved, say("expect.dock"));
  }
  if (state.at === "dock") {
    return refuse(state, resolved, expected(state));
  }
  if (state.at === "lot" || state.at === "serial" || state.at === "expiry") {
    return supplied(state, resolved, world);
  }
  switch (resolved.type) {
    case "po":
      return go(
        {
          at: "goods",
          session: { ...session(state.session.dock, state.session), po: resolved.po.id },
        },
        say("receive.order", { number: resolved.po.number }),
      );
    case "asn":
      return go(
        {
          at: "goods",
          session: {
            ...session(state.session.dock, state.session),
            asn: resolved.asn.id,
            po: resolved.asn.po,
          },
        },
        say("receive.delivery", { number: resolved.asn.number }),
      );
    case "lpn":
      return resolved.announced
        ? bookUnit(state.session, resolved.announced, resolved.scan)
        : fillUnit(state.session, resolved, world);
    case "item":
      return goods(state, resolved, world);
    case "unknown":
      return state.at === "goods"
        ? receiveUnnamed(state.session, resolved, world)
        : refuse(state, resolved, expected(state));
    default:
      return refuse(state, resolved, expected(state));
  }
}

function atDock(state: State, dock: string, code: string): Step<State> {
  const moved: State =
    state.at === "dock"
      ? { at: "goods", session: session(dock) }
      : { ...state, session: { ...state.session, dock, last: null } };
  return go(moved, say("receive.at_dock", { code }));
}

/** A pallet that stands here already is filled further only when it is scanned twice. */
function fillUnit(
  before: Session,
  { lpn, code, scan }: Extract<Resolved, { type: "lpn" }>,
  world: World,
): Step<State> {
  const stands = world.all("putaway_plan").some((plan) => plan.lpn === lpn);
  if (stands && before.unit?.lpn !== lpn && before.doubt !== lpn) {
    return stay(
      { at: "goods", session: { ...before, doubt: lpn } },
      "caution",
      say("receive.unit_again", { code: ending(code) }),
    );
  }
  return go(
    { at: "goods", session: { ...before, unit: { lpn, code, scan }, doubt: null, last: null } },
    say("receive.filling", { code: ending(code) }),
  );
}

function goods(
  state: Exclude<State, { at: "dock" }>,
  resolved: ResolvedItem,
  world: World,
): Step<State> {
  const filling = fill(resolved);
  if (state.at === "stranger" && state.filling.item === filling.item) {
    return book(state.session, filling, null, world);
  }
  return identified(state.session, filling, world);
}

/** One open line: jump there; several: choose; none: a blind receipt, unless the order in hand has no such goods. */
function identified(before: Session, filling: Filling, world: World): Step<State> {
  if (before.po !== null) {
    const lines = linesOf(before.po, world).filter((line) => line.item === filling.item);
    const line = lines.find((candidate) => waitingFor(filling.item, world).includes(candidate));
    const chosenLine = line ?? lines[0];
    return chosenLine || before.condition === "wrong_item"
      ? book(before, filling, chosenLine ?? null, world)
      : stay(
          { at: "stranger", session: before, filling },
          "caution",
          say("receive.stranger", { item: itemName(world, filling.item) }),
        );
  }
  const lines = waitingFor(filling.item, world);
  const [only] = lines;
  if (before.asn !== null || lines.length === 0) {
    return book(before, filling, null, world);
  }
  if (lines.length === 1 && only) {
    return book({ ...before, po: only.po }, filling, only, world);
  }
  return go(
    { at: "line", session: before, filling, lines: lines.map((line) => line.id) },
    say("receive.which_order"),
  );
}

function supplied(state: State, answer: Resolved | string, world: World): Step<State> {
  if (state.at !== "lot" && state.at !== "serial" && state.at !== "expiry") {
    return { state };
  }
  const filling = supply(state.filling, state.at, answer, world);
  if (!filling) {
    return unanswered(state, state.at, answer);
  }
  const line = state.line === null ? null : (world.get("po_line", state.line) ?? null);
  return book(state.session, filling, line, world);
}

function chosen(state: State, key: string, world: World): Step<State> {
  switch (state.at) {
    case "line": {
      const line = world.get("po_line", key);
      return line ? book({ ...state.session, po: line.po }, state.filling, line, world) : { state };
    }
    case "reason": {
      const before: Session = { ...state.session, condition: state.condition, reason: key };
      return state.filling
        ? book(before, state.filling, null, world)
        : go({ at: "goods", session: before }, say(`receive.${state.condition}`));
    }
    case "short":
      return go(
        { at: "short_reason", session: state.session, line: key },
        say("receive.short_reason"),
      );
    case "short_reason":
      return short(state.session, state.line, key, world);
    case "lot":
      return supplied(state, key, world);
    default:
      return { state };
  }
}

function pressed(state: State, action: Action, world: World): Step<State> {
  if (state.at === "dock") {
    return { state };
  }
  const { session: before } = state;
  switch (action) {
    case "damaged":
    case "wrong_item":
      return go(
        {
          at: "reason",
          session: before,
          condition: action,
          filling: state.at === "stranger" ? state.filling : null,
        },
        say("receive.why"),
      );
    case "short":
      return reportShort(state, before, world);
    case "close_unit":
      return go(
        { at: "goods", session: { ...before, unit: null, last: null } },
        say("receive.unit_closed"),
      );
    case "finish":
      return go({ at: "goods", session: session(before.dock, before) }, say("receive.finished"));
    case "back":
      return state.at === "short_reason" && shortable(before.po ?? "", world).length > 1
        ? go({ at: "short", session: before }, say("receive.which_short"))
        : { state: { at: "goods", session: { ...before, condition: "good", reason: null } } };
    default:
      return { state };
  }
}

function expects(state: State): ReadonlyArray<Resolved["type"]> {
  return state.at === "dock" ? ["place"] : ["item", "lpn", "po", "asn", "place", "details"];
}

/** Goods with something wrong are shown one by one. */
const sweeping = (state: State): state is Extract<State, { at: "goods" }> =>
  state.at === "goods" && state.session.condition === "good";

/** No order, delivery or pallet is in hand. */
function resting(state: State): boolean {
  if (state.at !== "goods") {
    return state.at === "dock";
  }
  const { po, asn, unit } = state.session;
  return po === null && asn === null && unit === null;
}

export const receive: Flow<State> = {
  name: "receive",
  shape: 1,
  stands: STANDS,
  start,
  next,
  expects,
  sweeps: (state) => (sweeping(state) ? "batches" : "whole"),
  resting,
};
