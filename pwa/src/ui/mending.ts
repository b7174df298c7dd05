/** Scans that come in two pieces, while somebody works: said, counted for the set-up page, and joined. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Device } from "../device.ts";
import type { Scan } from "../domain/operation.ts";
import type { Running, Shown } from "../flows/running.ts";
import { mend, SILENCE_MS, WHOLE } from "../scanner/mending.ts";
import { say } from "../words/text.ts";
import { scannerCuts, scannerProfile } from "./settings.ts";
import { sound } from "./tones.ts";

export interface Mender {
  /** Instead of the answer to the last whole scan. */
  readonly said: Shown | null;
  /** Passes a whole scan on: now, or when nothing more of it comes. */
  hears(scan: Scan): void;
}

export function useMender<S>(
  device: Device,
  running: Running<S>,
  onScan: (scan: Scan) => void,
): Mender {
  const mending = useRef(WHOLE);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const latest = useRef(onScan);
  latest.current = onScan;
  const [said, setSaid] = useState<Shown | null>(null);
  // It is said over this answer of the flow; the next one replaces it.
  const over = useRef<Shown | null>(null);
  useEffect(() => () => clearTimeout(timer.current), []);
  const pass = (scan: Scan): void => {
    setSaid(null);
    latest.current(scan);
  };
  const cut = (tone: "caution" | "wrong"): void => {
    scannerCuts.value += 1;
    sound(tone);
    over.current = running.shown.value;
    const words = say(tone === "wrong" ? "scanner.torn" : "scanner.two_pieces");
    setSaid({ tone, words, n: performance.now() });
  };
  return {
    said: over.current === running.shown.value ? said : null,
    hears: (scan) => {
      clearTimeout(timer.current);
      const heard = mend(mending.current, scan, performance.now(), {
        resolve: (one) => device.replica.resolve(one),
        aim: scannerProfile.value.aim,
      });
      mending.current = heard.mending;
      if (heard.as === "pass") {
        pass(scan);
        return;
      }
      cut(heard.as === "joined" ? "caution" : "wrong");
      const { whole } = heard.mending;
      if (whole) {
        timer.current = setTimeout(() => {
          mending.current = WHOLE;
          pass(whole);
        }, SILENCE_MS);
      }
    },
  };
}
