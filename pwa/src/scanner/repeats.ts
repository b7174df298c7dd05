/** One trigger pull can be read twice; the second reading is not a second gesture. */

export interface Previous {
  readonly data: string;
  readonly at: number;
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
