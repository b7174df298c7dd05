/** Move: goods or a pallet, from where, to where. */
import type { Scan } from "../../domain/operation.ts";
import type { Resolved } from "../../domain/resolved.ts";
import type { LocationRow, PutBackRow } from "../../domain/rows.ts";
import { say } from "../../words/text.ts";
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
import { type Filling, fill, type Gap, gap, supply, unanswered } from "../goods.ts";
import { carry, type Load, lift, loadName, plus, sameLoad, withQuantity } from "../load.ts";
import { twice, type Unknown, unnamed } from "../unnamed.ts";

/** A place that was scanned as the start of a move. */
export interface Origin {
  readonly place: string;
  readonly code: string;
  readonly scan: Scan;
}

export type State =
  /** `doubt`: an unknown code that was scanned once. */
  | { readonly at: "load"; readonly origin: Origin | null; readonly doubt?: string }
  | { readonly at: Gap; readonly origin: Origin | null; readonly filling: Filling }
  | { readonly at: "source"; readonly load: Load }
  | { readonly at: "target"; readonly load: Load; readonly origin: Origin | null };

const start = (): State => ({ at: "load", origin: null });

function next(state: State, gesture: Gesture, world: World): Step<State> {
  switch (gesture.type) {
    case "scanned":
      return scanned(state, gesture.resolved, world);
    case "keyed":
      return state.at === "source" || state.at === "target"
        ? { state: { ...state, load: withQuantity(state.load, gesture.value) } }
        : { state };
    case "typed":
      return supplied(state, gesture.text, world);
    case "pressed":
      return gesture.action === "back" ? { state: start() } : { state };
    case "chosen":
    case "answered":
    case "changed":
    case "swept":
      return { state };
    default:
      return unreachable(gesture);
  }
}

function scanned(state: State, resolved: Resolved, world: World): Step<State> {
  if (state.at === "lot" || state.at === "serial" || state.at === "expiry") {
    return supplied(state, resolved, world);
  }
  switch (resolved.type) {
    case "lpn":
      return lifted(
        originOf(state),
        { type: "unit", lpn: resolved.lpn, code: resolved.code, scans: [resolved.scan] },
        world,
      );
    case "tote":
      return tote(state, resolved, world);
    case "item":
      return takenOut(state, resolved, world) ?? goods(state, fill(resolved), world);
    case "place":
      return place(state, resolved.place, resolved, world);
    case "unknown":
      return strange(state, resolved, world);
    default:
      return refuse(
        state.at === "load" ? { at: "load", origin: state.origin } : state,
        resolved,
        expected(state),
      );
  }
}

/** What nobody knows is moved all the same, under its code; over a load in hand it is one more, or wrong. */
function strange(state: State, resolved: Unknown, world: World): Step<State> {
  const { named } = resolved;
  if (state.at === "target" || state.at === "source") {
    const same = state.load.type === "goods" && state.load.filling.item === named?.id;
    return same && named
      ? goods(state, unnamed(named, resolved, world), world)
      : refuse(state, resolved, expected(state));
  }
  const origin = originOf(state);
  return twice<State>(
    { at: "load", origin },
    resolved,
    state.at === "load" ? state.doubt : undefined,
    {
      doubting: (doubt) => ({ at: "load", origin, doubt }),
      taken: (code) => goods({ at: "load", origin }, unnamed(code, resolved, world), world),
    },
  );
}

const waitingIn = (lpn: string, world: World): PutBackRow | undefined =>
  world.all("put_back").find((row) => row.id === lpn);

/** A tote moves only when what is in it has to go back; with an order in it, it is shipped. */
function tote(
  state: State,
  resolved: Extract<Resolved, { type: "tote" }>,
  world: World,
): Step<State> {
  const { code, scan } = resolved;
  const row = world
    .all("put_back")
    .find((one) => one.id === world.derive(resolved.tote, one.order));
  if (!row?.lines.some((line) => line.quantity > 0)) {
    return refuse(state, resolved, expected(state));
  }
  const load: Load = { type: "unit", lpn: row.id, code, scans: [scan] };
  const words =
    row.whole === false ? say("move.take_out") : say("move.put_back", { number: row.number });
  return go({ at: "target", load, origin: null }, words);
}

/** Goods scanned over a tote come out of it: all of them, unless the pad says otherwise. */
function takenOut(
  state: State,
  resolved: Extract<Resolved, { type: "item" }>,
  world: World,
): Step<State> | null {
  if (state.at !== "target" || state.load.type !== "unit") {
    return null;
  }
  const { lpn, scans } = state.load;
  const filling = fill(resolved);
  const line = waitingIn(lpn, world)?.lines.find(
    (one) => one.item === filling.item && one.quantity > 0,
  );
  if (!line) {
    return null;
  }
  const lot = filling.lot ?? line.lot;
  const quantity = filling.serial === null ? line.quantity : 1;
  const whole = { ...filling, lot, quantity, scans: [...scans, ...filling.scans] };
  return lifted(null, { type: "goods", filling: whole, lpn }, world);
}

const originOf = (state: State): Origin | null => (state.at === "source" ? null : state.origin);

const expected = (state: State) =>
  state.at === "target" || state.at === "source" ? say("expect.place") : say("expect.load");

function goods(state: State, filling: Filling, world: World): Step<State> {
  const missing = gap(filling, world.get("item", filling.item), false);
  if (missing) {
    return go({ at: missing, origin: originOf(state), filling }, say(`receive.${missing}`));
  }
  if (
    (state.at === "target" || state.at === "source") &&
    sameLoad(state.load, { type: "goods", filling })
  ) {
    return go({ ...state, load: plus(state.load, filling) }, say("putaway.one_more"));
  }
  return lifted(originOf(state), { type: "goods", filling }, world);
}

/** Loose goods must say where they come from; a pallet or a tote is where it is. */
function lifted(origin: Origin | null, load: Load, world: World): Step<State> {
  const state: State =
    load.type === "goods" && origin === null && load.lpn === undefined
      ? { at: "source", load }
      : { at: "target", load, origin };
  return lift(state, load, world);
}

function supplied(state: State, answer: Resolved | string, world: World): Step<State> {
  if (state.at !== "lot" && state.at !== "serial" && state.at !== "expiry") {
    return { state };
  }
  const filling = supply(state.filling, state.at, answer, world);
  return filling
    ? goods({ at: "load", origin: state.origin }, filling, world)
    : unanswered(state, state.at, answer);
}

function place(state: State, at: LocationRow, resolved: Resolved, world: World): Step<State> {
  if (at.kind === "virtual") {
    return refuse(state, resolved, expected(state));
  }
  const here: Origin = { place: at.id, code: at.code, scan: resolved.scan };
  switch (state.at) {
    case "load":
    case "lot":
    case "serial":
    case "expiry":
      return go({ at: "load", origin: here }, say("move.from", { code: at.code }));
    case "source":
      return go(
        { at: "target", load: state.load, origin: here },
        say("move.from", { code: at.code }),
      );
    case "target":
      return put(state, at, here, world);
  }
}

function put(
  state: Extract<State, { at: "target" }>,
  at: LocationRow,
  here: Origin,
  world: World,
): Step<State> {
  if (at.id === state.origin?.place) {
    return stay(state, "wrong", say("move.same_place", { code: at.code }));
  }
  if (at.blocked) {
    return stay(state, "wrong", say("putaway.blocked", { code: at.code }));
  }
  if (state.load.type === "unit" && waitingIn(state.load.lpn, world)?.whole === false) {
    return stay(state, "wrong", say("move.take_out"));
  }
  const scans = state.origin ? [state.origin.scan, here.scan] : [here.scan];
  return {
    state: start(),
    record: [
      {
        kind: "moving.move",
        payload: carry(state.load, state.origin?.place ?? null, at, scans),
        task: asideFor(state.load, at, world),
      },
    ],
    feedback: {
      tone: "ok",
      words: say("putaway.stored", { load: loadName(state.load, world), code: at.code }),
    },
  };
}

const APART: readonly LocationRow["kind"][] = ["quarantine", "suspense"];

/** The work that is done by bringing these goods where nobody takes them from. */
const asideFor = (load: Load, at: LocationRow, world: World): string | null =>
  load.type === "goods" && APART.includes(at.kind)
    ? (world
        .all("follow_up")
        .find((row) => row.kind === "set_aside" && row.item === load.filling.item)?.task ?? null)
    : null;

const expects = (state: State): ReadonlyArray<Resolved["type"]> =>
  state.at === "target" ? ["place", "lpn", "item", "tote"] : ["lpn", "item", "place", "tote"];

const STANDS = {
  load: true,
  lot: true,
  serial: true,
  expiry: true,
  source: true,
  target: true,
} as const satisfies Record<State["at"], true>;

/** Nothing is recorded before the last scan, so that there is nothing to lose half-way. */
export const move: Flow<State> = {
  name: "move",
  shape: 1,
  stands: STANDS,
  start,
  next,
  expects,
  resting: () => true,
};
