/** Rows to read, whoever holds them. */
import type { Entity, Rows } from "../domain/rows.ts";

export interface RowView {
  get<E extends Entity>(entity: E, id: string): Rows[E] | undefined;
  all<E extends Entity>(entity: E): ReadonlyArray<Rows[E]>;
}
