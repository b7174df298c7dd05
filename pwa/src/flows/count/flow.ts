/** Count, blind: the place, what is there, and "nothing else here". Nothing tells what should be there. */
import type { Scan } from "../../domain/operation.ts";
import type { Resolved } from "../../domain/resolved.ts";
import type { LocationRow } from "../../domain/rows.ts";
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
import { type Filling, fill, fillingName, gap, supply, unanswered } from "../goods.ts";
import { asOne, type Sweeping } from "../sweep/swept.ts";
import { corrected } from "../tally.ts";
import { twice, type Unknown, unnamed } from "../unnamed.ts";
import { line, noted, onSheet, pallet, tallyOf, withTally } from "./noting.ts";
import { offersTo } from "./offers.ts";
import { type Bin, STANDS, type State } from "./state.ts";
import { BESIDE, besides, swept } from "./sweep.ts";

const start = (): State => ({ at: "place" });

function next(state: State, gesture: Gesture, world: World): Step<State> {
  switch (gesture.type) {
    case "scanned":
      return scanned(state, gesture.resolved, world);
    case "keyed":
      return state.at === "goods" && state.bin.last
        ? keyed(state.bin, state.bin.last, gesture.value, world)
        : { state };
    case "typed":
      return supplied(state, gesture.text, world);
    case "pressed":
      return pressed(state, gesture.action, world);
    case "chosen":
      return chosen(state, gesture.key, world);
    case "answered":
    case "changed":
      return { state };
    case "swept":
      return state.at === "goods" || state.at === "empty"
        ? swept(state, gesture, world)
        : asOne(state, gesture, expects(state), expected(state), (only) =>
            scanned(state, only, world),
          );
    default:
      return unreachable(gesture);
  }
}

function scanned(state: State, resolved: Resolved, world: World): Step<State> {
  if (state.at === "lot" || state.at === "serial" || state.at === "expiry") {
    return supplied(state, resolved, world);
  }
  if (resolved.type === "place") {
    return place(state, resolved.place, resolved, world);
  }
  if (state.at === "place") {
    return refuse(state, resolved, say("expect.place"));
  }
  switch (resolved.type) {
    case "item":
      return goods(state.bin, fill(resolved), world);
    case "lpn":
      return pallet(state.bin, resolved.lpn, resolved.scan, world);
    case "unknown":
      return strange(state, resolved, world);
    default:
      return refuse(
        state.at === "goods" ? { at: "goods", bin: state.bin, leaving: state.leaving } : state,
        resolved,
        say("expect.goods"),
      );
  }
}

/** A second place ends this bin only when it is scanned twice: a finished sheet is not taken back. */
function place(state: State, at: LocationRow, resolved: Resolved, world: World): Step<State> {
  if (at.kind === "virtual") {
    return refuse(state, resolved, say("expect.place"));
  }
  if (state.at === "place") {
    const wanted = state.wanted ? world.get("location", state.wanted) : undefined;
    return wanted && wanted.id !== at.id
      ? stay(state, "wrong", say("pick.wrong_place", { got: at.code, expected: wanted.code }))
      : go(opened(at, resolved.scan), say("count.opened", { code: at.code }));
  }
  const { bin } = state;
  if (at.id === bin.place) {
    return bin.lines === 0
      ? { state: { at: "empty", bin } }
      : stay({ at: "goods", bin, leaving: null }, "caution", say("count.say_done"));
  }
  if (state.at === "goods" && state.leaving === at.id && bin.lines > 0) {
    const step = finished(bin, false, world);
    return { ...step, state: opened(at, resolved.scan) };
  }
  return bin.lines === 0
    ? go(opened(at, resolved.scan), say("count.opened", { code: at.code }))
    : stay({ at: "goods", bin, leaving: at.id }, "caution", say("count.leave", { code: bin.code }));
}

const opened = (at: LocationRow, scan: Scan): State => ({
  at: "goods",
  leaving: null,
  bin: {
    place: at.id,
    code: at.code,
    scan,
    sheet: null,
    lines: 0,
    seen: [],
    tallies: [],
    last: null,
  },
});

function goods(bin: Bin, filling: Filling, world: World): Step<State> {
  const missing = gap(filling, world.get("item", filling.item), false);
  if (missing) {
    return go({ at: missing, bin, filling }, say(`receive.${missing}`));
  }
  if (filling.serial !== null && bin.seen.includes(filling.serial)) {
    return stay({ at: "goods", bin, leaving: null }, "caution", say("count.seen"));
  }
  return noted(bin, filling, filling.quantity, world);
}

/** What nobody knows lies there all the same: it is kept under its code, and the count goes on. */
function strange(
  state: Exclude<State, { at: "place" }>,
  resolved: Unknown,
  world: World,
): Step<State> {
  const { bin } = state;
  const doubt = bin.last?.unnamed === undefined ? undefined : bin.last.item;
  return twice(state, resolved, (state.at === "goods" ? state.doubt : undefined) ?? doubt, {
    doubting: (id) => ({ at: "goods", bin, leaving: null, doubt: id }),
    taken: (named) => {
      const filling = unnamed(named, resolved, world);
      const others = (bin.unnamed ?? []).filter((id) => id !== named.id);
      return goods({ ...bin, unnamed: [...others, named.id] }, filling, world);
    },
  });
}

/** The number on the pad is the whole number of these goods in this bin. */
function keyed(before: Bin, filling: Filling, value: number, world: World): Step<State> {
  if (filling.serial !== null) {
    return { state: { at: "goods", bin: before, leaving: null } };
  }
  const id = world.newId();
  const bin = onSheet(before, id, world);
  const change = corrected(tallyOf(bin, filling), value, (quantity) =>
    line(bin, bin.sheet, filling, quantity, id),
  );
  return {
    state: { at: "goods", bin: withTally(bin, filling, change.tally), leaving: null },
    record: change.record,
    feedback: {
      tone: "ok",
      words: say("count.noted", { quantity: value, item: fillingName(world, filling) }),
    },
  };
}

function supplied(state: State, answer: Resolved | string, world: World): Step<State> {
  if (state.at !== "lot" && state.at !== "serial" && state.at !== "expiry") {
    return { state };
  }
  const filling = supply(state.filling, state.at, answer, world);
  return filling ? goods(state.bin, filling, world) : unanswered(state, state.at, answer);
}

function pressed(state: State, action: string, world: World): Step<State> {
  if (state.at === "place") {
    return action === "back" ? { state: start() } : { state };
  }
  switch (action) {
    case "finish":
      return state.at === "goods" && state.bin.lines > 0
        ? finished(state.bin, false, world)
        : { state: { at: "empty", bin: state.bin } };
    case "empty":
      return state.at === "empty" ? finished(state.bin, true, world) : { state };
    case "back":
      return state.at === "goods" && state.bin.lines === 0
        ? { state: start() }
        : { state: { at: "goods", bin: state.bin, leaving: null } };
    default:
      return { state };
  }
}

/** A place that was asked for: it is opened by its scan like any other. */
function chosen(state: State, key: string, world: World): Step<State> {
  if (state.at === "goods" && key === BESIDE) {
    return besides(state.bin, world);
  }
  const offer = offersTo(world).find(({ task }) => task === key);
  return state.at === "place" && offer
    ? go({ at: "place", wanted: offer.place }, say("count.scan_wanted"))
    : { state };
}

/** Acknowledged as received, never as right or wrong. */
function finished(bin: Bin, empty: boolean, world: World): Step<State> {
  const id = world.newId();
  return {
    state: start(),
    record: [
      {
        id,
        kind: "counting.finish_bin",
        payload: {
          sheet: onSheet(bin, id, world).sheet,
          place: bin.place,
          empty,
          scans: [bin.scan, ...(bin.swept?.tally.unknown ?? [])],
        },
      },
    ],
    feedback: { tone: "ok", words: finishedWords(bin) },
  };
}

/** Without a word of right or wrong: only what somebody else still has to name. */
const finishedWords = ({ code, unnamed: ids }: Bin): Text =>
  ids && ids.length > 0
    ? say("map.count_unnamed", { code, count: ids.length })
    : say("count.finished", { code });

const expects = (state: State): ReadonlyArray<Resolved["type"]> =>
  state.at === "place" ? ["place"] : ["item", "lpn", "place"];

const expected = (state: State): Text =>
  state.at === "place" ? say("expect.place") : say("expect.goods");

const sweeps = (state: State): Sweeping =>
  state.at === "goods" || state.at === "empty" ? "batches" : "whole";

export const count: Flow<State> = {
  name: "count",
  shape: 1,
  stands: STANDS,
  start,
  next,
  expects,
  sweeps,
  resting: (state) => state.at === "place" || state.bin.lines === 0,
};
