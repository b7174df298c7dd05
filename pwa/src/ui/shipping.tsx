/** Ship, with its packing slip. */
import type { VNode } from "preact";
import type { World } from "../flows/flow.ts";
import { type State, shipping } from "../flows/ship/flow.ts";
import { view } from "../flows/ship/view.ts";
import { say } from "../words/text.ts";
import { Floor } from "./floor.tsx";
import { Slip } from "./slip.tsx";

function paper(state: State, world: World): VNode | null {
  const order = state.at === "order" ? undefined : world.get("order", state.order);
  return order ? <Slip order={order} world={world} /> : null;
}

export const Shipping = (): VNode => (
  <Floor title={say("door.ship")} flow={shipping} view={view} paper={paper} />
);
