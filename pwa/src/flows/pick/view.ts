/** What the picker sees: one stop, its number, and where the walk goes next. */
import type { PickLineRow } from "../../domain/rows.ts";
import { language, say, type Text } from "../../words/text.ts";
import type { World } from "../flow.ts";
import { itemName, unitOf } from "../goods.ts";
import { reasons } from "../reasons.ts";
import { strangeView } from "../sweep/swept.ts";
import type { Button, View } from "../view.ts";
import { carrierOf, isCluster, type State, stops, strangeAt, taskOf } from "./state.ts";
import { lotName } from "./take.ts";

const SHORT: Button = { action: "short", words: say("action.short"), icon: "down" };
const SKIP: Button = { action: "skip", words: say("action.skip"), icon: "skip" };
const EMPTY: Button = { action: "empty", words: say("action.empty"), icon: "empty" };
const GIVE_BACK: Button = { action: "give_back", words: say("action.give_back"), icon: "back" };

export function view(state: State, world: World): View {
  if (state.at === "work") {
    return workView(state);
  }
  const line = world.get("pick_line", state.stop.line);
  if (!line) {
    return { says: say("pick.taken_back"), icon: "alert", target: null };
  }
  const common = commonView(state, line, world);
  switch (state.at) {
    case "place":
      return { ...common, says: say("pick.scan_place"), icon: "place", target: line.source_code };
    case "goods":
      return {
        ...common,
        says: line.lpn === null ? say("pick.scan_goods") : say("pick.scan_unit"),
        icon: line.lpn === null ? "box" : "pallet",
        target: state.from.code,
        back: true,
      };
    case "lot":
      return {
        ...common,
        says: say("pick.scan_lot", { lot: lotName(line, state.from) }),
        icon: "keys",
        target: state.from.code,
        choices:
          line.lot_code !== null && state.from.lot === line.lot
            ? [{ key: line.lot_code, text: say("fact.lot", { lot: line.lot_code }) }]
            : [],
        back: true,
      };
    case "serial":
      return {
        ...common,
        says: say("receive.serial"),
        icon: "keys",
        target: state.from.code,
        pad: { enters: "serial" },
        back: true,
      };
    case "tote":
      return {
        ...common,
        says: say("pick.scan_tote"),
        icon: "tote",
        target: toteOf(state, line, world),
        back: true,
      };
    case "reason":
      return {
        says: say("pick.why_short"),
        icon: "down",
        target: null,
        choices: reasons("pick_short", world),
        back: true,
      };
  }
}

function workView(state: Extract<State, { at: "work" }>): View {
  const carriers = state.walk.carriers.map((carrier) => carrier.code);
  return {
    says: state.walk.asked === null ? say("pick.ready") : say("pick.waiting"),
    icon: state.walk.asked === null ? "pick" : "clock",
    target: null,
    quantity: { value: state.orders, unit: say(state.orders === 1 ? "unit.order" : "unit.orders") },
    pad: { enters: "quantity", usual: 6, pack: null },
    primary: { action: "work", words: say("action.work"), icon: "pick" },
    actions: state.walk.last ? [EMPTY] : [],
    facts: state.walk.last ? [say("pick.empty_ask", { code: state.walk.last.code })] : [],
    ahead: carriers.length > 0 ? say("pick.to_stage", { codes: carriers.join(" · ") }) : null,
  };
}

function commonView(
  state: Exclude<State, { at: "work" }>,
  line: PickLineRow,
  world: World,
): Omit<View, "says" | "icon" | "target"> {
  const rest = stops(state.walk, world);
  const place = "from" in state ? state.from?.place : undefined;
  const quantity = "quantity" in state ? state.quantity : state.stop.left;
  return {
    ...strangeView(strangeAt(state.walk, place)),
    goods: itemName(world, line.item),
    facts: [...describe(line, world), ...(state.at === "place" ? until(line, world) : [])],
    quantity: { value: quantity, unit: unitOf(world, line.item) },
    pad:
      state.at === "place" || isCounted(state)
        ? null
        : { enters: "quantity", usual: state.stop.left, pack: null },
    progress: { at: state.walk.done.length + 1, of: state.walk.done.length + rest.length },
    ahead: aheadOf(state, rest),
    actions: [SHORT, SKIP, ...(canEmpty(state) ? [EMPTY] : []), GIVE_BACK],
  };
}

/** Pieces in hand that each have a name are not corrected by a number. */
const isCounted = (state: Exclude<State, { at: "work" }>): boolean =>
  state.at === "tote" && (state.swept !== undefined || state.taken.serial !== null);

const canEmpty = (state: Exclude<State, { at: "work" }>): boolean =>
  state.walk.last !== null || state.at === "goods";

function describe(line: PickLineRow, world: World): Text[] {
  const order = taskOf(line, world)?.order_number;
  const known: Text[] = [];
  if (line.lot_code !== null) {
    known.push(say("fact.lot", { lot: line.lot_code }));
  }
  if (line.expiry !== null) {
    known.push(say("fact.expiry", { date: line.expiry }));
  }
  return order ? [...known, say("fact.order", { number: order })] : known;
}

/** Until when this walk is nobody else's; what is picked after that still counts. */
function until(line: PickLineRow, world: World): Text[] {
  const task = taskOf(line, world);
  const time = task && new Date(task.expires_at).toLocaleTimeString(language.value, HOURS);
  return time ? [say("pick.until", { time })] : [];
}

const HOURS = { hour: "2-digit", minute: "2-digit" } as const;

function aheadOf(state: Exclude<State, { at: "work" }>, rest: readonly PickLineRow[]): Text | null {
  const ahead = rest.find((line) => line.id !== state.stop.line);
  return ahead ? say("pick.next_stop", { code: ahead.source_code }) : say("pick.last");
}

/** In a cluster the tote is named; otherwise any free one will do. */
function toteOf(state: Extract<State, { at: "tote" }>, line: PickLineRow, world: World): Text {
  const carrier = carrierOf(state.walk, taskOf(line, world)?.order ?? "");
  return carrier && isCluster(state.walk, world) ? carrier.code : say("pick.any_tote");
}
