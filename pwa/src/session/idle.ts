/** A handheld left lying about locks itself: whoever touches it next shows a badge. */
import type { Timing } from "../sync/cycle.ts";

export const IDLE_MS = 15 * 60_000;
/** Restarting gains nobody a quarter of an hour; being some seconds wrong costs nobody anything. */
const KEEP_EVERY_MS = 5_000;

/** When somebody last touched this device, in whatever tab and before whatever restart. */
export interface Hands {
  last(): number | null;
  keep(at: number): void;
  /** Called with every touch and every key, before any screen sees it. */
  felt(listen: () => void): () => void;
}

export class Idle {
  readonly #hands: Hands;
  readonly #wall: () => number;
  readonly #after: Timing["after"];
  readonly #lock: () => void;
  #last: number;
  #kept = 0;
  #cancel: () => void = () => undefined;

  constructor(hands: Hands, wall: () => number, after: Timing["after"], lock: () => void) {
    this.#hands = hands;
    this.#wall = wall;
    this.#after = after;
    this.#lock = lock;
    this.#last = hands.last() ?? wall();
  }

  /** From now on somebody is at work, or may be: locks at once if they left long ago. */
  watch(): void {
    this.#cancel();
    const left = this.#left();
    if (left <= 0) this.#lock();
    else this.#cancel = this.#after(left, () => this.watch());
  }

  /** A touch that comes too late does not open what should have been locked. */
  felt(): void {
    if (this.#left() <= 0) this.watch();
    this.worked();
  }

  /** Somebody proved who they are, or put work on record: a camera needs no touch. */
  worked(): void {
    this.#last = this.#wall();
    if (this.#last - this.#kept < KEEP_EVERY_MS) return;
    this.#kept = this.#last;
    this.#hands.keep(this.#last);
  }

  stop(): void {
    this.#cancel();
  }

  /** A clock that was set back must not make the pause longer than it is. */
  #left(): number {
    const now = this.#wall();
    const last = Math.min(Math.max(this.#last, this.#hands.last() ?? 0), now);
    return last + IDLE_MS - now;
  }
}
