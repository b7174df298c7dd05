/** Put away with a sled: one pallet by its tag, or loose pieces of one kind; what was put away is not lifted again. */
import { say } from "../../words/text.ts";
import { type Step, stay, type World } from "../flow.ts";
import { gap } from "../goods.ts";
import type { Load } from "../load.ts";
import {
  heardBeside,
  lines,
  type Piece,
  type SweptGesture,
  sorted,
  type Unit,
} from "../sweep/swept.ts";
import type { State } from "./state.ts";

type Empty = Extract<State, { at: "load" }>;

export function swept(
  state: Empty,
  gesture: SweptGesture,
  world: World,
  lifted: (state: Empty, load: Load) => Step<State>,
): Step<State> {
  if (!gesture.over) {
    return { state };
  }
  const { units, pieces, unknown } = sorted(gesture.tags, stowed(world));
  const after: Empty = { ...state, strange: heardBeside(state.strange ?? [], unknown) };
  const [unit, ...others] = units;
  const up = (load: Load): Step<State> => lifted(after, load);
  if (unit) {
    return others.length > 0
      ? stay<State>(after, "caution", say("sweep.several", { count: units.length }))
      : up(pallet(unit));
  }
  return loose(after, pieces, world, up);
}

const pallet = ({ identity, code, scan }: Unit): Load => ({
  type: "unit",
  lpn: identity,
  code,
  scans: [scan],
});

/** Loose pieces go to a bin together when they are of one kind and each says all it must. */
function loose(
  state: State,
  pieces: readonly Piece[],
  world: World,
  lifted: (load: Load) => Step<State>,
): Step<State> {
  const [filling, ...also] = lines(pieces);
  if (!filling) {
    return stay(state, "caution", say("sweep.expected", { expected: say("expect.load") }));
  }
  if (also.some(({ item, lot }) => item !== filling.item || lot !== filling.lot)) {
    return stay(state, "caution", say("sweep.several_kinds"));
  }
  return gap(filling, world.get("item", filling.item), false)
    ? stay(state, "caution", say("sweep.lacking", { count: pieces.length }))
    : lifted({ type: "goods", filling, also });
}

/** What this handheld itself has put away lately: it is still heard from its bin. */
function stowed(world: World): readonly string[] {
  const own = world.own();
  const undone = new Set(own.map((done) => (done.kind === "operations.void" ? done.cause : null)));
  return own.flatMap((done) => {
    if (done.kind !== "putaway.put_away" || undone.has(done.id)) {
      return [];
    }
    return done.payload.lpn ?? done.payload.goods?.serial ?? [];
  });
}
