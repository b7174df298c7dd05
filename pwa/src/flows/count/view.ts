/** What the counter sees: the place, and only what the counter has said. */
import { say } from "../../words/text.ts";
import type { World } from "../flow.ts";
import { facts, itemName, packOf, unitOf } from "../goods.ts";
import type { View } from "../view.ts";
import { tallyOf } from "./flow.ts";
import type { Bin, State } from "./state.ts";

export function view(state: State, world: World): View {
  switch (state.at) {
    case "place":
      return { says: say("count.scan_place"), icon: "place", target: null };
    case "goods":
      return goodsView(state.bin, world);
    case "lot":
    case "serial":
    case "expiry":
      return {
        says: say(`receive.${state.at}`),
        icon: "keys",
        target: state.bin.code,
        goods: itemName(world, state.filling.item),
        pad: { enters: state.at },
        back: true,
      };
    case "empty":
      return {
        says: say("count.empty_ask"),
        icon: "empty",
        target: state.bin.code,
        primary: { action: "empty", words: say("action.bin_empty"), icon: "empty" },
        back: true,
      };
  }
}

function goodsView(bin: Bin, world: World): View {
  const { last } = bin;
  return {
    says: say("count.scan_goods"),
    icon: "box",
    target: bin.code,
    goods: last ? itemName(world, last.item) : null,
    facts: last ? facts(last) : [],
    quantity: last ? { value: tallyOf(bin, last).total, unit: unitOf(world, last.item) } : null,
    pad:
      last && last.serial === null
        ? { enters: "quantity", usual: Math.max(last.quantity, 100), pack: packOf(world, last) }
        : null,
    ahead: bin.lines > 0 ? say("count.lines", { count: bin.lines }) : null,
    primary: { action: "finish", words: say("action.nothing_else"), icon: "check" },
    back: bin.lines === 0,
  };
}
