/** The service worker from the page's side: a new version waits until a screen says that no task is open. */
import { signal } from "@preact/signals";
import type { Update } from "../device.ts";

const ready = signal(false);
let known: ServiceWorkerRegistration | null = null;
let taken = false; // by another tab, or late: this page is older than the worker behind it

/** A worker takes over once the one before has nothing in hand, and one that hangs has for minutes. */
const TAKE_OVER_MS = 10_000;

function offer(registration: ServiceWorkerRegistration): void {
  // Without a controller this is the first visit: nothing is replaced.
  const next = registration.waiting !== null && navigator.serviceWorker.controller !== null;
  ready.value = taken || next;
}

export const workerUpdate: Update = {
  ready,
  apply() {
    const next = known?.waiting;
    if (!next) return location.reload();
    const again = () => location.reload(); // what the old one had in hand ends with its pages
    navigator.serviceWorker.addEventListener("controllerchange", again, { once: true });
    setTimeout(again, TAKE_OVER_MS);
    next.postMessage("take over");
  },
  look() {
    void known?.update().catch(() => undefined);
  },
};

function follow(registration: ServiceWorkerRegistration): void {
  registration.installing?.addEventListener("statechange", () => offer(registration));
}

const HOUR_MS = 3600 * 1000;

/** Does nothing where there are no workers: plain HTTP, tests, the development server. */
export async function registerWorker(): Promise<void> {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  if (navigator.serviceWorker.controller !== null) {
    navigator.serviceWorker.addEventListener("controllerchange", () => {
      taken = ready.value = true;
    });
  }
  const registration = await navigator.serviceWorker.register("/sw.js");
  known = registration;
  registration.addEventListener("updatefound", () => follow(registration));
  // The page's own loading starts a look for updates, which may be under way or over by now.
  follow(registration);
  offer(registration);
  setInterval(() => void registration.update().catch(() => undefined), HOUR_MS);
}
