/** A walk through the stops this device holds, and what the current stop waits for. */
import type { Scan } from "../../domain/operation.ts";
import type { PickLineRow, PickTaskRow } from "../../domain/rows.ts";
import type { World } from "../flow.ts";
import type { Filling } from "../goods.ts";

/** The tote that carries an order in this walk. */
export interface Carrier {
  readonly order: string;
  readonly tote: string;
  readonly code: string;
  readonly scan: Scan;
}

export interface Walk {
  /** Stops finished or reported short. */
  readonly done: readonly string[];
  readonly skipped: readonly string[];
  readonly carriers: readonly Carrier[];
  /** The bin somebody may say is empty now. */
  readonly last: { readonly place: string; readonly code: string; readonly scan: Scan } | null;
  /** The request for work that was not answered yet. */
  readonly asked: string | null;
  /** Pieces that are in totes: their tags ride along and are heard at every stop. */
  readonly taken?: readonly string[];
  /** Unknown tags that a sled heard in the place where hands are now: the next fact takes them along. */
  readonly strange?: { readonly place: string; readonly scans: readonly Scan[] };
}

export const strangeAt = ({ strange }: Walk, place: string | undefined): readonly Scan[] =>
  strange && strange.place === place ? strange.scans : [];

/** The walk, once what was heard has been told. */
export const told = ({ strange: _, ...walk }: Walk): Walk => walk;

/** The bin goods are taken from: the line's own or a named alternate. */
export interface From {
  readonly place: string;
  readonly code: string;
  readonly lot: string | null;
  readonly scan: Scan;
}

export interface Stop {
  readonly line: string;
  /** Still to take at this stop. */
  readonly left: number;
}

/** What a sled read beside the first piece: taken together with it. */
export interface Handful {
  readonly more: readonly Filling[];
  readonly tags: readonly string[];
}

export type State =
  | { readonly at: "work"; readonly walk: Walk; readonly orders: number }
  | { readonly at: "place"; readonly walk: Walk; readonly stop: Stop }
  | {
      readonly at: "goods";
      readonly walk: Walk;
      readonly stop: Stop;
      readonly from: From;
      readonly quantity: number;
      /** A hold on goods that were scanned once: who scans them again means it. */
      readonly held?: string;
    }
  | {
      readonly at: "lot";
      readonly walk: Walk;
      readonly stop: Stop;
      readonly from: From;
      readonly quantity: number;
      readonly taken: Filling;
    }
  | {
      readonly at: "serial";
      readonly walk: Walk;
      readonly stop: Stop;
      readonly from: From;
      readonly quantity: number;
      readonly taken: Filling;
    }
  | {
      readonly at: "tote";
      readonly walk: Walk;
      readonly stop: Stop;
      readonly from: From;
      readonly quantity: number;
      readonly taken: Filling;
      readonly swept?: Handful;
    }
  | {
      readonly at: "reason";
      readonly walk: Walk;
      readonly stop: Stop;
      readonly from: From | null;
    };

export const WALK: Walk = { done: [], skipped: [], carriers: [], last: null, asked: null };

/** Open stops in walking order, the skipped ones last. */
export function stops(walk: Walk, world: World): PickLineRow[] {
  const late = (line: PickLineRow): number => (walk.skipped.includes(line.id) ? 1 : 0);
  return world
    .all("pick_line")
    .filter((line) => !walk.done.includes(line.id) && line.quantity > 0)
    .toSorted((one, other) => late(one) - late(other) || one.sequence - other.sequence);
}

export const taskOf = (line: PickLineRow, world: World): PickTaskRow | undefined =>
  world.get("pick_task", line.task);

/** Several orders on one trolley: then every line names its tote. */
export const isCluster = (walk: Walk, world: World): boolean =>
  new Set([
    ...stops(walk, world).map((line) => line.task),
    ...walk.carriers.map((carrier) => taskIdOf(carrier.order, world)),
  ]).size > 1;

const taskIdOf = (order: string, world: World): string =>
  world.all("pick_task").find((task) => task.order === order)?.id ?? order;

export const carrierOf = (walk: Walk, order: string): Carrier | undefined =>
  walk.carriers.find((carrier) => carrier.order === order);

/** To the next stop: the same bin needs no second scan of its place. */
export function onward(walk: Walk, from: From | null, world: World): State {
  const [line] = stops(walk, world);
  if (!line) {
    return { at: "work", walk, orders: 1 };
  }
  const stop: Stop = { line: line.id, left: line.quantity };
  return from !== null && from.place === line.source
    ? {
        at: "goods",
        walk,
        stop,
        from: { ...from, lot: line.lot },
        quantity: line.quantity,
      }
    : { at: "place", walk, stop };
}

export const STANDS = {
  work: true,
  place: true,
  goods: true,
  lot: true,
  serial: true,
  tote: true,
  reason: true,
} as const satisfies Record<State["at"], true>;
