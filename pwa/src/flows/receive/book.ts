/** From identified goods to the fact that they arrived. */
import type { AnyDraft, Condition, Goods, Scan, StockStatus } from "../../domain/operation.ts";
import type { AsnUnitRow, PoLineRow } from "../../domain/rows.ts";
import { say } from "../../words/text.ts";
import { type Feedback, go, type Step, stay, type World } from "../flow.ts";
import { type Filling, fillingName, gap, toGoods } from "../goods.ts";
import { added, corrected, NOTHING } from "../tally.ts";
import { type Last, open, type Session, type State, UNSWEPT_DOCK } from "./state.ts";

export const statusOf = (condition: Condition): StockStatus => {
  switch (condition) {
    case "good":
      return "available";
    case "damaged":
      return "damaged";
    case "wrong_item":
      return "quarantine";
  }
};

function asnLine(session: Session, filling: Filling, world: World): string | null {
  const lines = world
    .all("asn_line")
    .filter((line) => line.asn === session.asn && line.item === filling.item);
  return (lines.find((line) => line.lot === filling.lot) ?? lines[0])?.id ?? null;
}

export function draft(session: Session, last: Last, quantity: number, id: string, world: World) {
  const scans =
    last.unit && session.unit ? [...last.filling.scans, session.unit.scan] : last.filling.scans;
  return {
    id,
    kind: "receiving.receive_line",
    payload: {
      po_line: last.line,
      asn_line: asnLine(session, last.filling, world),
      goods: toGoods(
        { ...last.filling, quantity },
        { lpn: last.unit, status: statusOf(last.condition) },
      ),
      target: session.dock,
      condition: last.condition,
      reason: last.reason,
      photos: [],
      scans,
    },
  } as const satisfies AnyDraft;
}

/** The same goods again: same line, pallet and condition, so the total on the screen goes on. */
const continues = (last: Last | null, next: Last): last is Last =>
  last !== null &&
  last.line === next.line &&
  last.unit === next.unit &&
  last.condition === next.condition &&
  last.filling.item === next.filling.item &&
  last.filling.lot === next.filling.lot &&
  last.filling.serial === null;

/** Book goods on a line of the order, or say which part of their identity is still missing. */
export function book(
  session: Session,
  filling: Filling,
  line: PoLineRow | null,
  world: World,
): Step<State> {
  const missing = gap(filling, world.get("item", filling.item), true);
  if (missing) {
    const state: State = { at: missing, session, filling, line: line?.id ?? null };
    return go(state, say(`receive.${missing}`));
  }
  const id = world.newId();
  const fresh: Last = {
    filling,
    line: line?.id ?? null,
    unit: session.unit?.lpn ?? null,
    condition: session.condition,
    reason: session.reason,
    tally: NOTHING,
  };
  const before = continues(session.last, fresh) ? session.last.tally : NOTHING;
  const last: Last = { ...fresh, tally: added(before, id, filling.quantity) };
  return {
    state: {
      at: "goods",
      session: { ...known(session, filling), doubt: null, condition: "good", reason: null, last },
    },
    record: [draft(session, last, filling.quantity, id, world)],
    feedback: booked(last, line, filling.quantity, world),
  };
}

/** A piece that was scanned by its label is not booked again by its tag. */
function known(session: Session, { serial }: Filling): Session {
  const swept = session.swept ?? UNSWEPT_DOCK;
  return serial === null
    ? session
    : { ...session, swept: { ...swept, seen: [...swept.seen, serial] } };
}

function booked(last: Last, line: PoLineRow | null, quantity: number, world: World): Feedback {
  const item = fillingName(world, last.filling);
  const left = line ? open(line) : null;
  if (last.condition === "good" && left !== null && quantity > left) {
    return { tone: "caution", words: say("receive.over", { over: quantity - left, item }) };
  }
  return { tone: "ok", words: say("receive.booked", { quantity: last.tally.total, item }) };
}

/** The number on the pad is what arrived of the line in hand. */
export function correct(session: Session, last: Last, value: number, world: World): Step<State> {
  const change = corrected(last.tally, value, (quantity) =>
    draft(session, last, quantity, world.newId(), world),
  );
  const tallied = value === 0 ? null : { ...last, tally: change.tally };
  return {
    state: { at: "goods", session: { ...session, last: tallied } },
    record: change.record,
    feedback: {
      tone: "ok",
      words: say("receive.booked", { quantity: value, item: fillingName(world, last.filling) }),
    },
  };
}

/** A whole announced pallet in one scan, with the contents its supplier announced. */
export function bookUnit(session: Session, unit: AsnUnitRow, scan: Scan): Step<State> {
  const state: State = {
    at: "goods",
    session: { ...session, asn: unit.asn, unit: null, condition: "good", reason: null, last: null },
  };
  if (unit.received) {
    return stay(
      { at: "goods", session },
      "caution",
      say("receive.unit_again", { code: ending(unit.code) }),
    );
  }
  return {
    state,
    record: [unitDraft(session, unit, scan)],
    feedback: { tone: "ok", words: say("receive.unit", { code: ending(unit.code) }) },
  };
}

export function unitDraft(session: Session, unit: AsnUnitRow, scan: Scan) {
  const status = statusOf(session.condition);
  return {
    kind: "receiving.receive_unit",
    payload: {
      asn: unit.asn,
      lpn: unit.id,
      contents: unit.contents.map((goods): Goods => ({ ...goods, lpn: unit.id, status })),
      target: session.dock,
      condition: session.condition,
      reason: session.reason,
      photos: [],
      scans: [scan],
    },
  } as const satisfies AnyDraft;
}

/** The last digits are what people read on a pallet label. */
export const ending = (code: string): string => (code.length > 8 ? `…${code.slice(-6)}` : code);
