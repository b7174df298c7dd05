/** Own work the server has not shown yet, on top of the server's rows. */
import type { Entity, Rows } from "../domain/rows.ts";
import type { Held } from "./held.ts";
import type { RowView } from "./rows.ts";

/** The rows with changes on top; a null on top hides the row below. */
export class Overlay implements RowView {
  readonly #below: Held;
  readonly #tops = new Map<Entity, Map<string, unknown>>();
  readonly #lists = new Map<Entity, readonly unknown[]>();

  constructor(below: Held) {
    this.#below = below;
  }

  get<E extends Entity>(entity: E, id: string): Rows[E] | undefined {
    const top = this.#tops.get(entity)?.get(id);
    if (top === undefined) return this.#below.get(entity, id);
    return top === null ? undefined : (top as Rows[E]);
  }

  all<E extends Entity>(entity: E): ReadonlyArray<Rows[E]> {
    const tops = this.#tops.get(entity);
    if (!tops) return this.#below.all(entity);
    let list = this.#lists.get(entity);
    if (!list) {
      list = this.#below
        .all(entity)
        .map((row) => this.get(entity, row.id))
        .filter((row) => row !== undefined);
      this.#lists.set(entity, list);
    }
    return list as ReadonlyArray<Rows[E]>;
  }

  put<E extends Entity>(entity: E, row: Rows[E]): void {
    this.#top(entity).set(row.id, row);
  }

  hide(entity: Entity, id: string): void {
    this.#top(entity).set(id, null);
  }

  /** Brings back a row that own work had hidden. */
  restore(entity: Entity, id: string): void {
    if (this.#tops.get(entity)?.get(id) === null) this.#top(entity).delete(id);
  }

  /** The row as the server has it. */
  below<E extends Entity>(entity: E, id: string): Rows[E] | undefined {
    return this.#below.get(entity, id);
  }

  #top(entity: Entity): Map<string, unknown> {
    this.#lists.delete(entity);
    let top = this.#tops.get(entity);
    if (!top) {
      top = new Map();
      this.#tops.set(entity, top);
    }
    return top;
  }
}
