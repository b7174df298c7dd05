/** Master data as forms: which fields an item, a place, a person … has, and what saving sends. */
import type { Column, Row } from "./answer.ts";

export type Field =
  /** `fixed` names the record and is not changed afterwards. */
  | { readonly name: string; readonly type: "text"; readonly needed?: true; readonly fixed?: true }
  | { readonly name: string; readonly type: "number" | "flag" | "packagings" }
  /** What a label tells beside the item, and the digits a maker's codes begin with; empty is forgotten. */
  | { readonly name: string; readonly type: "ais" }
  | { readonly name: string; readonly type: "prefix" }
  | {
      readonly name: string;
      readonly type: "choice";
      readonly words: string;
      readonly needed?: true;
    }
  | { readonly name: string; readonly type: "roles" }
  /** A record of another table, named by its code. */
  | {
      readonly name: string;
      readonly type: "reference";
      readonly table: string;
      readonly by: string;
      readonly needed?: true;
      /** The column of this table that holds the code. */
      readonly from: string;
    }
  /** A packaging of the item that another field names. */
  | { readonly name: string; readonly type: "packaging"; readonly of: string }
  /** One text a language: sent as {en, es}. */
  | { readonly name: string; readonly type: "label" };

export interface Form {
  readonly kind: string;
  readonly fields: readonly Field[];
}

const code = (name: string): Field => ({ name, type: "text", needed: true, fixed: true });
const text = (name: string): Field => ({ name, type: "text", needed: true });
const numbers = (...names: string[]): Field[] => names.map((name) => ({ name, type: "number" }));
const flags = (...names: string[]): Field[] => names.map((name) => ({ name, type: "flag" }));

export const FORMS: Readonly<Record<string, Form>> = {
  items: {
    kind: "items.save_item",
    fields: [
      code("sku"),
      text("name"),
      { name: "unit", type: "text" },
      { name: "tracking", type: "choice", words: "tracking" },
      { name: "rotation", type: "choice", words: "rotation" },
      { name: "packagings", type: "packagings" },
      { name: "label_ais", type: "ais" },
      ...flags("expiry_required"),
      ...numbers("min_life_days", "weight_g", "volume_ml", "over_receipt_percent"),
      { name: "cost", type: "text" },
      ...flags("stocked", "active"),
    ],
  },
  identifiers: {
    kind: "items.save_identifier",
    fields: [
      code("code"),
      { name: "item", type: "reference", table: "items", by: "sku", from: "sku", needed: true },
      { name: "packaging", type: "packaging", of: "item" },
    ],
  },
  places: {
    kind: "locations.save_location",
    fields: [
      code("code"),
      { name: "kind", type: "choice", words: "place", needed: true },
      { name: "zone", type: "reference", table: "zones", by: "code", from: "zone_code" },
      ...flags("blocked", "only_empty", "no_mix_item", "no_mix_lot"),
      ...numbers("x", "y", "z", "max_units", "max_weight_g", "max_volume_ml"),
    ],
  },
  zones: { kind: "locations.save_zone", fields: [code("code"), text("name")] },
  reasons: {
    kind: "items.save_reason",
    fields: [
      code("code"),
      { name: "kind", type: "choice", words: "occasion", needed: true },
      { name: "label", type: "label" },
    ],
  },
  people: {
    kind: "people.save_person",
    fields: [code("badge"), text("name"), { name: "roles", type: "roles" }, ...flags("active")],
  },
  customers: { kind: "ordering.save_customer", fields: [code("code"), text("name")] },
  suppliers: {
    kind: "purchasing.save_supplier",
    fields: [
      code("code"),
      text("name"),
      { name: "company_prefix", type: "prefix" },
      { name: "label_ais", type: "ais" },
    ],
  },
};

export const TONGUES = ["en", "es"] as const;

/** The columns of the table that a field is filled from. */
export const choicesOf = (columns: readonly Column[], field: Field): readonly string[] =>
  columns.find(({ name }) => name === field.name)?.choices ?? [];

export interface Packaging {
  readonly name: string;
  readonly quantity: number;
}

/** What stands in a field before anybody has typed. */
export function initial(field: Field, row: Row | null): unknown {
  if (field.type === "flag") return row ? row[field.name] === true : BORN_TRUE.includes(field.name);
  if (!row) return undefined;
  return row[field.type === "reference" ? field.from : field.name];
}

const BORN_TRUE: readonly string[] = ["active", "stocked"];
