/** Pick with a sled: only what the stop names, only as many as it wants, never what is in a tote already. */
import type { Scan } from "../../domain/operation.ts";
import type { PickLineRow } from "../../domain/rows.ts";
import { say } from "../../words/text.ts";
import { type Step, stay, type World } from "../flow.ts";
import { gap, itemName } from "../goods.ts";
import { heardBeside, lines, type Piece, type SweptGesture, sorted } from "../sweep/swept.ts";
import { type State, strangeAt } from "./state.ts";
import { inHand } from "./take.ts";

type Goods = Extract<State, { at: "goods" }>;

/** Judged when the trigger is let go: before that nobody knows how many there are. */
export function swept(before: Goods, gesture: SweptGesture, world: World): Step<State> {
  const line = world.get("pick_line", before.stop.line);
  if (!gesture.over || !line) {
    return { state: before };
  }
  const { pieces, units, unknown } = sorted(gesture.tags, before.walk.taken);
  const state = hearing(before, unknown);
  if (line.lpn !== null) {
    const unit = units.find(({ identity }) => identity === line.lpn);
    return unit
      ? inHand(state, line, { ...named(line, state), scans: [unit.scan] }, world)
      : stay(state, "wrong", say("pick.wrong_unit"));
  }
  return taking(state, line, wanted(state, line, pieces, world), world);
}

/** A tag that means nothing here is left alone, but not kept quiet. */
function hearing(state: Goods, unknown: readonly Scan[]): Goods {
  const { place } = state.from;
  const scans = heardBeside(strangeAt(state.walk, place), unknown);
  return scans.length > 0
    ? { ...state, walk: { ...state.walk, strange: { place, scans } } }
    : state;
}

const named = (line: PickLineRow, { from }: Goods) => ({
  item: line.item,
  packaging: null,
  quantity: 1,
  lot: from.lot,
  lotCode: line.lot_code,
  expiry: line.expiry,
  serial: null,
});

/** The item and lot of the stop; a tag that does not name its lot proves nothing. */
const wanted = (
  { from }: Goods,
  line: PickLineRow,
  pieces: readonly Piece[],
  world: World,
): readonly Piece[] =>
  pieces.filter(
    ({ filling }) =>
      filling.item === line.item &&
      gap(filling, world.get("item", filling.item), false) === null &&
      (from.lot === null || filling.lot === from.lot),
  );

/** More than are wanted is a shelf, not a hand: which of them were meant nobody knows. */
function taking(
  state: Goods,
  line: PickLineRow,
  pieces: readonly Piece[],
  world: World,
): Step<State> {
  const quantity = pieces.reduce((sum, { filling }) => sum + filling.quantity, 0);
  const { left } = state.stop;
  const item = itemName(world, line.item);
  if (quantity > left) {
    return stay(state, "caution", say("sweep.too_many", { count: quantity, left }));
  }
  const [taken, ...more] = lines(pieces);
  if (!taken) {
    return stay(state, "wrong", say("sweep.none_here", { item }));
  }
  const tags = pieces.map(({ identity }) => identity);
  return inHand({ ...state, quantity, swept: { more, tags } }, line, taken, world);
}
