/** The rules of the house as the server tells them. */
import { type Body, body, list, maybe, number, text } from "../rows.ts";

/** When it was last decided, and by whom if that is known. */
export interface Changed {
  readonly at: number;
  readonly by: string | null;
}

export interface ItemRule {
  readonly id: string;
  readonly sku: string;
  readonly name: string;
  readonly rotation: string;
  readonly expiryNeeded: boolean;
  readonly leastLife: number;
  readonly overReceipt: number;
  readonly changed: Changed | null;
}

export interface PlaceRule {
  readonly id: string;
  readonly code: string;
  readonly kind: string;
  readonly zone: string | null;
  /** Names of the flags that are set: what the place refuses. */
  readonly flags: readonly PlaceFlag[];
  readonly most: Readonly<Record<PlaceMost, number | null>>;
  readonly changed: Changed | null;
}

export const PLACE_FLAGS = ["blocked", "only_empty", "no_mix_item", "no_mix_lot"] as const;
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
  readonly rotation: ReadonlyArray<readonly [string, number]>;
  readonly items: readonly ItemRule[];
  readonly moreItems: boolean;
  readonly places: readonly PlaceRule[];
  readonly morePlaces: boolean;
}

const changed = (row: Body): Changed | null => {
  const when = body(row.changed);
  const at = number(when.at);
  return at === null ? null : { at, by: maybe(when.by) };
};

const item = (value: unknown): ItemRule => {
  const row = body(value);
  return {
    id: text(row.id),
    sku: text(row.sku),
    name: text(row.name),
    rotation: text(row.rotation),
    expiryNeeded: row.expiry_required === true,
    leastLife: number(row.min_life_days) ?? 0,
    overReceipt: number(row.over_receipt_percent) ?? 0,
    changed: changed(row),
  };
};

const place = (value: unknown): PlaceRule => {
  const row = body(value);
  return {
    id: text(row.id),
    code: text(row.code),
    kind: text(row.kind),
    zone: maybe(row.zone_code),
    flags: PLACE_FLAGS.filter((flag) => row[flag] === true),
    most: {
      max_units: number(row.max_units),
      max_weight_g: number(row.max_weight_g),
      max_volume_ml: number(row.max_volume_ml),
    },
    changed: changed(row),
  };
};

export function rules(answer: unknown): Rules {
  const all = body(answer);
  const limit = body(all.limit);
  const tolerance = body(all.tolerance);
  const rotation = body(all.rotation);
  return {
    limit: { pieces: number(limit.pieces), value: maybe(limit.value), changed: changed(limit) },
    tolerance: {
      pieces: number(tolerance.pieces) ?? 0,
      percent: number(tolerance.percent) ?? 0,
      changed: changed(tolerance),
    },
    rotation: Object.keys(rotation).map((name) => [name, number(rotation[name]) ?? 0] as const),
    items: list(all.items).map(item),
    moreItems: all.more_items === true,
    places: list(all.places).map(place),
    morePlaces: all.more_places === true,
  };
}
