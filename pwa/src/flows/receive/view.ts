/** What the receiver sees. A blind order shows no expected number. */
import type { PoLineRow } from "../../domain/rows.ts";
import { say, type Text } from "../../words/text.ts";
import type { World } from "../flow.ts";
import { facts, fillingName, type Gap, itemName, measure, packOf, unitOf } from "../goods.ts";
import { reasons } from "../reasons.ts";
import type { Button, Choice, View } from "../view.ts";
import { ending } from "./book.ts";
import { linesOf, open, type Session, type State, shortable } from "./state.ts";
import { sweepPart } from "./swept-view.ts";

const dockOf = (session: Session, world: World): string =>
  world.get("location", session.dock)?.code ?? "?";

function document(session: Session, world: World): Text {
  if (session.po !== null) {
    return world.get("po", session.po)?.number ?? dockOf(session, world);
  }
  return session.asn === null
    ? dockOf(session, world)
    : (world.get("asn", session.asn)?.number ?? dockOf(session, world));
}

/** Lines with nothing left to come; null where nobody may know. */
function progress(session: Session, world: World): View["progress"] {
  const lines = session.po === null ? [] : linesOf(session.po, world);
  if (lines.length === 0 || lines.some((line) => line.ordered === null)) {
    return null;
  }
  const done = lines.filter((line) => line.closed || open(line) === 0).length;
  return { at: done, of: lines.length };
}

const lineChoice = (line: PoLineRow, world: World): Choice => {
  const po = world.get("po", line.po);
  const left = open(line);
  const supplier = po ? (world.get("supplier", po.supplier)?.name ?? "") : "";
  return {
    key: line.id,
    text: po?.number ?? "?",
    note: left === null ? supplier : say("receive.left_of", { left, supplier }),
  };
};

const DAMAGED: Button = { action: "damaged", words: say("action.damaged"), icon: "alert" };
const WRONG: Button = { action: "wrong_item", words: say("action.wrong_item"), icon: "wrong" };
const SHORT: Button = { action: "short", words: say("action.short"), icon: "down" };
const CLOSE: Button = { action: "close_unit", words: say("action.close_unit"), icon: "pallet" };
const FINISH: Button = { action: "finish", words: say("action.finish"), icon: "check" };

const LABEL: Button = { action: "label", words: say("action.label"), icon: "print" };
const NEW_UNIT: Button = { action: "new_unit", words: say("action.new_unit"), icon: "pallet" };

/** What is wanted most often comes first: only three fit beside each other. */
function actions(session: Session, world: World): readonly Button[] {
  const canShort = session.po !== null && shortable(session.po, world).length > 0;
  const short = canShort ? [SHORT] : [];
  const unit = session.unit ? CLOSE : NEW_UNIT;
  return session.last || session.unit
    ? [LABEL, DAMAGED, ...short, unit, WRONG]
    : [DAMAGED, WRONG, ...short, unit];
}

function goodsView(session: Session, world: World): View {
  const { last } = session;
  const busy = session.po !== null || session.asn !== null || session.unit !== null;
  return {
    says: instruction(session, busy),
    icon: session.unit ? "pallet" : "box",
    target: session.unit ? ending(session.unit.code) : document(session, world),
    goods: last ? fillingName(world, last.filling) : null,
    facts: last ? facts(last.filling) : [],
    quantity: last ? { value: last.tally.total, unit: measure(last.filling, world) } : null,
    pad:
      last && last.filling.serial === null
        ? { enters: "quantity", usual: usual(session, world), pack: packOf(world, last.filling) }
        : null,
    progress: progress(session, world),
    ...sweepPart(session, world),
    ahead: busy ? say("receive.dock_now", { code: dockOf(session, world) }) : null,
    primary: busy ? FINISH : null,
    actions: actions(session, world),
  };
}

function instruction(session: Session, busy: boolean): Text {
  if (session.condition !== "good") {
    return say(`receive.${session.condition}`);
  }
  return busy ? say("receive.scan_goods") : say("receive.scan_any");
}

/** What a usual number would be: far above it the pad asks once. */
function usual(session: Session, world: World): number {
  const line = session.last?.line ? world.get("po_line", session.last.line) : undefined;
  return Math.max(line?.ordered ?? 0, session.last?.filling.quantity ?? 1);
}

export function view(state: State, world: World): View {
  switch (state.at) {
    case "dock":
      return { says: say("receive.scan_dock"), icon: "dock", target: null };
    case "goods":
      return goodsView(state.session, world);
    case "line":
      return {
        says: say("receive.which_order"),
        icon: "list",
        target: itemName(world, state.filling.item),
        choices: state.lines
          .map((id) => world.get("po_line", id))
          .filter((line) => line !== undefined)
          .map((line) => lineChoice(line, world)),
        back: true,
      };
    case "stranger":
      return {
        says: say("receive.stranger_ask"),
        icon: "alert",
        target: itemName(world, state.filling.item),
        facts: facts(state.filling),
        primary: WRONG,
        back: true,
      };
    case "lot":
    case "serial":
    case "expiry":
      return gapView(state, world);
    case "reason":
      return {
        says: say("receive.why"),
        icon: "alert",
        target: null,
        choices: reasons(state.condition, world),
        back: true,
      };
    case "short":
      return shortView(state.session, world);
    case "short_reason":
      return {
        says: say("receive.short_reason"),
        icon: "down",
        ...shortOf(state.line, world),
        choices: reasons("receipt_short", world),
        back: true,
      };
  }
}

function gapView(state: Extract<State, { at: Gap }>, world: World): View {
  const { item, quantity } = state.filling;
  return {
    says: say(`receive.${state.at}`),
    icon: "keys",
    target: itemName(world, item),
    facts: facts(state.filling),
    quantity: { value: quantity, unit: unitOf(world, item) },
    choices: state.at === "lot" ? announcedLots(state.session, item, world) : [],
    pad: { enters: state.at },
    back: true,
  };
}

/** Which goods are short, and by how many. */
function shortOf(id: string, world: World): Pick<View, "target" | "goods" | "facts"> {
  const line = world.get("po_line", id);
  return line
    ? {
        target: null,
        goods: itemName(world, line.item),
        facts: [say("receive.missing", { missing: open(line) ?? 0 })],
      }
    : { target: null };
}

const shortView = (session: Session, world: World): View => ({
  says: say("receive.which_short"),
  icon: "down",
  target: null,
  choices: shortable(session.po ?? "", world).map((line) => ({
    key: line.id,
    text: itemName(world, line.item),
    note: say("receive.missing", { missing: open(line) ?? 0 }),
  })),
  back: true,
});

/** Lots the supplier announced for this item, one tap each. */
const announcedLots = (session: Session, item: string, world: World): Choice[] =>
  world
    .all("asn_line")
    .filter((line) => line.asn === session.asn && line.item === item)
    .flatMap((line) =>
      line.lot_code === null ? [] : [{ key: line.lot_code, text: line.lot_code }],
    );
