/** Tags while the trigger is held: each counted once, handed on in batches, ended by silence. */
import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Resolved } from "../../domain/resolved.ts";
import type { Tag } from "../../domain/tag.ts";
import type { Sweeping, Swept, SweptGesture } from "./swept.ts";

export interface Ear {
  /** Milliseconds that only go forward. */
  now(): number;
  after(ms: number, then: () => void): () => void;
  newId(): string;
  resolve(epc: string): Resolved;
  /** Resolves when what the flow made of it is on disk. */
  take(gesture: SweptGesture): Promise<void>;
  /** So many tags in this sweep that were not there before. */
  rise(unique: number): void;
}

/** Soon enough to be seen, rare enough that a burst is a few writes. */
const BATCH_MS = 200;
const FIRST_MS = 60;
/** Nothing heard for so long: the trigger was let go. */
export const SILENCE_MS = 600;
/** At most so many tags a write, so that the screen is drawn in between. */
export const MOST = 50;
const RATE_MS = 1_000;

interface Open {
  readonly id: string;
  readonly mode: Sweeping;
  readonly tags: Map<string, Swept>;
  /** Heard and not yet handed on; the strongest reading of each. */
  waiting: Map<string, number | null>;
  last: number;
  reads: number;
  told: number;
  /** When so many reads were counted, for the rate. */
  marks: readonly (readonly [at: number, reads: number])[];
}

/** What the screen shows of a sweep. */
export interface Live {
  readonly unique: number;
  /** Reads a second. */
  readonly rate: number;
  readonly running: boolean;
}

export class Gathering {
  readonly #ear: Ear;
  readonly #live: Signal<Live | null> = signal(null);
  #open: Open | null = null;
  #stop: () => void = () => undefined;

  constructor(ear: Ear) {
    this.#ear = ear;
  }

  get live(): ReadonlySignal<Live | null> {
    return this.#live;
  }

  hear({ epc, rssi }: Tag, mode: Sweeping): void {
    const open = this.#open ?? this.#begin(mode);
    open.last = this.#ear.now();
    open.reads += 1;
    if (open.tags.has(epc) && open.mode !== "again") {
      return;
    }
    const before = open.waiting.get(epc) ?? null;
    open.waiting.set(epc, before === null ? rssi : rssi === null ? before : Math.max(before, rssi));
  }

  /** The trigger is let go, or something else was scanned: nothing of it comes later. */
  end(): void {
    const open = this.#open;
    if (!open) {
      return;
    }
    while (open.waiting.size > 0) {
      void this.#hand(open);
    }
    this.#close(open);
  }

  /** The screen is gone: what is not yet noted was not shown as noted. */
  stop(): void {
    this.#stop();
    this.#open = null;
  }

  #begin(mode: Sweeping): Open {
    const now = this.#ear.now();
    const open: Open = {
      id: this.#ear.newId(),
      mode,
      tags: new Map(),
      waiting: new Map(),
      last: now,
      reads: 0,
      told: 0,
      marks: [[now, 0]],
    };
    this.#open = open;
    this.#later(open, FIRST_MS);
    return open;
  }

  #later(open: Open, ms: number): void {
    this.#stop = this.#ear.after(ms, () => void this.#tick(open));
  }

  /** The next batch waits for the disk: a burst becomes fewer, larger writes, never a heap of them. */
  async #tick(open: Open): Promise<void> {
    await this.#hand(open);
    if (this.#open !== open) {
      return;
    }
    this.#show(open, true);
    if (open.waiting.size > 0) {
      this.#later(open, 0);
    } else if (this.#ear.now() - open.last >= SILENCE_MS) {
      this.#close(open);
    } else {
      this.#later(open, BATCH_MS);
    }
  }

  /** Resolves a batch; in a sweep that is judged as a whole it is only kept. */
  #hand(open: Open): Promise<void> {
    const heard = [...open.waiting].slice(0, MOST);
    const batch = heard.map(([epc, rssi]): Swept => {
      open.waiting.delete(epc);
      const tag = { epc, rssi, resolved: open.tags.get(epc)?.resolved ?? this.#ear.resolve(epc) };
      open.tags.set(epc, tag);
      return tag;
    });
    return batch.length === 0 || open.mode === "whole"
      ? Promise.resolve()
      : this.#ear.take({ type: "swept", sweep: open.id, tags: batch, over: false });
  }

  #close(open: Open): void {
    this.#stop();
    this.#open = null;
    this.#show(open, false);
    const tags = open.mode === "whole" ? [...open.tags.values()] : [];
    void this.#ear.take({ type: "swept", sweep: open.id, tags, over: true });
  }

  #show(open: Open, running: boolean): void {
    const now = this.#ear.now();
    const unique = open.tags.size;
    open.marks = [...open.marks.filter(([at]) => now - at < RATE_MS), [now, open.reads]];
    const [since, before] = open.marks[0] ?? [now, 0];
    const rate = now > since ? Math.round(((open.reads - before) * 1_000) / (now - since)) : 0;
    if (unique > open.told && open.mode !== "again") {
      open.told = unique;
      this.#ear.rise(unique);
    }
    this.#live.value = { unique, rate: running ? rate : 0, running };
  }
}
