/** Finds rows by what is printed on things; built when first asked, rebuilt when the entity changed. */
import type { Entity, Rows } from "../domain/rows.ts";

export interface Turning {
  all<E extends Entity>(entity: E): ReadonlyArray<Rows[E]>;
  turn(entity: string): number;
}

export class Finder<E extends Entity> {
  readonly #entity: E;
  readonly #codes: (row: Rows[E]) => readonly string[];
  #rows: Turning | null = null;
  #turn = -1;
  #found = new Map<string, Rows[E][]>();

  constructor(entity: E, codes: (row: Rows[E]) => readonly string[]) {
    this.#entity = entity;
    this.#codes = codes;
  }

  find(rows: Turning, code: string): ReadonlyArray<Rows[E]> {
    if (this.#rows !== rows || this.#turn !== rows.turn(this.#entity)) this.#build(rows);
    return this.#found.get(code) ?? [];
  }

  #build(rows: Turning): void {
    this.#rows = rows;
    this.#turn = rows.turn(this.#entity);
    this.#found = new Map();
    for (const row of rows.all(this.#entity)) {
      for (const code of this.#codes(row)) {
        const known = this.#found.get(code);
        if (known) known.push(row);
        else this.#found.set(code, [row]);
      }
    }
  }
}
