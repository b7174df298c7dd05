/** A disk as IndexedDB promises it: transactions whole or not at all, and what has completed stays. */
import type { Database } from "./indexeddb.ts";
import { Table } from "./table.ts";
import type { Transaction } from "./transaction.ts";

/** Where the machine stops: at the n-th commit from now on, before or after the disk has it. */
export interface Crash {
  readonly commit: number;
  readonly when: "before" | "after";
}

export class Disk {
  version = 0;
  tables = new Map<string, Table>();
  /** In the order in which they were begun; the first of those that meet goes first. */
  transactions: Transaction[] = [];
  readonly connections = new Set<Database>();
  /** Says no to whatever wants more room. */
  full = false;
  armed: Crash | null = null;
  /** Where the machine has stopped. */
  crashed: string | null = null;
  #commits = 0;
  readonly #later: (() => void)[] = [];

  image(): Disk {
    const image = new Disk();
    image.version = this.version;
    image.tables = new Map([...this.tables].map(([name, table]) => [name, table.copy()]));
    return image;
  }

  arm(crash: Crash | null): void {
    this.armed = crash;
    this.#commits = 0;
  }

  /** The page is gone: nothing that was under way goes on, and nobody hears of it. */
  drop(): void {
    for (const connection of this.connections) connection.dead = true;
    this.connections.clear();
    this.transactions = [];
    this.#later.length = 0;
  }

  later(work: () => void): void {
    this.#later.push(work);
  }

  create(name: string, keyPath: Table["keyPath"]): void {
    this.tables.set(name, new Table(keyPath));
  }

  /** Goes on by one step wherever something can; false: nothing was to be done. */
  step(): boolean {
    const due = this.#later.splice(0);
    for (const work of due) work();
    let moved = due.length > 0;
    const before: Transaction[] = [];
    for (const one of this.transactions) {
      if (!before.some((other) => other.meets(one))) {
        one.step();
        moved = true;
      }
      before.push(one);
    }
    return moved;
  }

  /** Returns whether somebody is left to hear of it. */
  commit(transaction: Transaction): boolean {
    const here = this.armed !== null && ++this.#commits === this.armed.commit;
    const lost = here && this.armed?.when === "before";
    if (!lost) for (const [name, table] of transaction.written) this.tables.set(name, table);
    if (!here) return true;
    this.crashed = `${this.armed?.when} ${POINTS[transaction.scope] ?? transaction.scope}`;
    this.armed = null;
    this.drop();
    return false;
  }
}

/** What a device commits, by the stores that it takes for it. */
const POINTS: Readonly<Record<string, string>> = {
  "journal facts drafts": "a gesture is kept",
  "journal facts": "the journal is cut, acknowledged or moved",
  "journal rows_a facts": "a page is kept",
  "journal rows_b facts": "a page is kept",
  rows_a: "a shadow is emptied",
  rows_b: "a shadow is emptied",
  facts: "a fact is kept",
  "facts grants": "somebody is forgotten",
  grants: "a grant is kept",
  journal: "the journal is marked",
  "journal facts grants": "an enrolment is kept",
  drafts: "a draft is kept",
};
