/** One trigger pull can be read twice; the second reading is not a second gesture. */

export interface Previous {
  readonly data: string;
  readonly at: number;
}

export const WEDGE_MS = 300;
export const CAMERA_MS = 1_500;

/** Whether this reading is only an echo of the one before. */
export function isEcho(
  previous: Previous | null,
  data: string,
  at: number,
  within: number,
): boolean {
  return previous !== null && previous.data === data && at - previous.at < within;
}
