/** What the driver sees: the bin in large letters, and why there. */
import { say, type Text } from "../../words/text.ts";
import type { World } from "../flow.ts";
import { facts, itemName, unitOf } from "../goods.ts";
import { loadName, loadView } from "../load.ts";
import { strangeView } from "../sweep/swept.ts";
import type { View } from "../view.ts";
import type { State } from "./state.ts";

/** How much still stands on the docks, as far as this device knows. */
const waiting = (world: World): number =>
  world.all("putaway_plan").filter((plan) => !plan.done && plan.source !== null).length;

export function view(state: State, world: World): View {
  switch (state.at) {
    case "load":
      return {
        says: say("putaway.scan_load"),
        icon: "pallet",
        target: null,
        ...strangeView(state.strange ?? []),
        progress: progress(state.stored, world),
        ahead: waiting(world) > 0 ? say("putaway.waiting", { count: waiting(world) }) : null,
      };
    case "lot":
    case "serial":
    case "expiry":
      return {
        says: say(`receive.${state.at}`),
        icon: "keys",
        target: itemName(world, state.filling.item),
        facts: facts(state.filling),
        quantity: { value: state.filling.quantity, unit: unitOf(world, state.filling.item) },
        pad: { enters: state.at },
        back: true,
      };
    case "source":
      return {
        says: say("putaway.scan_source"),
        icon: "place",
        target: loadName(state.load, world),
        ...loadView(state.load, world),
        back: true,
      };
    case "bin":
      return binView(state, world);
  }
}

const progress = (stored: number, world: World): View["progress"] =>
  stored + waiting(world) === 0 ? null : { at: stored, of: stored + waiting(world) };

function binView(state: Extract<State, { at: "bin" }>, world: World): View {
  const code = (place: string | null): Text | null =>
    place === null ? null : (world.get("location", place)?.code ?? null);
  const target = code(state.doubt) ?? code(state.proposal?.place ?? null);
  const alternates = (state.proposal?.alternates ?? [])
    .map((place) => world.get("location", place)?.code)
    .filter((found) => found !== undefined);
  return {
    ...loadView(state.load, world),
    says: instruction(state),
    icon: "place",
    target: target ?? say("putaway.any_bin"),
    facts: [
      ...(state.scanned === null ? [] : [say("putaway.received_here")]),
      ...(state.proposal?.reason ? [state.proposal.reason] : []),
    ],
    ahead: alternates.length > 0 ? say("putaway.or", { codes: alternates.join(" · ") }) : null,
    progress: progress(state.stored, world),
    back: true,
  };
}

function instruction(state: Extract<State, { at: "bin" }>): Text {
  if (state.doubt !== null) {
    return say("putaway.again");
  }
  return state.proposal?.place ? say("putaway.scan_bin") : say("putaway.choose_bin");
}
