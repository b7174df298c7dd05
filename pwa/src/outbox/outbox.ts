/** Own operations in memory: what lies on top of the rows, what is unsent, what was done last. */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { RecentOperation } from "../device.ts";
import { read } from "../domain/envelope.ts";
import type { Posted } from "../replica/pending.ts";
import type { Entry } from "../storage.ts";
import { inOrder } from "./journal.ts";

export const RECENT = 100;

export class Outbox {
  readonly #recent = signal<readonly RecentOperation[]>([]);
  #posted = new Map<string, Posted>();

  get recent(): ReadonlySignal<readonly RecentOperation[]> {
    return this.#recent;
  }

  /** Oldest first. */
  posted(): readonly Posted[] {
    return [...this.#posted.values()];
  }

  has(id: string): boolean {
    return this.#posted.has(id);
  }

  /** Everything as the disk has it; envelopes already opened are not opened again. */
  replace(entries: readonly Entry[]): void {
    const before = this.#posted;
    this.#posted = new Map(
      [...entries].sort(inOrder).map((entry) => {
        const known = before.get(entry.id);
        const envelope = known?.entry.text === entry.text ? known.envelope : read(entry.text);
        return [entry.id, { entry, envelope }];
      }),
    );
    this.#tell();
  }

  add(entries: readonly Entry[]): readonly Posted[] {
    const posted = entries.map((entry) => ({ entry, envelope: read(entry.text) }));
    for (const one of posted) this.#posted.set(one.entry.id, one);
    this.#tell();
    return posted;
  }

  settle(ids: readonly string[], now: number): void {
    for (const id of ids) {
      const known = this.#posted.get(id);
      if (!known) continue;
      const entry: Entry = { ...known.entry, state: "settled", settledAt: now };
      this.#posted.set(id, { ...known, entry });
    }
    if (ids.length > 0) this.#tell();
  }

  unsent(): readonly Entry[] {
    return this.posted()
      .map(({ entry }) => entry)
      .filter((entry) => entry.state === "queued" || entry.state === "sent");
  }

  #tell(): void {
    this.#recent.value = this.posted().slice(-RECENT).reverse().map(recent);
  }
}

function recent({ entry, envelope }: Posted): RecentOperation {
  const { id, seq, state, outcome, codes, at } = entry;
  const { kind, payload, cause } = envelope;
  return { id, seq, kind, payload, cause, state, outcome, codes, at } as RecentOperation;
}
