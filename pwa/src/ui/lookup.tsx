/** Look-up with the way on: what was scanned goes along to the flow that is opened. */
import type { VNode } from "preact";
import type { Resolved } from "../domain/resolved.ts";
import type { World } from "../flows/flow.ts";
import { lookup, type State } from "../flows/lookup/flow.ts";
import { view as seen } from "../flows/lookup/view.ts";
import type { Choice, View } from "../flows/view.ts";
import { say } from "../words/text.ts";
import { Floor } from "./floor.tsx";
import { FLOWS, type FlowName, open } from "./route.ts";
import { handOver } from "./scans.ts";

/** What can be done with it, offline too. */
function doors(what: Resolved): readonly FlowName[] {
  switch (what.type) {
    case "place":
      return ["count", "move"];
    case "item":
      return ["receive", "putaway", "move"];
    case "lpn":
      return ["putaway", "move", "receive"];
    case "order":
    case "tote":
      return ["ship"];
    case "po":
    case "asn":
      return ["receive"];
    default:
      return [];
  }
}

function view(state: State, world: World): View {
  const drawn = seen(state, world);
  if (state.at !== "found") {
    return drawn;
  }
  const choices = doors(state.what).map(
    (door): Choice => ({ key: door, text: say(`door.${door}`) }),
  );
  return { ...drawn, choices };
}

function onChoose(key: string, state: State): boolean {
  const door = FLOWS.find((flow) => flow === key);
  if (!door || state.at === "anything") {
    return false;
  }
  handOver(state.what.scan);
  open(door);
  return true;
}

export const Lookup = (): VNode => (
  <Floor title={say("door.lookup")} flow={lookup} view={view} onChoose={onChoose} />
);
