/** The server's rows as this device holds them, in memory: the same as one row store on disk. */
import type { Entity, Rows } from "../domain/rows.ts";
import type { HeldRow, RowStore, Storage } from "../storage.ts";
import { ASKED, count, type Sum, type Sums } from "./sums.ts";

export interface Change {
  readonly channel: string;
  readonly entity: string;
  readonly id: string;
  readonly seq: number;
  /** Null: the row left the channel. */
  readonly row: unknown;
}

type Table = Map<string, unknown>;

const keyOf = (row: Change): string => `${row.channel}|${row.entity}|${row.id}`;

export class Held {
  readonly #rows = new Map<string, HeldRow>();
  readonly #tables = new Map<string, Table>();
  readonly #lists = new Map<string, readonly unknown[]>();
  readonly #turns = new Map<string, number>();
  #sums: Map<string, Sum> | null = null;

  static async load(storage: Storage, store: RowStore): Promise<Held> {
    const held = new Held();
    held.apply(await storage.getAll(store));
    return held;
  }

  apply(changes: readonly Change[]): void {
    for (const change of changes) {
      if (change.row === null) this.#drop(change);
      else this.#put(change);
    }
  }

  /** Shown until the next reset, but not held: it did not fit, and no sum counts it. */
  lend(entity: string, id: string, row: unknown): void {
    const table = this.#table(entity);
    if (!table.has(id)) table.set(id, row);
  }

  /** How many rows work will have brought along once these have come, too. */
  askedWith(changes: readonly Change[]): number {
    const fresh = changes.filter((change) => change.channel === ASKED);
    const more = fresh.reduce((n, change) => {
      const known = this.#rows.has(keyOf(change)) ? 1 : 0;
      return n + (change.row === null ? 0 : 1) - known;
    }, 0);
    return (this.sums().get(ASKED)?.n ?? 0) + more;
  }

  #put(change: Change): void {
    const key = keyOf(change);
    const before = this.#rows.get(key);
    if (this.#sums) {
      if (before) count(this.#sums, before, -1);
      count(this.#sums, change, 1);
    }
    this.#rows.set(key, change);
    this.#table(change.entity).set(change.id, change.row);
  }

  #drop(change: Change): void {
    const key = keyOf(change);
    const before = this.#rows.get(key);
    if (!before) return;
    if (this.#sums) count(this.#sums, before, -1);
    this.#rows.delete(key);
    const table = this.#table(change.entity);
    // The same row can still be held through another channel.
    const other = this.#inAnyChannel(change.entity, change.id);
    if (other) table.set(change.id, other.row);
    else table.delete(change.id);
  }

  #inAnyChannel(entity: string, id: string): HeldRow | undefined {
    const end = `|${entity}|${id}`;
    for (const channel of this.#channels()) {
      const row = this.#rows.get(channel + end);
      if (row) return row;
    }
    return undefined;
  }

  #channels(): Iterable<string> {
    return this.sums().keys();
  }

  /** A table about to change: what was derived from it is out of date. */
  #table(entity: string): Table {
    this.#lists.delete(entity);
    this.#turns.set(entity, this.turn(entity) + 1);
    let table = this.#tables.get(entity);
    if (!table) {
      table = new Map();
      this.#tables.set(entity, table);
    }
    return table;
  }

  /** Counted on first need: a cold start does not wait for it. */
  sums(): Sums {
    if (!this.#sums) {
      this.#sums = new Map();
      for (const row of this.#rows.values()) count(this.#sums, row, 1);
    }
    return this.#sums;
  }

  get<E extends Entity>(entity: E, id: string): Rows[E] | undefined {
    return this.#tables.get(entity)?.get(id) as Rows[E] | undefined;
  }

  all<E extends Entity>(entity: E): ReadonlyArray<Rows[E]> {
    let list = this.#lists.get(entity);
    if (!list) {
      list = [...(this.#tables.get(entity)?.values() ?? [])];
      this.#lists.set(entity, list);
    }
    return list as ReadonlyArray<Rows[E]>;
  }

  /** Differs whenever the entity's rows may have changed. */
  turn(entity: string): number {
    return this.#turns.get(entity) ?? 0;
  }

  get size(): number {
    return this.#rows.size;
  }
}
