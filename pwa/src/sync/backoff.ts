const FIRST_MS = 1_000;
const LONGEST_MS = 60_000;

/** Full jitter (1 → 60 s): anywhere up to the doubled bound, so that a floor does not come back at once. */
export function pause(failures: number, chance: number): number {
  const bound = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, failures - 1));
  return Math.round(chance * bound);
}
