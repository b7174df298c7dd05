/** What one own operation changes on the rows, until the server has shown it; pure but for the overlay it draws on. */
import type { Envelope } from "../domain/envelope.ts";
import { aliasId, toteId, toteInUse } from "../domain/ids.ts";
import type {
  Carry,
  FinishBin,
  Goods,
  Kind,
  MapBarcode,
  Payloads,
  Pick,
  PickShort,
  ReceiptShort,
  ReceiveLine,
  ReceiveUnit,
  ReturnWork,
  Scan,
  Ship,
} from "../domain/operation.ts";
import type {
  OrderLineRow,
  OrderRow,
  OrderTote,
  PickLineRow,
  PutawayPlanRow,
  ToteGoods,
} from "../domain/rows.ts";
import type { Overlay } from "./overlay.ts";

/** 1: it was done. −1: it was done and shown by the server, but a void that is still pending says otherwise. */
export type Sign = 1 | -1;

type Effects = { [K in Kind]: (rows: Overlay, gesture: Payloads[K], sign: Sign) => void };

const nothing = (): void => undefined;

/** Voids are not drawn: what they name is left out, or drawn with −1. */
const EFFECTS: Effects = {
  "receiving.receive_line": received,
  "receiving.receive_unit": unitReceived,
  "receiving.report_short": receiptShort,
  "putaway.put_away": (rows, gesture, sign) => carried(rows, gesture, sign, true),
  "moving.move": (rows, gesture, sign) => carried(rows, gesture, sign, false),
  "picking.pick": picked,
  "picking.report_short": pickShort,
  "picking.return_work": returned,
  "picking.take_work": nothing,
  "shipping.ship": shipped,
  "counting.count_line": nothing,
  "counting.finish_bin": counted,
  "operations.void": nothing,
  "identification.map_barcode": mapped,
};

/** Draws the operation on the rows. */
export function draw(rows: Overlay, envelope: Envelope, sign: Sign): void {
  const effect = EFFECTS[envelope.kind] as
    | ((rows: Overlay, gesture: unknown, sign: Sign) => void)
    | undefined;
  // A kind of a later version of this app, read after a downgrade, changes nothing here.
  effect?.(rows, envelope.payload, sign);
}

/** Works at once on this handheld, also before the server has heard of it. */
function mapped(rows: Overlay, gesture: MapBarcode, sign: Sign): void {
  const site = rows.all("site")[0]?.id;
  if (!site || sign < 0) return;
  const { code, target_kind, target, packaging } = gesture;
  const id = aliasId(site, code);
  // What the house has said stays: the server will refuse to be told otherwise.
  if (!rows.get("alias", id)) rows.put("alias", { id, code, target_kind, target, packaging });
}

function shipped(rows: Overlay, { order }: Ship, sign: Sign): void {
  if (sign > 0) rows.hide("order", order);
  else rows.restore("order", order);
}

function received(rows: Overlay, gesture: ReceiveLine, sign: Sign): void {
  const { goods, target } = gesture;
  const ordered = gesture.po_line && rows.get("po_line", gesture.po_line);
  if (ordered && ordered.received !== null) {
    rows.put("po_line", { ...ordered, received: ordered.received + sign * goods.quantity });
  }
  const announced = gesture.asn_line && rows.get("asn_line", gesture.asn_line);
  if (announced) {
    rows.put("asn_line", { ...announced, received: announced.received + sign * goods.quantity });
  }
  const plan = goods.lpn ? planOf(rows, goods.lpn) : looseAt(rows, goods, sign > 0 ? null : target);
  if (plan) rows.put("putaway_plan", { ...plan, source: sign > 0 ? target : null });
}

function unitReceived(rows: Overlay, gesture: ReceiveUnit, sign: Sign): void {
  const unit = rows.get("asn_unit", gesture.lpn);
  if (unit) rows.put("asn_unit", { ...unit, received: sign > 0 });
  const plan = planOf(rows, gesture.lpn);
  if (plan) rows.put("putaway_plan", { ...plan, source: sign > 0 ? gesture.target : null });
}

function receiptShort(rows: Overlay, gesture: ReceiptShort, sign: Sign): void {
  const ordered = gesture.po_line && rows.get("po_line", gesture.po_line);
  if (ordered) rows.put("po_line", { ...ordered, closed: sign > 0 });
  const announced = gesture.asn_line && rows.get("asn_line", gesture.asn_line);
  if (announced) {
    const quantity = Math.max(0, announced.quantity - sign * gesture.missing);
    rows.put("asn_line", { ...announced, quantity });
  }
}

function carried(rows: Overlay, gesture: Carry, sign: Sign, away: boolean): void {
  const from = sign > 0 ? gesture.source : away ? gesture.source : gesture.target;
  const plan = gesture.lpn
    ? planOf(rows, gesture.lpn)
    : gesture.goods && looseAt(rows, gesture.goods, from, away && sign < 0);
  if (plan) rows.put("putaway_plan", carriedPlan(plan, gesture, sign, away));
  if (gesture.lpn) staged(rows, gesture.lpn, gesture.target, sign);
  putBack(rows, gesture, sign);
}

const SHELVES: ReadonlySet<string> = new Set(["bin", "pick_face", "reserve"]);

/** Goods taken out of the tote of a cancelled order, or the whole tote on a shelf, are back. */
function putBack(rows: Overlay, { goods, lpn, target }: Carry, sign: Sign): void {
  if (lpn && SHELVES.has(rows.get("location", target)?.kind ?? "")) {
    if (sign > 0) rows.hide("put_back", lpn);
    else rows.restore("put_back", lpn);
  }
  const row = goods?.lpn ? rows.get("put_back", goods.lpn) : undefined;
  if (!(goods && row)) return;
  const lines = row.lines.map((line) =>
    line.item === goods.item && line.lot === goods.lot
      ? { ...line, quantity: Math.max(0, line.quantity - sign * goods.quantity) }
      : line,
  );
  rows.put("put_back", { ...row, lines });
}

/** Put away: the plan is done. Only moved: the plan stays, from where it stands now. */
function carriedPlan(
  plan: PutawayPlanRow,
  gesture: Carry,
  sign: Sign,
  away: boolean,
): PutawayPlanRow {
  if (away) return { ...plan, done: sign > 0 };
  return { ...plan, source: sign > 0 ? gesture.target : (gesture.source ?? plan.source) };
}

const planOf = (rows: Overlay, lpn: string): PutawayPlanRow | undefined =>
  rows.all("putaway_plan").find((plan) => plan.lpn === lpn);

/** The plan of loose goods: by item and where they stand; it is not known which of two equal ones is meant. */
function looseAt(
  rows: Overlay,
  goods: Goods,
  source: string | null,
  done = false,
): PutawayPlanRow | undefined {
  return rows
    .all("putaway_plan")
    .find(
      (plan) =>
        plan.lpn === null &&
        plan.item === goods.item &&
        plan.source === source &&
        plan.done === done,
    );
}

function staged(rows: Overlay, lpn: string, target: string, sign: Sign): void {
  const order = rows.all("order").find((one) => one.totes.some((tote) => tote.lpn === lpn));
  if (!order || rows.get("location", target)?.kind !== "stage") return;
  rows.put("order", { ...order, status: sign > 0 ? "staged" : "picked" });
}

function picked(rows: Overlay, gesture: Pick, sign: Sign): void {
  const { goods, order_line: line } = gesture;
  const wanted = (stop: PickLineRow): boolean =>
    stop.source === gesture.source && (goods.lot === null || stop.lot === goods.lot);
  reduce(rows, line, wanted, sign * goods.quantity);
  const order = orderOf(rows, line);
  if (!order) return;
  const lines = order.lines.map((one) =>
    one.id === line ? { ...one, picked: one.picked + sign * goods.quantity } : one,
  );
  const known = sign > 0 ? withTote(rows, order, gesture) : order.totes;
  const totes = known.map((one) => (one.lpn === gesture.tote ? filled(one, goods, sign) : one));
  rows.put("order", { ...order, lines, totes, status: statusOf(order, lines) });
}

function pickShort(rows: Overlay, gesture: PickShort, sign: Sign): void {
  const line = gesture.order_line;
  reduce(rows, line, (stop) => stop.source === gesture.source, sign * gesture.missing);
  const order = orderOf(rows, line);
  if (!order) return;
  const lines = order.lines.map((one) =>
    one.id === line ? { ...one, short: one.short + sign * gesture.missing } : one,
  );
  rows.put("order", { ...order, lines, status: statusOf(order, lines) });
}

function statusOf(order: OrderRow, lines: readonly OrderLineRow[]): OrderRow["status"] {
  if (order.status === "staged") return "staged";
  return lines.every((one) => one.picked + one.short >= one.ordered) ? "picked" : "picking";
}

const orderOf = (rows: Overlay, line: string): OrderRow | undefined =>
  rows.all("order").find((order) => order.lines.some((one) => one.id === line));

/** Takes from the stop that was meant first, then from the line's other stops; an empty stop is gone. */
function reduce(
  rows: Overlay,
  line: string,
  meant: (stop: PickLineRow) => boolean,
  quantity: number,
): void {
  const stops = rows.all("pick_line").filter((stop) => stop.order_line === line);
  const first = stops.filter(meant);
  let left = quantity;
  for (const stop of [...first, ...stops.filter((one) => !first.includes(one))]) {
    if (left === 0) return;
    const taken = Math.min(left, stop.quantity);
    left -= taken;
    if (taken === stop.quantity) rows.hide("pick_line", stop.id);
    else rows.put("pick_line", { ...stop, quantity: stop.quantity - taken });
  }
}

function withTote(rows: Overlay, order: OrderRow, gesture: Pick): OrderRow["totes"] {
  const { tote, scans } = gesture;
  if (tote === null || order.totes.some((known) => known.lpn === tote)) return order.totes;
  const site = rows.all("site")[0]?.id;
  const code =
    site && scans.map(toteCode).find((one) => toteInUse(toteId(site, one), order.id) === tote);
  return code ? [...order.totes, { lpn: tote, code, goods: [] }] : order.totes;
}

/** What was picked into a tote, with these goods more or less; of a tote of old nobody knows. */
function filled(tote: OrderTote, goods: Goods, sign: Sign): OrderTote {
  if (!tote.goods) return tote;
  const { item, lot, serial, quantity } = goods;
  const same = (one: ToteGoods): boolean =>
    one.item === item && one.lot === lot && one.serial === serial;
  const before = tote.goods.find(same)?.quantity ?? 0;
  const sum: ToteGoods = { item, lot, serial, quantity: before + sign * quantity };
  const others = tote.goods.filter((one) => !same(one));
  return { ...tote, goods: sum.quantity === 0 ? others : [...others, sum] };
}

const toteCode = (scan: Scan): string => scan.data.replace(/^(?:\][A-Za-z]\w)?TMT:/, "");

/** Whoever finished the bin has no more to do there; the server may ask somebody else again. */
function counted(rows: Overlay, { place }: FinishBin, sign: Sign): void {
  for (const task of rows.all("count_task").filter((one) => one.place === place)) {
    if (sign > 0) rows.hide("count_task", task.id);
    else rows.restore("count_task", task.id);
  }
}

function returned(rows: Overlay, { task }: ReturnWork, sign: Sign): void {
  if (sign < 0) return;
  for (const stop of rows.all("pick_line")) if (stop.task === task) rows.hide("pick_line", stop.id);
  rows.hide("pick_task", task);
}
