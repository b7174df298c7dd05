/** What the device keeps: one database, so that a page of rows and what it settles are one transaction. */
import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB } from "idb";
import type { Site } from "./device.ts";
import type { Head } from "./domain/envelope.ts";
import type { Outcome, Progress } from "./domain/operation.ts";

/** One envelope with where it stands; `text` is what is hashed and sent. */
export interface Entry {
  readonly device: string;
  readonly epoch: number;
  readonly seq: number;
  readonly id: string;
  readonly text: string;
  readonly state: Progress;
  readonly outcome: Outcome | null;
  readonly codes: readonly string[];
  readonly at: number;
  readonly settledAt: number | null;
}

export interface HeldRow {
  readonly channel: string;
  readonly entity: string;
  readonly id: string;
  readonly seq: number;
  readonly row: unknown;
}

export interface EnrolmentRecord {
  readonly device: string;
  readonly credential: string;
  readonly site: Site;
  readonly org: string | null;
  readonly label: string;
}

/** A change of epoch under way; its id makes asking the server twice harmless. */
export interface Rotation {
  readonly rotation: string;
  readonly from: number;
  readonly reason: "clone" | "gap" | "wiped";
  readonly lost: readonly [number, number | null] | null;
  readonly headSeq: number;
  /** Held envelopes from this number on move into the new epoch, acknowledged ones included. */
  readonly resendFrom: number | null;
}

/** The last completed exchange of clocks; offset is server minus device. */
export interface ClockReading {
  readonly offset_ms: number;
  readonly rtt_ms: number;
  readonly wall_ms: number;
  readonly mono_ms: number;
  readonly boot: string;
}

export interface PersonRecord {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly grant: string | null;
  /** Milliseconds since 1970; null: a cold start, which nothing ends. */
  readonly expires_at: number | null;
}

/** Numbers this device may give to new units; `used` of them are gone. */
export interface Block {
  readonly device: string;
  readonly id: string;
  readonly kind: "lpn" | "sscc";
  readonly prefix: string;
  readonly first: number;
  readonly size: number;
  readonly used: number;
}

export type RowStore = "rows_a" | "rows_b";

export interface PullMark {
  readonly store: RowStore;
  readonly cursor: string | null;
  readonly base: string | null;
  readonly pulledAt: number | null;
  /** Rows that did not fit on this device; absent in marks of an earlier version. */
  readonly leftOut?: number;
}

/** Single facts, by name. */
export interface Facts {
  enrolment: EnrolmentRecord;
  head: Head;
  /** Next number the server wants, per running epoch. */
  expected: { readonly epoch: number; readonly seq: number };
  incarnation: string;
  /** Epochs before the running one that a restored server may have lost again. */
  older: readonly number[];
  rotation: Rotation;
  clock: ClockReading;
  pull: PullMark;
  person: PersonRecord;
  /** Who the browser's session cookie belongs to, also while somebody else works here. */
  signedIn: string;
  lastSync: number;
  numbers: readonly Block[];
}

export type Fact = keyof Facts;

/** Proof of an online login that unlocks this device offline until the grant ends. */
export interface GrantRecord {
  readonly badge: string;
  readonly person: PersonRecord;
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly verifier: ArrayBuffer;
  readonly key: CryptoKey;
  readonly tries: number;
  readonly blockedUntil: number;
}

interface Schema extends DBSchema {
  journal: { key: [string, number, number]; value: Entry; indexes: { id: string; state: string } };
  rows_a: { key: [string, string, string]; value: HeldRow };
  rows_b: { key: [string, string, string]; value: HeldRow };
  facts: { key: string; value: unknown };
  drafts: { key: string; value: unknown };
  grants: { key: string; value: GrantRecord };
}

export type StoreName = "journal" | "rows_a" | "rows_b" | "facts" | "drafts" | "grants";
export type Storage = IDBPDatabase<Schema>;
export type Writing = IDBPTransaction<Schema, StoreName[], "readwrite">;
export type Reading = IDBPTransaction<Schema, StoreName[], "readonly">;

export function openStorage(name = "tallyman"): Promise<Storage> {
  return openDB<Schema>(name, 1, {
    upgrade(db) {
      const journal = db.createObjectStore("journal", { keyPath: ["device", "epoch", "seq"] });
      journal.createIndex("id", "id");
      journal.createIndex("state", "state");
      db.createObjectStore("rows_a", { keyPath: ["channel", "entity", "id"] });
      db.createObjectStore("rows_b", { keyPath: ["channel", "entity", "id"] });
      db.createObjectStore("facts");
      db.createObjectStore("drafts");
      db.createObjectStore("grants", { keyPath: "badge" });
    },
  });
}

/** Does `work` in one transaction; resolves only when the disk has all of it, undoes all of it if it fails. */
export async function writing<T>(
  storage: Storage,
  stores: readonly StoreName[],
  work: (tx: Writing) => Promise<T>,
): Promise<T> {
  const tx = storage.transaction([...stores], "readwrite", { durability: "strict" });
  // Its failure is reported below; unheard it would be an unhandled rejection as well.
  tx.done.catch(() => undefined);
  try {
    const result = await work(tx);
    await tx.done;
    return result;
  } catch (failure) {
    abort(tx);
    throw failure;
  }
}

function abort(tx: Writing): void {
  try {
    tx.abort();
  } catch {
    // It had ended by itself already.
  }
}

export async function factIn<F extends Fact>(
  tx: Writing | Reading,
  name: F,
): Promise<Facts[F] | undefined> {
  return (await tx.objectStore("facts").get(name)) as Facts[F] | undefined;
}

export async function putFact<F extends Fact>(tx: Writing, name: F, fact: Facts[F]): Promise<void> {
  await tx.objectStore("facts").put(fact, name);
}

export async function fact<F extends Fact>(
  storage: Storage,
  name: F,
): Promise<Facts[F] | undefined> {
  return (await storage.get("facts", name)) as Facts[F] | undefined;
}

export async function keepFact<F extends Fact>(
  storage: Storage,
  name: F,
  value: Facts[F],
): Promise<void> {
  await writing(storage, ["facts"], (tx) => putFact(tx, name, value));
}
