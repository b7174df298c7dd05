/** Touches and keys of this browser; kept beside the database, where all tabs find it at once. */
import type { Hands } from "./idle.ts";

const NAME = "tallyman.touched";
/** A scanner speaks in keys or puts text in; the camera ends in a touch or a gesture on record. */
const SIGNS = ["pointerdown", "keydown", "beforeinput", "paste", "wheel"] as const;

export const hands: Hands = {
  last() {
    const kept = Number(globalThis.localStorage?.getItem(NAME) ?? Number.NaN);
    return Number.isFinite(kept) && kept > 0 ? kept : null;
  },
  keep: (at) => globalThis.localStorage?.setItem(NAME, `${at}`),
  felt(listen) {
    const early = { capture: true, passive: true };
    for (const sign of SIGNS) window.addEventListener(sign, listen, early);
    return () => {
      for (const sign of SIGNS) window.removeEventListener(sign, listen, early);
    };
  },
};
