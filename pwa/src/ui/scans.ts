/** Every scan, wherever it came from, goes to the screen on top. */
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Scan } from "../domain/operation.ts";
import type { Stroke } from "../scanner/wedge.ts";

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

const ears = new Set<(stroke: Stroke) => void>();

/** Everything a scanner sends, as it comes in. */
export function overhear(stroke: Stroke): void {
  for (const ear of ears) ear(stroke);
}

/** This screen also hears how the scanner speaks, not only what it says. */
export function useEars(ear: (stroke: Stroke) => void): void {
  const latest = useRef(ear);
  latest.current = ear;
  useLayoutEffect(() => {
    const mine = (stroke: Stroke): void => latest.current(stroke);
    ears.add(mine);
    return () => {
      ears.delete(mine);
    };
  }, []);
}
