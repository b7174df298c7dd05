/** Transactions; time for them passes only when the disk is told to go on. */
import type { Database } from "./indexeddb.ts";
import { type Desk, Emitter, Request } from "./request.ts";
import { ObjectStore } from "./stores.ts";
import type { Table } from "./table.ts";

interface Asked {
  readonly request: Request;
  readonly work: () => unknown;
}

export class Transaction extends Emitter implements Desk {
  readonly db: Database;
  readonly objectStoreNames: readonly string[];
  readonly mode: IDBTransactionMode;
  readonly scope: string;
  error: unknown = null;
  /** Tables as they will be; nobody else sees them before. */
  readonly written = new Map<string, Table>();
  readonly #stores = new Map<string, ObjectStore>();
  #asked: Asked[] = [];
  #ended = false;

  constructor(db: Database, names: readonly string[], mode: IDBTransactionMode) {
    super();
    this.db = db;
    this.objectStoreNames = names;
    this.mode = mode;
    this.scope = names.join(" ");
  }

  meets(other: Transaction): boolean {
    if (this.mode === "readonly" && other.mode === "readonly") return false;
    return this.objectStoreNames.some((name) => other.objectStoreNames.includes(name));
  }

  objectStore(name: string): ObjectStore {
    let store = this.#stores.get(name);
    if (!store) {
      if (!this.objectStoreNames.includes(name)) throw new DOMException(name, "NotFoundError");
      store = new ObjectStore(this, name);
      this.#stores.set(name, store);
    }
    return store;
  }

  table(name: string): Table {
    return this.written.get(name) ?? (this.db.disk.tables.get(name) as Table);
  }

  writable(name: string): Table {
    if (this.mode === "readonly") throw new DOMException(name, "ReadOnlyError");
    let table = this.written.get(name);
    if (!table) {
      table = this.table(name).copy();
      this.written.set(name, table);
    }
    return table;
  }

  ask(work: () => unknown, request = new Request()): Request {
    if (this.#ended) throw new DOMException("it has ended", "TransactionInactiveError");
    request.transaction = this;
    this.#asked.push({ request, work });
    return request;
  }

  step(): void {
    if (this.#asked.length === 0) this.#commit();
    else for (const asked of this.#asked.splice(0)) if (!this.#ended) this.#answer(asked);
  }

  abort(): void {
    this.#end("abort");
  }

  #answer({ request, work }: Asked): void {
    try {
      request.result = work();
    } catch (failure) {
      request.error = failure;
      this.error = failure;
      request.say("error");
      if (!this.#ended) this.#end("abort");
      return;
    }
    request.say("success");
  }

  #commit(): void {
    const { disk } = this.db;
    if (disk.full && this.written.size > 0) {
      this.error = new DOMException("the disk is full", "QuotaExceededError");
      this.#end("abort");
      return;
    }
    this.#leave();
    if (this.mode === "readonly" || disk.commit(this)) this.say("complete");
  }

  #end(type: string): void {
    if (this.#ended) throw new DOMException("it has ended", "InvalidStateError");
    this.#leave();
    const waiting = this.#asked.splice(0);
    this.db.disk.later(() => {
      for (const { request } of waiting) {
        request.error = new DOMException("aborted", "AbortError");
        request.say("error");
      }
      this.say(type);
    });
  }

  #leave(): void {
    this.#ended = true;
    const { disk } = this.db;
    disk.transactions = disk.transactions.filter((one) => one !== this);
  }
}
