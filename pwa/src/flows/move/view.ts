/** What somebody sees who carries something from here to there. */
import { say } from "../../words/text.ts";
import type { World } from "../flow.ts";
import { facts, itemName, unitOf } from "../goods.ts";
import { loadName, loadView } from "../load.ts";
import type { View } from "../view.ts";
import type { State } from "./flow.ts";

export function view(state: State, world: World): View {
  switch (state.at) {
    case "load":
      return {
        says: say("move.scan_load"),
        icon: "move",
        target: state.origin?.code ?? null,
        back: state.origin !== null,
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
        ...loadView(state.load, world),
        says: say("move.scan_source"),
        icon: "place",
        target: loadName(state.load, world),
        goods: null,
        back: true,
      };
    case "target":
      return {
        ...loadView(state.load, world),
        says: say("move.scan_target"),
        icon: "place",
        target: loadName(state.load, world),
        goods: state.origin ? say("move.from", { code: state.origin.code }) : null,
        back: true,
      };
  }
}
