/** The browser around the device: everything the core needs from it, so that it can run elsewhere. */

import { type Mint, newId } from "./domain/ids.ts";
import type { Witness } from "./session/enrolling.ts";
import { hands } from "./session/hands.ts";
import type { Hands } from "./session/idle.ts";
import { witness } from "./session/witness.ts";
import type { Clock } from "./sync/clock.ts";
import type { Timing } from "./sync/cycle.ts";
import { overFetch, type Wire } from "./sync/network.ts";

export interface Disk {
  /** Asks the browser to keep the data; false: it may be evicted, null: it cannot say. */
  persist(): Promise<boolean | null>;
  /** Share of the space that is used, 0–1. */
  used(): Promise<number | null>;
}

/** Other tabs of the same device. */
export interface Tabs {
  /** One sender at a time over all tabs. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  tell(): void;
  /** Called when another tab has changed what is on disk. */
  heard(listen: () => void): () => void;
}

export interface Surroundings {
  readonly database: string;
  readonly wire: Wire;
  readonly clock: Clock;
  readonly newId: Mint;
  readonly timing: Timing;
  readonly disk: Disk;
  readonly tabs: Tabs;
  readonly witness: Witness;
  readonly hands: Hands;
  /** Called when the network may be back, or the page is looked at again. */
  woken(listen: () => void): () => void;
}

const clock: Clock = {
  wall: () => Date.now(),
  mono: () => Math.round(performance.now()),
  boot: crypto.randomUUID?.() ?? newId(),
};

const timing: Timing = {
  after(ms, work) {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
  chance: () => Math.random(),
};

const disk: Disk = {
  persist: async () => (await navigator.storage?.persist?.()) ?? null,
  async used() {
    const estimate = await navigator.storage?.estimate?.();
    return estimate?.quota ? (estimate.usage ?? 0) / estimate.quota : null;
  },
};

function tabs(): Tabs {
  const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("tallyman");
  return {
    alone: (work) => (navigator.locks ? navigator.locks.request("tallyman-sync", work) : work()),
    tell: () => channel?.postMessage("changed"),
    heard(listen) {
      channel?.addEventListener("message", listen);
      return () => channel?.removeEventListener("message", listen);
    },
  };
}

function woken(listen: () => void): () => void {
  const seen = (): void => {
    if (document.visibilityState === "visible") listen();
  };
  window.addEventListener("online", listen);
  document.addEventListener("visibilitychange", seen);
  return () => {
    window.removeEventListener("online", listen);
    document.removeEventListener("visibilitychange", seen);
  };
}

export function browser(): Surroundings {
  return {
    database: "tallyman",
    wire: overFetch,
    clock,
    newId,
    timing,
    disk,
    tabs: tabs(),
    witness,
    hands,
    woken,
  };
}
