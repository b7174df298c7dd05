/** Keeps the app on the device; /api is never touched, and a new version waits until it is told to take over. */
declare const self: ServiceWorkerGlobalScope;

const CACHE = "tallyman-__BUILD__";
const FILES = "__PRECACHE__" as unknown as readonly string[];

async function keep(): Promise<void> {
  const cache = await caches.open(CACHE);
  // "reload": an HTTP cache must not hand an old file to a new version.
  await cache.addAll(FILES.map((file) => new Request(file, { cache: "reload" })));
}

async function dropOlder(): Promise<void> {
  const names = await caches.keys();
  const older = names.filter((name) => name.startsWith("tallyman-") && name !== CACHE);
  await Promise.all(older.map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** Whoever waits for an answer of the network holds up the next version; a file may be long in coming. */
const PATIENCE_MS = 30_000;

async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request, { ignoreSearch: true });
  const shell = kept === undefined && request.mode === "navigate";
  return kept ?? (shell ? await cache.match("/index.html") : undefined) ?? fetched(request);
}

function fetched(request: Request): Promise<Response> {
  const patience = new AbortController();
  setTimeout(() => patience.abort(), PATIENCE_MS);
  return fetch(request, { signal: patience.signal });
}

self.addEventListener("install", (event) => event.waitUntil(keep()));
self.addEventListener("activate", (event) => event.waitUntil(dropOlder()));
self.addEventListener("message", (event) => {
  if (event.data === "take over") event.waitUntil(self.skipWaiting());
});
self.addEventListener("fetch", (event) => {
  const { origin, pathname } = new URL(event.request.url);
  const shell =
    event.request.mode === "navigate" && !/^\/(?:api|demo|health|metrics)(?:\/|$)/.test(pathname);
  const ours = origin === self.location.origin && (shell || FILES.includes(pathname));
  if (ours && event.request.method === "GET") event.respondWith(answer(event.request));
});

export {};
