/** What a browser may lack, each with what its absence costs; nothing here stops work. */

export const LACKS = [
  "worker",
  "persist",
  "locks",
  "tabs",
  "wake",
  "vibration",
  "random",
  "opfs",
] as const;
export type Lack = (typeof LACKS)[number];

/** Asked of the browser each time: a page served otherwise has other rights. */
const THERE: Readonly<Record<Lack, (persisted: boolean | null) => boolean>> = {
  worker: () => "serviceWorker" in navigator,
  persist: (persisted) => persisted === true,
  locks: () => "locks" in navigator,
  tabs: () => "BroadcastChannel" in globalThis,
  wake: () => "wakeLock" in navigator,
  vibration: () => "vibrate" in navigator,
  random: () => "randomUUID" in crypto,
  opfs: () => typeof navigator.storage?.getDirectory === "function",
};

export const lacking = (persisted: boolean | null): readonly Lack[] =>
  LACKS.filter((lack) => !THERE[lack](persisted));
