/** Put away: scan the pallet or the goods, see the bin and why, scan the bin. */
import type { Resolved } from "../../domain/resolved.ts";
import type { LocationRow, PutawayPlanRow } from "../../domain/rows.ts";
import { say, type Text } from "../../words/text.ts";
import {
  type Action,
  type Flow,
  type Gesture,
  go,
  type Proposal,
  type Reply,
  refuse,
  type Step,
  stay,
  unreachable,
  type World,
} from "../flow.ts";
import { type Filling, fill, gap, supply, unanswered } from "../goods.ts";
import { apart } from "../held.ts";
import { heldIn, type Load, lift, plus, sameLoad, subject, withQuantity } from "../load.ts";
import { asOne } from "../sweep/swept.ts";
import { twice, type Unknown, unnamed } from "../unnamed.ts";
import { standing } from "./standing.ts";
import { STANDS, type State } from "./state.ts";
import { barred, judged, stored } from "./storing.ts";
import { swept } from "./sweep.ts";

const start = (): State => ({ at: "load", stored: 0 });

function next(state: State, gesture: Gesture, world: World): Step<State> {
  switch (gesture.type) {
    case "scanned":
      return scanned(state, gesture.resolved, world);
    case "keyed":
      return keyed(state, gesture.value);
    case "typed":
      return supplied(state, gesture.text, world);
    case "chosen":
      return { state };
    case "pressed":
      return pressed(state, gesture.action);
    case "answered":
      return answered(state, gesture.reply, world);
    case "swept":
      return state.at === "load"
        ? swept(state, gesture, world, (heard, load) => lifted(heard, load, world))
        : asOne(state, gesture, asked(state), expected(state), (only) =>
            scanned(state, only, world),
          );
    case "changed":
      return { state };
    default:
      return unreachable(gesture);
  }
}

const keyed = (state: State, quantity: number): Step<State> =>
  state.at === "bin"
    ? { state: { ...state, load: withQuantity(state.load, quantity), scanned: null } }
    : state.at === "source"
      ? { state: { ...state, load: withQuantity(state.load, quantity) } }
      : { state };

const pressed = (state: State, action: Action): Step<State> =>
  action === "back" ? { state: { at: "load", stored: state.stored } } : { state };

function scanned(state: State, resolved: Resolved, world: World): Step<State> {
  if (state.at === "lot" || state.at === "serial" || state.at === "expiry") {
    return supplied(state, resolved, world);
  }
  switch (resolved.type) {
    case "lpn":
      return lifted(
        state,
        { type: "unit", lpn: resolved.lpn, code: resolved.code, scans: [resolved.scan] },
        world,
      );
    case "item":
      return goods(state, fill(resolved), world);
    case "place":
      return place(state, resolved.place, resolved, world);
    case "unknown":
      return strange(state, resolved, world);
    default:
      return refuse(calm(state), resolved, wanted(state));
  }
}

/** Another scan in between: whoever scanned an unknown code once did not mean it. */
function calm(state: State): State {
  if (state.at !== "load") {
    return state;
  }
  const { doubt: _, ...rest } = state;
  return rest;
}

/** What nobody knows is put away all the same, under its code. */
function strange(state: State, resolved: Unknown, world: World): Step<State> {
  const { named } = resolved;
  if (state.at === "load") {
    return twice<State>(calm(state), resolved, state.doubt, {
      doubting: (doubt) => ({ ...state, doubt }),
      taken: (code) => goods(state, unnamed(code, resolved, world), world),
    });
  }
  const same =
    state.at === "bin" && state.load.type === "goods" && state.load.filling.item === named?.id;
  return same && named
    ? goods(state, unnamed(named, resolved, world), world)
    : refuse(state, resolved, wanted(state));
}

const wanted = (state: State): Text =>
  state.at === "bin" ? say("expect.bin") : say("expect.load");

function goods(state: State, filling: Filling, world: World): Step<State> {
  const missing = gap(filling, world.get("item", filling.item), false);
  if (missing) {
    return go({ at: missing, stored: state.stored, filling }, say(`receive.${missing}`));
  }
  if (state.at === "bin" && sameLoad(state.load, { type: "goods", filling })) {
    return oneMore(state, filling);
  }
  return lifted(state, { type: "goods", filling }, world);
}

/** Who scans piece by piece counts anew: what was received here is no longer the proposal. */
function oneMore(state: Extract<State, { at: "bin" }>, filling: Filling): Step<State> {
  const { load, scanned: before } = state;
  if (before === null) {
    return go({ ...state, load: plus(load, filling) }, say("putaway.one_more"));
  }
  const quantity = before + filling.quantity;
  return stay(
    { ...state, load: withQuantity(plus(load, filling), quantity), scanned: null },
    "caution",
    say("putaway.counting", { quantity }),
  );
}

function supplied(state: State, answer: Resolved | string, world: World): Step<State> {
  if (state.at !== "lot" && state.at !== "serial" && state.at !== "expiry") {
    return { state };
  }
  const filling = supply(state.filling, state.at, answer, world);
  return filling ? goods(state, filling, world) : unanswered(state, state.at, answer);
}

/** Of several open lines of the same goods, the one that is here already. */
const planOf = (load: Load, world: World): PutawayPlanRow | undefined =>
  world
    .all("putaway_plan")
    .toSorted((one, other) => Number(one.source === null) - Number(other.source === null))
    .find(
      (plan) =>
        !plan.done &&
        (load.type === "unit"
          ? plan.lpn === load.lpn
          : plan.lpn === null && plan.item === load.filling.item),
    );

/** Loose goods need a place they come from: the plan, or the only dock; a pallet brings its own. */
function sourceOf(load: Load, plan: PutawayPlanRow | undefined, world: World): string | null {
  const docks = world.all("location").filter((candidate) => candidate.kind === "dock");
  const only = load.type === "goods" && docks.length === 1 ? docks[0]?.id : undefined;
  return plan?.source ?? only ?? null;
}

function lifted(state: State, inHand: Load, world: World): Step<State> {
  const beside = state.at === "load" ? (state.strange ?? []) : [];
  const load: Load = beside.length > 0 ? { ...inHand, beside } : inHand;
  const plan = planOf(load, world);
  const source = sourceOf(load, plan, world);
  if (load.type === "goods" && source === null) {
    return go({ at: "source", stored: state.stored, load }, say("putaway.scan_source"));
  }
  return carrying(state.stored, load, source, world);
}

function carrying(stored: number, inHand: Load, source: string | null, world: World): Step<State> {
  const plan = planOf(inHand, world);
  const left =
    inHand.type === "goods" && !inHand.also && source !== null
      ? standing(inHand.filling, source, world)
      : null;
  const load = left === null ? inHand : withQuantity(inHand, left);
  const proposal = aside(load, world) ?? planned(plan);
  const state: State = {
    at: "bin",
    stored,
    load,
    source,
    proposal,
    task: plan?.id ?? null,
    scanned: left !== null && inHand.type === "goods" ? inHand.filling.quantity : null,
    doubt: null,
    checking: null,
  };
  const step = lift<State>(state, load, world);
  return proposal
    ? step
    : { ...step, ask: { ask: "propose", body: subject(load), about: keyOf(load) } };
}

const planned = (plan: PutawayPlanRow | undefined): Proposal | null =>
  plan && plan.place !== null
    ? {
        place: plan.place,
        reason: plan.reason ? { words: plan.reason.words } : null,
        alternates: plan.alternates,
      }
    : null;

/** Held goods go where they are kept apart, whatever was planned before. */
function aside(load: Load, world: World): Proposal | null {
  const place = heldIn(load, world) ? apart(world) : null;
  return place && { place: place.id, reason: null, alternates: [] };
}

const keyOf = (load: Load): string =>
  load.type === "unit" ? load.lpn : `${load.filling.item}/${load.filling.lot ?? ""}`;

function place(state: State, bin: LocationRow, resolved: Resolved, world: World): Step<State> {
  if (state.at === "source") {
    return bin.kind === "virtual"
      ? refuse(state, resolved, say("expect.source"))
      : carrying(state.stored, state.load, bin.id, world);
  }
  if (state.at !== "bin") {
    return refuse(state, resolved, say("expect.load"));
  }
  const stop = barred(bin);
  if (stop) {
    return stay({ ...state, doubt: null, checking: null }, "wrong", stop);
  }
  if (bin.id === state.proposal?.place || bin.id === state.doubt) {
    return stored(state, bin, resolved.scan, world);
  }
  // Asked anew at every scan: the answer to the first may have gone with a reload.
  const again = bin.id === state.checking?.place;
  return {
    state: {
      ...state,
      doubt: null,
      checking: { place: bin.id, scan: resolved.scan, again },
    },
    feedback: { tone: "step", words: say("putaway.checking", { code: bin.code }) },
    ask: { ask: "check", body: { ...subject(state.load), target: bin.id }, about: bin.id },
  };
}

function answered(state: State, reply: Reply, world: World): Step<State> {
  if (state.at !== "bin") {
    return { state };
  }
  if (reply.ask === "propose") {
    return reply.about === keyOf(state.load) && reply.proposal && !state.proposal
      ? go({ ...state, proposal: reply.proposal }, say("putaway.proposed"))
      : { state };
  }
  if (reply.ask !== "check" || reply.about !== state.checking?.place) {
    return { state };
  }
  return judged(state, state.checking, reply.verdict, world);
}

const expects = (state: State): ReadonlyArray<Resolved["type"]> =>
  state.at === "bin" ? ["place", "lpn", "item"] : ["lpn", "item", "place"];

/** A tag answers only what is asked: pallets and goods nearby do not change the load. */
const asked = (state: State): ReadonlyArray<Resolved["type"]> =>
  state.at === "bin" || state.at === "source" ? ["place"] : ["item"];

function expected(state: State): Text {
  switch (state.at) {
    case "bin":
      return say("expect.bin");
    case "source":
      return say("expect.source");
    default:
      return say("expect.goods");
  }
}

/** Nothing is recorded before the last scan, so that there is nothing to lose half-way. */
export const putaway: Flow<State> = {
  name: "putaway",
  shape: 1,
  stands: STANDS,
  start,
  next,
  expects,
  sweeps: () => "whole",
  resting: () => true,
};
