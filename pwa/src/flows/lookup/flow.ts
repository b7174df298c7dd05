/** Look up: scan anything, see what it is and what can be done with it. */
import type { Resolved } from "../../domain/resolved.ts";
import { say } from "../../words/text.ts";
import {
  type Action,
  type Flow,
  type Found,
  type Gesture,
  go,
  refuse,
  type Step,
  unreachable,
} from "../flow.ts";
import { asOne } from "../sweep/swept.ts";
import { type Finding, found, hasTag, looking } from "./find.ts";

export type State =
  | { readonly at: "anything" }
  | { readonly at: "found"; readonly what: Resolved; readonly found: Found | null }
  | Finding;

const start = (): State => ({ at: "anything" });

/** What the server can be asked the quantities of. */
export function identity(
  what: Resolved,
): { readonly kind: "place" | "item"; readonly id: string } | null {
  switch (what.type) {
    case "place":
      return { kind: "place", id: what.place.id };
    case "item":
      return { kind: "item", id: what.item.id };
    case "lpn":
    case "order":
    case "po":
    case "asn":
    case "details":
    case "tote":
    case "person":
    case "command":
    case "ambiguous":
    case "unknown":
      return null;
    default:
      return unreachable(what);
  }
}

function next(state: State, gesture: Gesture): Step<State> {
  switch (gesture.type) {
    case "scanned":
      return scanned(gesture.resolved, state);
    case "answered":
      return state.at === "found" &&
        gesture.reply.ask === "look_up" &&
        gesture.reply.about === identity(state.what)?.id
        ? { state: { ...state, found: gesture.reply.found } }
        : { state };
    case "pressed":
      return pressed(state, gesture.action);
    case "swept":
      return state.at === "find"
        ? found(state, gesture)
        : asOne(state, gesture, ["item", "lpn", "place"], say("expect.anything"), scanned);
    case "keyed":
    case "typed":
    case "chosen":
    case "changed":
      return { state };
    default:
      return unreachable(gesture);
  }
}

function pressed(state: State, action: Action): Step<State> {
  switch (action) {
    case "find":
      return state.at === "found" && hasTag(state.what)
        ? go(looking(state.what), say("sweep.find_hint"))
        : { state };
    case "back":
      return {
        state: state.at === "find" ? { at: "found", what: state.what, found: null } : start(),
      };
    default:
      return { state };
  }
}

function scanned(what: Resolved, state: State = start()): Step<State> {
  if (what.type === "unknown" || what.type === "command") {
    return refuse(state, what, say("expect.anything"));
  }
  const named = identity(what);
  const step = go<State>({ at: "found", what, found: null }, say(`kind.${what.type}`));
  return named ? { ...step, ask: { ask: "look_up", kind: named.kind, about: named.id } } : step;
}

const expects = (): ReadonlyArray<Resolved["type"]> => [];

const STANDS = { anything: true, found: true, find: true } as const satisfies Record<
  State["at"],
  true
>;

export const lookup: Flow<State> = {
  name: "lookup",
  shape: 1,
  stands: STANDS,
  start,
  next,
  expects,
  sweeps: (state) => (state.at === "find" ? "again" : "whole"),
  resting: () => true,
};
