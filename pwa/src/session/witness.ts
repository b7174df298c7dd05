/** Kept beside the database: if this remembers a device and the database does not, something was lost. */
import type { Witness } from "./enrolling.ts";

const NAME = "tallyman.device";

export const witness: Witness = {
  recall: () => globalThis.localStorage?.getItem(NAME) ?? null,
  keep: (device) => globalThis.localStorage?.setItem(NAME, device),
};
