/** What a driver has on the fork or in the hand: a pallet, or goods on their own. */
import type { HoldRow } from "../domain/held-rows.ts";
import type { Carry, Goods, Scan } from "../domain/operation.ts";
import type { LocationRow } from "../domain/rows.ts";
import { say, type Text } from "../words/text.ts";
import { go, type Step, stay, type World } from "./flow.ts";
import { type Filling, facts, fillingName, measure, packOf, toGoods } from "./goods.ts";
import { heldWords, holdOn, type Shown, short } from "./held.ts";
import { strangeView } from "./sweep/swept.ts";
import type { View } from "./view.ts";

export type Load =
  | {
      readonly type: "unit";
      readonly lpn: string;
      readonly code: string;
      readonly scans: readonly Scan[];
      /** Unknown tags that were read with it: the office is told. */
      readonly beside?: readonly Scan[];
    }
  /** `lpn`: the tote or pallet that goods are taken out of. */
  | {
      readonly type: "goods";
      readonly filling: Filling;
      readonly lpn?: string;
      /** Read by a sled together with the first: these very pieces, no number to correct. */
      readonly also?: readonly Filling[];
      readonly beside?: readonly Scan[];
    };

export const goodsOf = (load: Load): Goods | null =>
  load.type === "goods"
    ? toGoods(load.filling, { lpn: load.lpn ?? null, status: "available" })
    : null;

/** What the server is asked about this load. */
export const subject = (
  load: Load,
): { readonly lpn: string } | { readonly item: string; readonly quantity: number } =>
  load.type === "unit" ? { lpn: load.lpn } : { item: load.filling.item, quantity: pieces(load) };

export const carry = (
  load: Load,
  source: string | null,
  target: LocationRow,
  scans: readonly Scan[],
): Carry => ({
  goods: goodsOf(load),
  lpn: load.type === "unit" ? load.lpn : null,
  source,
  target: target.id,
  reason: null,
  scans: [
    ...(load.type === "unit" ? load.scans : load.filling.scans),
    ...scans,
    ...(load.beside ?? []),
  ],
});

/** One piece of work for each thing that has a name of its own. */
export const singly = (load: Load): readonly Load[] =>
  load.type === "unit"
    ? [load]
    : [load.filling, ...(load.also ?? [])].map((filling, at) => ({
        ...load,
        filling,
        beside: at === 0 ? (load.beside ?? []) : [],
      }));

const pieces = (load: Extract<Load, { type: "goods" }>): number =>
  [load.filling, ...(load.also ?? [])].reduce((sum, { quantity }) => sum + quantity, 0);

export const loadName = (load: Load, world: World): Text =>
  load.type === "unit"
    ? say("load.unit", { code: short(load.code) })
    : fillingName(world, load.filling);

export const sameLoad = (load: Load, other: Load): boolean =>
  load.type === "unit"
    ? other.type === "unit" && other.lpn === load.lpn
    : other.type === "goods" &&
      other.filling.item === load.filling.item &&
      other.filling.lot === load.filling.lot &&
      other.filling.serial === load.filling.serial;

/** A number from the pad, for goods that come in numbers. */
export const withQuantity = (load: Load, quantity: number): Load =>
  load.type === "goods" && !load.also && load.filling.serial === null && quantity > 0
    ? { ...load, filling: { ...load.filling, quantity } }
    : load;

/** The same goods scanned once more are one packaging more. */
export const plus = (load: Load, more: Filling): Load =>
  load.type === "goods" && !load.also && load.filling.serial === null
    ? {
        ...load,
        filling: {
          ...load.filling,
          quantity: load.filling.quantity + more.quantity,
          scans: [...load.filling.scans, ...more.scans],
        },
      }
    : load;

/** Lifted: held goods may be carried, aside above all, and whoever has them hears so first. */
export function lift<S>(state: S, load: Load, world: World): Step<S> {
  const hold = heldIn(load, world);
  return hold
    ? stay(state, "caution", heldWords(hold, world))
    : go(state, say("putaway.lifted", { load: loadName(load, world) }));
}

export const heldIn = (load: Load, world: World): HoldRow | undefined =>
  shown(load)
    .map((goods) => holdOn(world, goods))
    .find((found) => found !== undefined);

const shown = (load: Load): readonly Shown[] =>
  load.type === "unit"
    ? [{ lpn: load.lpn, lot: null, serial: null }]
    : [load.filling, ...(load.also ?? [])].map(({ lot, serial }) => ({
        lot,
        serial,
        lpn: load.lpn ?? null,
      }));

/** How a load looks on every screen that carries one. */
export function loadView(
  load: Load,
  world: World,
): Pick<View, "goods" | "facts" | "quantity" | "pad" | "sweep"> {
  const beside = strangeView(load.beside ?? []);
  if (load.type === "unit") {
    return { goods: loadName(load, world), facts: [], quantity: null, pad: null, ...beside };
  }
  const { filling } = load;
  return {
    ...beside,
    goods: fillingName(world, filling),
    facts: facts(filling),
    quantity: { value: pieces(load), unit: measure(filling, world) },
    pad:
      filling.serial === null && !load.also
        ? { enters: "quantity", usual: filling.quantity, pack: packOf(world, filling) }
        : null,
  };
}
