/** Every scan, wherever it came from, goes to the screen on top. */
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Scan } from "../domain/operation.ts";

type Handler = (scan: Scan) => void;

const handlers: Handler[] = [];
/** For the screen that opens next, oldest first. */
let left: readonly Scan[] = [];

export function deliver(scan: Scan): void {
  const handler = handlers.at(-1);
  // Whoever left a scan for the next screen is about to close: what follows belongs there too.
  if (handler && left.length === 0) {
    handler(scan);
  } else {
    left = [...left, scan];
  }
}

/** Leave a scan for the screen that opens next: what was scanned at the door is not scanned twice. */
export function handOver(scan: Scan): void {
  left = [...left, scan];
}

/** One by one, so that the first may open yet another screen. */
function deliverLeft(): void {
  const scans = left;
  left = [];
  scans.forEach(deliver);
}

/**
 * This screen takes the scans while it is the top one. A layout effect, because an effect after
 * the paint may come when the screen is gone already: a quick tap would leave its handler on top.
 */
export function useScan(handler: Handler): void {
  const latest = useRef(handler);
  latest.current = handler;
  useLayoutEffect(() => {
    const mine: Handler = (scan) => latest.current(scan);
    handlers.push(mine);
    if (left.length > 0) {
      queueMicrotask(deliverLeft);
    }
    return () => {
      handlers.splice(handlers.indexOf(mine), 1);
    };
  }, []);
}
