/** What the loader sees: the order, its totes, and what is picked or short. */
import type { OrderRow, OrderTote } from "../../domain/rows.ts";
import { say, type Text } from "../../words/text.ts";
import type { World } from "../flow.ts";
import { itemName } from "../goods.ts";
import { type Group, unknownNote } from "../sweep/swept.ts";
import type { Button, SweepView, View } from "../view.ts";
import { checkOf, compared } from "./check.ts";
import { checkAt, missing, type State } from "./flow.ts";

const PRINT: Button = { action: "print", words: say("action.print"), icon: "print" };
const SHIP: Button = { action: "ship", words: say("action.ship"), icon: "ship" };

export function view(state: State, world: World): View {
  if (state.at === "order") {
    return {
      says: say("ship.scan_order"),
      icon: "tote",
      target: null,
      choices: world
        .all("order")
        .filter((order) => order.status !== "picking")
        .map((order) => ({ key: order.id, text: order.number, note: order.customer_name })),
    };
  }
  const order = world.get("order", state.order);
  if (!order) {
    return { says: say("ship.not_here"), icon: "alert", target: null, back: true };
  }
  return {
    says: instruction(state.at),
    icon: state.at === "doubt" ? "alert" : "place",
    target: state.at === "stage" ? order.number : stageCode(state.stage, world),
    goods: order.customer_name,
    facts: lines(order, world),
    ...sweepPart(state, order, world),
    progress: counted(order),
    ahead: say("ship.totes", { codes: order.totes.map((unit) => unit.code).join(" · ") || "–" }),
    primary: state.at === "stage" ? null : SHIP,
    actions: [PRINT],
    back: true,
  };
}

const stageCode = (stage: string, world: World): Text => world.get("location", stage)?.code ?? "?";

function instruction(at: "stage" | "ship" | "doubt"): Text {
  switch (at) {
    case "stage":
      return say("ship.scan_stage");
    case "ship":
      return say("ship.check");
    case "doubt":
      return say("ship.ship_anyway");
  }
}

/** Lines that are neither fully picked nor reported short come first. */
const lines = (order: OrderRow, world: World): Text[] =>
  order.lines
    .filter((line) => line.picked < line.ordered)
    .map((line) =>
      say(line.short > 0 ? "ship.line_short" : "ship.line_open", {
        picked: line.picked,
        ordered: line.ordered,
        item: itemName(world, line.item),
      }),
    );

const counted = (order: OrderRow): View["progress"] => {
  const ordered = order.lines.reduce((sum, line) => sum + line.ordered, 0);
  return ordered === 0 ? null : { at: ordered - missing(order), of: ordered };
};

/** What belongs in the tote; once it is looked into, what was found, and what is not on its list. */
function sweepPart(
  state: Exclude<State, { at: "order" }>,
  order: OrderRow,
  world: World,
): Pick<View, "sweep"> {
  const check = checkAt(state);
  const tote = order.totes.find((unit) => unit.lpn === state.tote);
  const heading = tote ? [say("ship.in_tote", { code: tote.code })] : [];
  if (!check) {
    return tote?.goods ? { sweep: { notes: heading, groups: belonging(order, tote, world) } } : {};
  }
  const { lines: read, over, foreign, unknown } = compared(check, order);
  const names = (some: readonly Group[]): string =>
    some.map(({ item, count }) => `${count} × ${itemName(world, item)}`).join(", ");
  return {
    sweep: {
      groups: read.map((line) => ({
        key: line.item,
        text: itemName(world, line.item),
        count: `${line.read} / ${line.picked}`,
      })),
      notes: [
        ...heading,
        ...(over.length > 0 ? [say("sweep.over_here", { names: names(over) })] : []),
        ...(foreign.length > 0 ? [say("sweep.foreign_here", { names: names(foreign) })] : []),
        ...unknownNote(unknown),
      ],
    },
  };
}

const belonging = (order: OrderRow, tote: OrderTote, world: World): SweepView["groups"] =>
  compared(checkOf(tote.lpn), order).lines.map(({ item, picked }) => ({
    key: item,
    text: itemName(world, item),
    count: `${picked}`,
  }));
