/** The browser's IndexedDB on disks of ours; installed where `idb` looks for it. */
import { Disk } from "./disk.ts";
import { Emitter, Request } from "./request.ts";
import { Cursor, Index, KeyRange, ObjectStore } from "./stores.ts";
import type { KeyPath } from "./table.ts";
import { Transaction } from "./transaction.ts";

export class Database extends Emitter {
  readonly disk: Disk;
  /** Its page is gone; what still calls it gets nowhere. */
  dead = false;

  constructor(disk: Disk) {
    super();
    this.disk = disk;
    disk.connections.add(this);
  }

  createObjectStore(name: string, options: { readonly keyPath?: KeyPath } = {}): ObjectStore {
    this.disk.create(name, options.keyPath ?? null);
    return new ObjectStore(new Transaction(this, [name], "versionchange"), name);
  }

  transaction(
    names: string | readonly string[],
    mode: IDBTransactionMode = "readonly",
  ): Transaction {
    const scope = typeof names === "string" ? [names] : names;
    const transaction = new Transaction(this, scope, mode);
    if (!this.dead) this.disk.transactions.push(transaction);
    return transaction;
  }

  close(): void {
    this.disk.connections.delete(this);
  }
}

class Factory {
  readonly disks = new Map<string, Disk>();

  open(name: string, version: number): Request {
    const request = new Request();
    const disk = this.disks.get(name) ?? new Disk();
    this.disks.set(name, disk);
    disk.later(() => {
      const database = new Database(disk);
      request.result = database;
      if (disk.version < version) {
        request.transaction = new Transaction(database, [], "versionchange");
        request.say("upgradeneeded", disk.version, version);
        disk.version = version;
        request.transaction = null;
      }
      request.say("success");
    });
    return request;
  }
}

const factory = new Factory();
export const disks = factory.disks;

/** Makes these the browser's; the app's storage looks for them by their names. */
export function install(): void {
  Object.assign(globalThis, {
    indexedDB: factory,
    IDBKeyRange: KeyRange,
    IDBDatabase: Database,
    IDBTransaction: Transaction,
    IDBObjectStore: ObjectStore,
    IDBIndex: Index,
    IDBCursor: Cursor,
    IDBRequest: Request,
  });
}
