/** What a label of the goods in hand says: the pallet being filled, else the lot, else the item. */
import type { Goods } from "../../domain/operation.ts";
import type { World } from "../flow.ts";
import type { LabelWish } from "../label.ts";
import type { Last, State } from "./state.ts";

const NOTHING = { item: null, lot: null, expiry: null, quantity: null };

export function labelOf(state: State, world: World): LabelWish | null {
  if (state.at !== "goods") {
    return null;
  }
  const { unit, last } = state.session;
  if (unit) {
    return { kind: "lpn", code: unit.code, ...aboard(unit.lpn, last, world) };
  }
  if (last?.filling.unnamed !== undefined) {
    return null;
  }
  return last ? { kind: last.filling.lotCode ? "lot" : "item", code: null, ...told(last) } : null;
}

const told = ({ filling, tally }: Last) => ({
  item: filling.item,
  lot: filling.lotCode,
  expiry: filling.expiry,
  quantity: tally.total,
});

/** What this device has put on the pallet; goods of several kinds have no place on one label. */
function aboard(lpn: string, last: Last | null, world: World) {
  const lines = onUnit(lpn, world);
  const same = lines.every(
    ({ item, lot }) => item === last?.filling.item && lot === last.filling.lot,
  );
  if (!(last && same && lines.length > 0)) {
    return NOTHING;
  }
  return { ...told(last), quantity: lines.reduce((sum, { quantity }) => sum + quantity, 0) };
}

function onUnit(lpn: string, world: World): readonly Goods[] {
  const own = world.own();
  const undone = new Set(own.flatMap(({ cause }) => (cause === null ? [] : [cause])));
  return own.flatMap((done) =>
    done.kind === "receiving.receive_line" && done.payload.goods.lpn === lpn && !undone.has(done.id)
      ? [done.payload.goods]
      : [],
  );
}
