/** The service worker from the page's side: a new version waits until a screen says that no task is open. */
import { signal } from "@preact/signals";
import type { Update } from "../device.ts";

const ready = signal(false);
let waiting: ServiceWorker | null = null;
let known: ServiceWorkerRegistration | null = null;

function offer(registration: ServiceWorkerRegistration): void {
  waiting = registration.waiting;
  // Without a controller this is the first visit: nothing is replaced.
  ready.value = waiting !== null && navigator.serviceWorker.controller !== null;
}

export const workerUpdate: Update = {
  ready,
  apply() {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), {
      once: true,
    });
    waiting?.postMessage("take over");
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
  const registration = await navigator.serviceWorker.register("/sw.js");
  known = registration;
  registration.addEventListener("updatefound", () => follow(registration));
  // The page's own loading starts a look for updates, which may be under way or over by now.
  follow(registration);
  offer(registration);
  setInterval(() => void registration.update().catch(() => undefined), HOUR_MS);
}
