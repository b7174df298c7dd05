/** Every scan, wherever it came from, goes to the screen on top. */
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Scan } from "../domain/operation.ts";

type Handler = (scan: Scan) => void;

const handlers: Handler[] = [];
let waiting: Scan | null = null;

export function deliver(scan: Scan): void {
  const handler = handlers.at(-1);
  if (handler) {
    handler(scan);
  } else {
    waiting = scan;
  }
}

/** Leave a scan for the screen that opens next: what was scanned at the door is not scanned twice. */
export function handOver(scan: Scan): void {
  waiting = scan;
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
    if (waiting) {
      const scan = waiting;
      waiting = null;
      queueMicrotask(() => mine(scan));
    }
    return () => {
      handlers.splice(handlers.indexOf(mine), 1);
    };
  }, []);
}
