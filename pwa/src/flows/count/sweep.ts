/** Count with a sled: each tag once, blind; a pallet and pieces together are for a person to tell apart. */
import type { AnyDraft } from "../../domain/operation.ts";
import type { Step, World } from "../flow.ts";
import { gap } from "../goods.ts";
import {
  lines,
  type Piece,
  type Sorted,
  type SweptGesture,
  sorted,
  summary,
  tallied,
  UNSWEPT,
  type Unit,
} from "../sweep/swept.ts";
import { added } from "../tally.ts";
import { line, onSheet, tallyOf, unitLine, withTally } from "./noting.ts";
import type { Bin, State, SweptBin } from "./state.ts";

/** The choice that counts what was set aside. */
export const BESIDE = "beside";

interface Some {
  readonly pieces: readonly Piece[];
  readonly units: readonly Unit[];
}

const NONE: Some = { pieces: [], units: [] };

export const sweptIn = (bin: Bin): SweptBin =>
  bin.swept ?? { tally: UNSWEPT, beside: NONE, lotless: 0 };

export function swept(state: State, gesture: SweptGesture, world: World): Step<State> {
  if (state.at !== "goods" && state.at !== "empty") {
    return { state };
  }
  const { bin } = state;
  const found = sorted(gesture.tags, bin.seen);
  const fresh = found.pieces.length + found.units.length + found.unknown.length;
  if (fresh > 0) {
    return batch(bin, gesture.sweep, found, world);
  }
  return gesture.over ? { state, feedback: summary(sweptIn(bin).tally, gesture.sweep) } : { state };
}

function batch(bin: Bin, sweep: string, found: Sorted, world: World): Step<State> {
  const lotless = found.pieces.filter(
    ({ filling }) => gap(filling, world.get("item", filling.item), false) !== null,
  );
  const pieces = found.pieces.filter((piece) => !lotless.includes(piece));
  const { now, later } = apart(bin, { pieces, units: found.units });
  const before = sweptIn(bin);
  const after: SweptBin = {
    tally: tallied(before.tally, sweep, now.pieces, now.units.length, found.unknown),
    beside: both(before.beside, later),
    lotless: before.lotless + lotless.length,
  };
  const seen = [
    ...bin.seen,
    ...[...found.pieces, ...found.units].map(({ identity }) => identity),
    ...found.unknown.map(({ data }) => data),
  ];
  return noted({ ...bin, seen, swept: after }, now, world);
}

/** Whether pieces lie on a pallet or beside it no tag tells: the kind that came second waits. */
function apart(bin: Bin, { pieces, units }: Some): { readonly now: Some; readonly later: Some } {
  const loose = sweptIn(bin).tally.groups.length > 0;
  if (loose && !bin.pallets) {
    return { now: { pieces, units: [] }, later: { pieces: [], units } };
  }
  return bin.pallets || units.length > 0
    ? { now: { pieces: [], units }, later: { pieces, units: [] } }
    : { now: { pieces, units }, later: NONE };
}

const both = (some: Some, more: Some): Some => ({
  pieces: [...some.pieces, ...more.pieces],
  units: [...some.units, ...more.units],
});

/** A person has seen that they lie beside each other: each is counted for itself. */
export function besides(bin: Bin, world: World): Step<State> {
  const { beside, tally, lotless } = sweptIn(bin);
  const after = {
    tally: tallied(tally, tally.sweep, beside.pieces, beside.units.length, []),
    beside: NONE,
    lotless,
  };
  const step = noted({ ...bin, swept: after }, beside, world);
  return { ...step, feedback: summary(after.tally, tally.sweep) };
}

/** One line a serial, a pallet, or goods without serials; all of them one write. */
function noted(before: Bin, { pieces, units }: Some, world: World): Step<State> {
  let bin = before;
  const record: AnyDraft[] = [];
  for (const { identity, scan } of units) {
    const id = world.newId();
    const sheeted = onSheet(bin, id, world);
    record.push(unitLine(sheeted, identity, scan, id));
    bin = { ...sheeted, lines: bin.lines + 1, pallets: (bin.pallets ?? 0) + 1 };
  }
  for (const filling of lines(pieces)) {
    const id = world.newId();
    const sheeted = onSheet(bin, id, world);
    record.push(line(sheeted, sheeted.sheet, filling, filling.quantity, id));
    const tally = added(tallyOf(bin, filling), id, filling.quantity);
    bin =
      filling.serial === null
        ? withTally(sheeted, filling, tally)
        : { ...sheeted, lines: bin.lines + 1 };
  }
  return { state: { at: "goods", bin: { ...bin, last: null }, leaving: null }, record };
}
