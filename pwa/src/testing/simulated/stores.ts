/** Object stores, their indexes and cursors: as much of them as the app uses. */
import { type Desk, type Request, Request as Requested } from "./request.ts";
import { at, type Row, spelled, type Table } from "./table.ts";

export class KeyRange {
  readonly lower: string;
  readonly upper: string;

  constructor(lower: unknown, upper: unknown) {
    this.lower = spelled(lower);
    this.upper = spelled(upper);
  }

  static bound(lower: unknown, upper: unknown): KeyRange {
    return new KeyRange(lower, upper);
  }

  static only(key: unknown): KeyRange {
    return new KeyRange(key, key);
  }
}

const rangeOf = (query: unknown): KeyRange | null => {
  if (query === undefined || query === null) return null;
  return query instanceof KeyRange ? query : KeyRange.only(query);
};

function rowsIn(table: Table, query: unknown, most = Number.POSITIVE_INFINITY): readonly Row[] {
  const range = rangeOf(query);
  const found = range ? table.between(range.lower, range.upper) : table.all();
  return found.length > most ? found.slice(0, most) : found;
}

export class ObjectStore {
  readonly transaction: Desk;
  readonly name: string;
  readonly #indexes = new Map<string, Index>();

  constructor(transaction: Desk, name: string) {
    this.transaction = transaction;
    this.name = name;
  }

  /** Every index of the app is called like the field that it is of. */
  createIndex(name: string): Index {
    return this.index(name);
  }

  index(name: string): Index {
    let index = this.#indexes.get(name);
    if (!index) {
      index = new Index(this, name);
      this.#indexes.set(name, index);
    }
    return index;
  }

  get(key: unknown): Request {
    return this.#read((table) => table.get(spelled(key))?.value);
  }

  getAll(query?: unknown, most?: number): Request {
    return this.#read((table) => rowsIn(table, query, most).map(({ value }) => value));
  }

  getAllKeys(query?: unknown, most?: number): Request {
    return this.#read((table) => rowsIn(table, query, most).map(({ key }) => key));
  }

  count(query?: unknown): Request {
    return this.#read((table) => rowsIn(table, query).length);
  }

  put(value: unknown, key?: unknown): Request {
    return this.#write((table) => table.put(value, key ?? table.keyOf(value)));
  }

  add(value: unknown, key?: unknown): Request {
    return this.#write((table) => {
      const where = key ?? table.keyOf(value);
      if (table.get(spelled(where))) throw new DOMException("it is there", "ConstraintError");
      table.put(value, where);
    });
  }

  delete(query: unknown): Request {
    return this.#write((table) => {
      for (const { key } of rowsIn(table, query)) table.delete(spelled(key));
    });
  }

  clear(): Request {
    return this.#write((table) => table.clear());
  }

  openCursor(query?: unknown, direction = "next"): Request {
    const found = (): readonly Row[] => rowsIn(this.transaction.table(this.name), query);
    return opened(this, () => (direction === "prev" ? [...found()].reverse() : found()));
  }

  #read(work: (table: Table) => unknown): Request {
    return this.transaction.ask(() => work(this.transaction.table(this.name)));
  }

  #write(work: (table: Table) => void): Request {
    return this.transaction.ask(() => work(this.transaction.writable(this.name)));
  }
}

export class Index {
  readonly objectStore: ObjectStore;
  readonly name: string;

  constructor(objectStore: ObjectStore, name: string) {
    this.objectStore = objectStore;
    this.name = name;
  }

  get(key: unknown): Request {
    return this.#read(() => this.#rows(key)[0]?.value);
  }

  getAll(key?: unknown): Request {
    return this.#read(() => this.#rows(key).map(({ value }) => value));
  }

  openCursor(key?: unknown): Request {
    return opened(this.objectStore, () => this.#rows(key));
  }

  #read(work: () => unknown): Request {
    return this.objectStore.transaction.ask(work);
  }

  #rows(key: unknown): readonly Row[] {
    const { transaction, name } = this.objectStore;
    const all = transaction.table(name).all();
    return key === undefined ? all : all.filter(({ value }) => at(value, this.name) === key);
  }
}

export class Cursor {
  readonly source: ObjectStore;
  readonly request: Request;
  readonly #rows: readonly Row[];
  #n = 0;

  constructor(source: ObjectStore, request: Request, rows: readonly Row[]) {
    this.source = source;
    this.request = request;
    this.#rows = rows;
  }

  get primaryKey(): unknown {
    return this.#rows[this.#n]?.key;
  }

  get value(): unknown {
    return this.#rows[this.#n]?.value;
  }

  continue(): void {
    this.source.transaction.ask(() => {
      this.#n++;
      return this.#n < this.#rows.length ? this : null;
    }, this.request);
  }

  delete(): Request {
    return this.source.delete(this.primaryKey);
  }
}

function opened(store: ObjectStore, rows: () => readonly Row[]): Request {
  const request = new Requested();
  return store.transaction.ask(() => {
    const cursor = new Cursor(store, request, rows());
    return cursor.primaryKey === undefined ? null : cursor;
  }, request);
}
