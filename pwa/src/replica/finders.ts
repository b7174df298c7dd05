/** Every way this site's rows can be named by a code. */
import type { ItemRow, LocationRow, PersonRow } from "../domain/rows.ts";
import { Finder, type Turning } from "./finder.ts";

/** Rows by code, from the rows as the server has them: codes that somebody maps here are found by their id. */
export class Finders {
  readonly #rows: Turning;
  readonly #places = new Finder("location", (row) => (row.kind === "virtual" ? [] : [row.code]));
  readonly #people = new Finder("person", (row) => [row.badge]);
  readonly #items = new Finder("item", (row) => [row.sku]);
  readonly #identifiers = new Finder("identifier", (row) => [row.code]);
  readonly #purchases = new Finder("po", (row) => [row.number]);
  readonly #notices = new Finder("asn", (row) => [row.number]);
  readonly #units = new Finder("asn_unit", (row) => [row.code]);
  readonly #plans = new Finder("putaway_plan", (row) => (row.lpn && row.code ? [row.code] : []));
  readonly #orders = new Finder("order", (row) => [row.number]);
  readonly #tasks = new Finder("pick_task", (row) => [row.order_number]);
  readonly #totes = new Finder("order", (row) => row.totes.map((tote) => tote.code));

  constructor(rows: Turning) {
    this.#rows = rows;
  }

  places = (code: string): readonly LocationRow[] => this.#places.find(this.#rows, code);
  people = (badge: string): readonly PersonRow[] => this.#people.find(this.#rows, badge);
  items = (sku: string): readonly ItemRow[] => this.#items.find(this.#rows, sku);
  identifiers = (code: string) => this.#identifiers.find(this.#rows, code);
  purchases = (number: string) => this.#purchases.find(this.#rows, number);
  notices = (number: string) => this.#notices.find(this.#rows, number);
  orders = (number: string) => this.#orders.find(this.#rows, number);
  tasks = (number: string) => this.#tasks.find(this.#rows, number);
  /** Whether this is the code of an LPN the device was told about. */
  knowsUnit = (code: string): boolean =>
    this.#units.find(this.#rows, code).length + this.#plans.find(this.#rows, code).length > 0;
  knowsTote = (code: string): boolean => this.#totes.find(this.#rows, code).length > 0;
}
