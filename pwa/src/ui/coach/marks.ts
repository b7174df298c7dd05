/** Which marks a person has seen on this device. */
import { signal } from "@preact/signals";

export const MARKS = 3;
const KEPT = "tallyman.coach";

function remembered(): readonly string[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEPT) ?? "[]");
    return Array.isArray(found) ? found.filter((one) => typeof one === "string") : [];
  } catch {
    return [];
  }
}

const done = signal<readonly string[] | null>(null);

const seen = (): readonly string[] => {
  done.value ??= remembered();
  return done.value;
};

export const wasCoached = (person: string, flow: string): boolean =>
  seen().includes(`${person}/${flow}`);

export function coached(person: string, flow: string): void {
  if (wasCoached(person, flow)) return;
  done.value = [...seen(), `${person}/${flow}`];
  try {
    localStorage.setItem(KEPT, JSON.stringify(done.value));
  } catch {
    // A full disk must not stop a scan; the marks are shown once more another time.
  }
}
