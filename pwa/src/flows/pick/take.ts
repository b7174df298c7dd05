/** From the right goods in hand to the fact that they are in the tote. */
import type { Resolved, ResolvedItem } from "../../domain/resolved.ts";
import type { ItemRow, PickLineRow } from "../../domain/rows.ts";
import { say } from "../../words/text.ts";
import { go, refuse, type Step, stay, type World } from "../flow.ts";
import { type Filling, fill, itemName, supply, toGoods, unanswered } from "../goods.ts";
import { heldWords, holdOn } from "../held.ts";
import {
  type Carrier,
  carrierOf,
  type From,
  type Handful,
  isCluster,
  onward,
  type State,
  type Stop,
  stops,
  strangeAt,
  taskOf,
  told,
  type Walk,
} from "./state.ts";

export interface Taking {
  readonly walk: Walk;
  readonly stop: Stop;
  readonly from: From;
  readonly quantity: number;
  readonly swept?: Handful;
  readonly held?: string;
}

type Goods = Extract<State, { at: "goods" | "lot" }>;

/** The goods a stop names, as if every part of them had been scanned. */
const named = (line: PickLineRow, from: From): Filling => ({
  item: line.item,
  packaging: null,
  quantity: 1,
  lot: from.lot,
  lotCode: from.lot === line.lot ? line.lot_code : null,
  expiry: from.lot === line.lot ? line.expiry : null,
  serial: null,
  scans: [],
});

/** One scan says that the right goods are in hand; anything else is stopped here. */
export function goodsScanned(
  state: Goods,
  line: PickLineRow,
  resolved: Resolved,
  world: World,
): Step<State> {
  if (line.lpn !== null) {
    return resolved.type === "lpn" && resolved.lpn === line.lpn
      ? inHand(state, line, { ...named(line, state.from), scans: [resolved.scan] }, world)
      : stay(state, "wrong", say("pick.wrong_unit"));
  }
  if (resolved.type === "item") {
    return itemScanned(state, line, resolved, world);
  }
  const lot = resolved.type === "details" ? resolved.lotCode : null;
  const spoken = resolved.type === "unknown" ? resolved.code : lot;
  if (spoken !== null && world.derive(line.item, spoken) === state.from.lot) {
    const before = state.at === "lot" ? state.taken : named(line, state.from);
    const taken = { ...before, lot: state.from.lot, lotCode: spoken };
    return inHand(state, line, { ...taken, scans: [...before.scans, resolved.scan] }, world);
  }
  return lot === null
    ? refuse(state, resolved, itemName(world, line.item))
    : stay(state, "wrong", say("pick.wrong_lot", { lot: lotName(line, state.from) }));
}

function itemScanned(
  state: Goods,
  line: PickLineRow,
  scanned: ResolvedItem,
  world: World,
): Step<State> {
  const taken = fill(scanned);
  if (taken.item !== line.item) {
    return stay(
      state,
      "wrong",
      say("pick.wrong_item", { got: scanned.item.name, expected: itemName(world, line.item) }),
    );
  }
  if (taken.lot !== null && state.from.lot !== null && taken.lot !== state.from.lot) {
    return stay(state, "wrong", say("pick.wrong_lot", { lot: lotName(line, state.from) }));
  }
  if (scanned.item.tracking === "serial" && taken.serial === null) {
    return go({ ...state, at: "serial", taken }, say("receive.serial"));
  }
  if (lotMissing(scanned.item, taken)) {
    return go(asking(state, taken), say("pick.scan_lot", { lot: lotName(line, state.from) }));
  }
  return inHand(state, line, taken, world);
}

/** The serial number of the piece in hand, from its label or the pad. */
export function serialSupplied(
  state: Extract<State, { at: "serial" }>,
  line: PickLineRow,
  answer: Resolved | string,
  world: World,
): Step<State> {
  const taken = supply(state.taken, "serial", answer, world);
  return taken ? inHand(state, line, taken, world) : unanswered(state, "serial", answer);
}

const lotMissing = (item: ItemRow, taken: Filling): boolean =>
  item.tracking === "lot" && taken.lot === null;

const asking = (state: Goods, taken: Filling): State => ({ ...state, at: "lot", taken });

export const lotName = (line: PickLineRow, from: From): string =>
  from.lot === line.lot ? (line.lot_code ?? "?") : "?";

/** Goods are right: into the tote, which is scanned once an order, or at every line of a cluster. */
export function inHand(
  state: Taking,
  line: PickLineRow,
  taken: Filling,
  world: World,
): Step<State> {
  const { walk, stop, from } = state;
  const { swept } = state;
  const hold = holdAmong([taken, ...(swept?.more ?? [])], line, from, world);
  if (hold && state.held !== hold.id) {
    const again: State = { at: "goods", walk, stop, from, quantity: stop.left, held: hold.id };
    return stay(again, "wrong", heldWords(hold, world));
  }
  const quantity = taken.serial === null || swept ? state.quantity : 1;
  const handful = swept ? { swept } : {};
  const carrier = carrierOf(walk, taskOf(line, world)?.order ?? "");
  if (!carrier || isCluster(walk, world)) {
    return go(
      { at: "tote", walk, stop, from, quantity, taken, ...handful },
      carrier ? say("pick.into", { code: carrier.code }) : say("pick.scan_tote"),
    );
  }
  return intoTote({ walk, stop, from, quantity, ...handful }, line, taken, carrier, world);
}

const holdAmong = (parts: readonly Filling[], line: PickLineRow, from: From, world: World) =>
  parts
    .map(({ lot, serial }) => holdOn(world, { lot: lot ?? from.lot, lpn: line.lpn, serial }))
    .find((hold) => hold !== undefined);

/** So many pieces in totes are remembered. */
const REMEMBERED = 2_000;

/** In the totes now: what a sled hears of them is not on the shelf. */
function inTotes(walk: Walk, taken: Filling, swept: Handful | undefined): readonly string[] {
  const more = swept?.tags ?? (taken.serial === null ? [] : [taken.serial]);
  return [...(walk.taken ?? []), ...more].slice(-REMEMBERED);
}

/** Each serial is a pick of its own; goods without serials are one. */
function parts(taken: Filling, quantity: number, swept: Handful | undefined): Filling[] {
  const more = swept?.more ?? [];
  const rest = more.reduce((sum, one) => sum + one.quantity, 0);
  return [{ ...taken, quantity: quantity - rest }, ...more];
}

export function intoTote(
  { walk, stop, from, quantity, swept }: Taking,
  line: PickLineRow,
  taken: Filling,
  carrier: Carrier,
  world: World,
): Step<State> {
  const left = stop.left - quantity;
  const strange = strangeAt(walk, from.place);
  const after: Walk = {
    ...told(walk),
    last: { place: from.place, code: from.code, scan: from.scan },
    done: left > 0 ? walk.done : [...walk.done, line.id],
    skipped: walk.skipped.filter((id) => id !== line.id),
    taken: inTotes(walk, taken, swept),
  };
  const onTheWay: State =
    left > 0
      ? { at: "goods", walk: after, stop: { line: line.id, left }, from, quantity: left }
      : onward(after, from, world);
  return {
    state: onTheWay,
    record: parts(taken, quantity, swept).map((part, at) => ({
      kind: "picking.pick",
      payload: {
        order_line: line.order_line,
        goods: toGoods(part, { lpn: line.lpn, status: "available" }),
        source: from.place,
        tote: world.derive(carrier.tote, carrier.order),
        scans: [from.scan, ...part.scans, carrier.scan, ...(at === 0 ? strange : [])],
      },
      task: line.task,
      lease: taskOf(line, world)?.lease ?? null,
    })),
    feedback: {
      tone: "ok",
      words: say("pick.picked", { quantity, item: itemName(world, line.item) }),
    },
  };
}

/** A tote holds one order: the one it was taken for. */
export function toteScanned(
  state: Exclude<State, { at: "work" | "reason" | "serial" }>,
  line: PickLineRow,
  tote: { readonly tote: string; readonly code: string; readonly scan: Carrier["scan"] },
  world: World,
): Step<State> {
  const order = taskOf(line, world)?.order ?? "";
  const known = carrierOf(state.walk, order);
  const taken = holderOf(state.walk, tote.tote, order, world);
  if (taken !== null) {
    return stay(state, "wrong", say("pick.tote_taken", { order: taken }));
  }
  if (state.at === "tote" && known && known.tote !== tote.tote && isCluster(state.walk, world)) {
    return stay(state, "wrong", say("pick.wrong_tote", { code: known.code }));
  }
  const carrier: Carrier = { order, tote: tote.tote, code: tote.code, scan: tote.scan };
  const walk: Walk = {
    ...state.walk,
    carriers: [...state.walk.carriers.filter((one) => one.order !== order), carrier],
  };
  return state.at === "tote"
    ? intoTote({ ...state, walk }, line, state.taken, carrier, world)
    : go({ ...state, walk }, say("pick.into", { code: tote.code }));
}

/** The number of the other order that already sits in a tote, or null. */
function holderOf(walk: Walk, tote: string, order: string, world: World): string | null {
  const here = walk.carriers.find((carrier) => carrier.tote === tote && carrier.order !== order);
  if (here) {
    const task = world.all("pick_task").find((candidate) => candidate.order === here.order);
    if (task && stops(walk, world).some((line) => line.task === task.id)) {
      return task.order_number;
    }
  }
  const used = world
    .all("order")
    .find(
      (other) =>
        other.id !== order && other.totes.some((unit) => unit.lpn === world.derive(tote, other.id)),
    );
  return used?.number ?? null;
}
