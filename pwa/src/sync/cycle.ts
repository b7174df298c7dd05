/** When to talk to the server: at once after work, soon after failures, regularly when idle; one at a time. */
import { pause } from "./backoff.ts";

export type AttemptEnd =
  | { readonly type: "done" }
  | { readonly type: "failed"; readonly retryAfter: number | null };

export interface Timing {
  after(ms: number, work: () => void): () => void;
  chance(): number;
}

const IDLE_MS = 20_000;

export class Cycle {
  readonly #attempt: () => Promise<AttemptEnd>;
  readonly #timing: Timing;
  #failures = 0;
  #running: Promise<void> | null = null;
  #again = false;
  #stopped = true;
  #cancel: () => void = () => undefined;

  constructor(attempt: () => Promise<AttemptEnd>, timing: Timing) {
    this.#attempt = attempt;
    this.#timing = timing;
  }

  start(): void {
    this.#stopped = false;
    this.wake();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel();
  }

  /** There is something to send; while the server cannot be reached the back-off decides. */
  nudge(): void {
    if (this.#failures === 0) this.wake();
  }

  /** The network may be back: the back-off starts over. */
  wake(): void {
    if (this.#stopped) return;
    if (this.#running) this.#again = true;
    else void this.now();
  }

  /** One full attempt that began after the call. */
  async now(): Promise<void> {
    // Checked again after each wait, and not waiting when free: two callers must not both start.
    while (this.#running) await this.#running;
    this.#cancel();
    this.#running = this.#run();
    await this.#running;
  }

  /** When nothing is under way any more. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #run(): Promise<void> {
    this.#again = false;
    const end = await this.#attempt();
    this.#failures = end.type === "done" ? 0 : this.#failures + 1;
    this.#running = null;
    if (this.#stopped) return;
    const wait = end.type === "done" ? IDLE_MS : this.#pause(end.retryAfter);
    this.#cancel = this.#timing.after(this.#again && end.type === "done" ? 0 : wait, () =>
      this.wake(),
    );
  }

  #pause(retryAfter: number | null): number {
    return Math.max(retryAfter ?? 0, pause(this.#failures, this.#timing.chance()));
  }
}
