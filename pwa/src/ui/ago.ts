/** How long ago, in the largest unit that fits. */
import { signal } from "@preact/signals";
import { say, type Text } from "../words/text.ts";

const MINUTE = 60_000;

/** Moves on by itself, so that ages on the screen do. */
export const now = signal(Date.now());

export function startClock(): void {
  setInterval(() => {
    now.value = Date.now();
  }, 10_000);
}

export function ago(at: number, until: number): Text {
  const minutes = Math.floor((until - at) / MINUTE);
  if (minutes < 1) {
    return say("time.now");
  }
  if (minutes < 60) {
    return say("time.minutes", { n: minutes });
  }
  const hours = Math.floor(minutes / 60);
  return hours < 48
    ? say("time.hours", { n: hours })
    : say("time.days", { n: Math.floor(hours / 24) });
}
