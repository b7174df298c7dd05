/** Requests, and what they are asked of. */
import type { Table } from "./table.ts";

type Listener = (event: Event) => void;
type Event = { readonly type: string; readonly oldVersion: number; readonly newVersion: number };

export class Emitter {
  readonly #listeners = new Map<string, Listener[]>();

  addEventListener(type: string, listener: Listener): void {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener]);
  }

  removeEventListener(type: string, listener: Listener): void {
    const left = this.#listeners.get(type)?.filter((one) => one !== listener);
    if (left) this.#listeners.set(type, left);
  }

  say(type: string, oldVersion = 0, newVersion = 0): void {
    for (const listener of this.#listeners.get(type) ?? []) {
      listener({ type, oldVersion, newVersion });
    }
  }
}

export class Request extends Emitter {
  result: unknown = undefined;
  error: unknown = null;
  transaction: Desk | null = null;
  source: unknown = null;
}

/** A transaction as its stores see it. */
export interface Desk {
  ask(work: () => unknown, request?: Request): Request;
  table(name: string): Table;
  writable(name: string): Table;
}
