/** Time as the device has it, and how far the server's is away. */
import type { ClockReading } from "../storage.ts";

export interface Clock {
  /** Milliseconds since 1970, as set on this device. */
  wall(): number;
  /** Milliseconds since this page started; never jumps, may stand still in sleep. */
  mono(): number;
  /** The page start `mono` counts from. */
  readonly boot: string;
}

export const SILENCE_MS = 60_000;

/** One question and its answer, timed on this device. */
export interface Exchange {
  readonly wall_ms: number;
  readonly mono_ms: number;
  readonly answered_mono_ms: number;
  readonly server_time_ms: number;
  readonly boot: string;
}

/** Cristian's algorithm: the answer was written half a round trip ago. */
export function reading(exchange: Exchange): ClockReading {
  const rtt = Math.max(0, exchange.answered_mono_ms - exchange.mono_ms);
  return {
    offset_ms: Math.round(exchange.server_time_ms - (exchange.wall_ms + rtt / 2)),
    rtt_ms: Math.round(rtt),
    wall_ms: exchange.wall_ms,
    mono_ms: exchange.mono_ms,
    boot: exchange.boot,
  };
}

/** Whether clocks must be exchanged before operations are sent: the offset would be stale. */
export function isStale(last: ClockReading | undefined, clock: Clock): boolean {
  if (last === undefined || last.boot !== clock.boot) return true;
  return clock.mono() - last.mono_ms > SILENCE_MS || clock.wall() - last.wall_ms > SILENCE_MS;
}
