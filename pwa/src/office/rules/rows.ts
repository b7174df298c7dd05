/** The rules of the house as the server tells them. */
import { type Body, body, list, maybe, number, text } from "../rows.ts";

/** When it was last decided, and by whom if that is known. */
export interface Changed {
  readonly at: number;
  readonly by: string | null;
}

/** Records that have the same rules: how many, from which to which. */
interface Alike {
  readonly count: number;
  readonly first: string;
  readonly last: string;
  readonly changed: Changed | null;
}

export interface ItemRule extends Alike {
  readonly rotation: string;
  readonly expiryNeeded: boolean;
  readonly leastLife: number;
  readonly overReceipt: number;
}

export interface PlaceRule extends Alike {
  readonly kind: string;
  /** The flags that are set: what these places refuse. */
  readonly flags: readonly PlaceFlag[];
  readonly most: Readonly<Record<PlaceMost, number | null>>;
}

const PLACE_FLAGS = ["blocked", "only_empty", "no_mix_item", "no_mix_lot"] as const;
export type PlaceFlag = (typeof PLACE_FLAGS)[number];
export const PLACE_MOST = ["max_units", "max_weight_g", "max_volume_ml"] as const;
export type PlaceMost = (typeof PLACE_MOST)[number];

export interface Rules {
  /** Null: any number, any value. */
  readonly limit: {
    readonly pieces: number | null;
    readonly value: string | null;
    readonly changed: Changed | null;
  };
  readonly tolerance: {
    readonly pieces: number;
    readonly percent: number;
    readonly changed: Changed | null;
  };
  /** `firstDay`, `YYYY-MM-DD`, is the first open one; null: nothing was ever closed. */
  readonly books: {
    readonly firstDay: string | null;
    readonly timeZone: string;
    readonly changed: Changed | null;
  };
  readonly items: readonly ItemRule[];
  readonly places: readonly PlaceRule[];
}

const changed = (row: Body): Changed | null => {
  const when = body(row.changed);
  const at = number(when.at);
  return at === null ? null : { at, by: maybe(when.by) };
};

const alike = (row: Body): Alike => ({
  count: number(row.count) ?? 0,
  first: text(row.first),
  last: text(row.last),
  changed: changed(row),
});

const item = (value: unknown): ItemRule => {
  const row = body(value);
  return {
    ...alike(row),
    rotation: text(row.rotation),
    expiryNeeded: row.expiry_required === true,
    leastLife: number(row.min_life_days) ?? 0,
    overReceipt: number(row.over_receipt_percent) ?? 0,
  };
};

const place = (value: unknown): PlaceRule => {
  const row = body(value);
  return {
    ...alike(row),
    kind: text(row.kind),
    flags: PLACE_FLAGS.filter((flag) => row[flag] === true),
    most: {
      max_units: number(row.max_units),
      max_weight_g: number(row.max_weight_g),
      max_volume_ml: number(row.max_volume_ml),
    },
  };
};

export function rules(answer: unknown): Rules {
  const all = body(answer);
  const limit = body(all.limit);
  const tolerance = body(all.tolerance);
  const books = body(all.books);
  return {
    limit: { pieces: number(limit.pieces), value: maybe(limit.value), changed: changed(limit) },
    tolerance: {
      pieces: number(tolerance.pieces) ?? 0,
      percent: number(tolerance.percent) ?? 0,
      changed: changed(tolerance),
    },
    books: {
      firstDay: maybe(books.first_day),
      timeZone: text(books.time_zone),
      changed: changed(books),
    },
    items: list(all.items).map(item),
    places: list(all.places).map(place),
  };
}
