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

/** When a question was asked, on this device's clocks. */
export interface Asked {
  readonly wall_ms: number;
  readonly mono_ms: number;
}

/** Cristian's algorithm: the answer, just arrived, was written half a round trip ago. */
export function exchanged(
  clock: Clock,
  asked: Asked,
  serverTime: number | null,
): ClockReading | null {
  if (serverTime === null) return null;
  const rtt = Math.max(0, clock.mono() - asked.mono_ms);
  return {
    offset_ms: Math.round(serverTime - (asked.wall_ms + rtt / 2)),
    rtt_ms: Math.round(rtt),
    wall_ms: asked.wall_ms,
    mono_ms: asked.mono_ms,
    boot: clock.boot,
  };
}

/** Whether clocks must be exchanged before operations are sent: the offset would be stale. */
export function isStale(last: ClockReading | undefined, clock: Clock): boolean {
  if (last === undefined || last.boot !== clock.boot) return true;
  return clock.mono() - last.mono_ms > SILENCE_MS || clock.wall() - last.wall_ms > SILENCE_MS;
}
