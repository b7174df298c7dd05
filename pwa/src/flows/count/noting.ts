/** From what lies in a bin to the line of its sheet. */
import type { AnyDraft, Scan } from "../../domain/operation.ts";
import { say } from "../../words/text.ts";
import { type Step, stay, type World } from "../flow.ts";
import { type Filling, fillingName, toGoods } from "../goods.ts";
import { added, NOTHING, type Tally } from "../tally.ts";
import type { Bin, State } from "./state.ts";

const keyOf = (filling: Filling): string =>
  [filling.item, filling.lot ?? "", filling.serial ?? ""].join("/");

export const tallyOf = (bin: Bin, filling: Filling): Tally =>
  bin.tallies.find((line) => line.key === keyOf(filling))?.tally ?? NOTHING;

export const withTally = (bin: Bin, filling: Filling, tally: Tally): Bin => {
  const others = bin.tallies.filter((line) => line.key !== keyOf(filling));
  const tallies = tally.total > 0 ? [...others, { key: keyOf(filling), tally }] : others;
  const seen = filling.serial === null ? bin.seen : [...bin.seen, filling.serial];
  return {
    ...bin,
    tallies,
    seen,
    last: filling,
    lines: bin.lines + tallies.length - bin.tallies.length,
  };
};

/** The sheet is named after the first operation of the bin. */
export const onSheet = (bin: Bin, id: string, world: World): Bin & { readonly sheet: string } => ({
  ...bin,
  sheet: bin.sheet ?? world.derive(id, "1"),
});

export function line(bin: Bin, sheet: string, filling: Filling, quantity: number, id: string) {
  return {
    id,
    kind: "counting.count_line",
    payload: {
      sheet,
      place: bin.place,
      goods: toGoods({ ...filling, quantity }, { lpn: null, status: "available" }),
      lpn: null,
      scans: [bin.scan, ...filling.scans],
    },
  } as const satisfies AnyDraft;
}

export function unitLine(
  bin: Bin & { readonly sheet: string },
  lpn: string,
  scan: Scan,
  id: string,
) {
  return {
    id,
    kind: "counting.count_line",
    payload: { sheet: bin.sheet, place: bin.place, goods: null, lpn, scans: [bin.scan, scan] },
  } as const satisfies AnyDraft;
}

export function noted(before: Bin, filling: Filling, quantity: number, world: World): Step<State> {
  const id = world.newId();
  const bin = onSheet(before, id, world);
  const tally = added(tallyOf(bin, filling), id, quantity);
  return {
    state: { at: "goods", bin: withTally(bin, filling, tally), leaving: null },
    record: [line(bin, bin.sheet, filling, quantity, id)],
    feedback: {
      tone: "ok",
      words: say("count.noted", { quantity: tally.total, item: fillingName(world, filling) }),
    },
  };
}

export function pallet(before: Bin, lpn: string, scan: Scan, world: World): Step<State> {
  if (before.seen.includes(lpn)) {
    return stay({ at: "goods", bin: before, leaving: null }, "caution", say("count.seen"));
  }
  const id = world.newId();
  const bin = onSheet(before, id, world);
  const after: Bin = {
    ...bin,
    seen: [...bin.seen, lpn],
    lines: bin.lines + 1,
    pallets: (bin.pallets ?? 0) + 1,
    last: null,
  };
  return {
    state: { at: "goods", bin: after, leaving: null },
    record: [unitLine(bin, lpn, scan, id)],
    feedback: { tone: "ok", words: say("count.pallet_noted") },
  };
}
