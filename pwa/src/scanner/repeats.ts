/** One trigger pull can be read twice; the second reading is not a second gesture. */
import type { Way } from "./wedge.ts";

export interface Previous {
  readonly data: string;
  readonly at: number;
}

/** A whole scan, the time of its end and of its first character, and how it came. */
export interface Heard extends Previous {
  readonly from: number;
  readonly way: Way;
}

export const WEDGE_MS = 300;
export const CAMERA_MS = 1_500;

/** When a camera last saw each code: held before it for long, or beside another one, a code counts once. */
export type Sightings = ReadonlyMap<string, number>;

/** This code seen now, and whether that is a scan. */
export function sighted(
  before: Sightings,
  data: string,
  at: number,
): { readonly sightings: Sightings; readonly isNew: boolean } {
  const still = [...before].filter(([, seen]) => at - seen < CAMERA_MS);
  const isNew = !still.some(([code]) => code === data);
  return { sightings: new Map([...still, [data, at]]), isNew };
}

/** Whether this reading is only an echo of the one before. */
export function isEcho(
  previous: Previous | null,
  data: string,
  at: number,
  within: number,
): boolean {
  return previous !== null && previous.data === data && at - previous.at < within;
}

/**
 * Whether a scanner that sends keys and injects text says the same with its other voice. Keys take their time, so
 * it counts when they began; two pulls of a trigger come the same way.
 */
export function isSecondVoice(previous: Heard | null, now: Heard, within: number): boolean {
  const other = previous !== null && previous.way !== now.way && previous.data === now.data;
  return other && now.from - previous.at < within;
}
