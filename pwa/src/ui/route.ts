/** Which screen is open: the part of the address behind `#/`. */
import { signal } from "@preact/signals";

export const FLOWS = ["receive", "putaway", "pick", "ship", "count", "move", "lookup"] as const;
export type FlowName = (typeof FLOWS)[number];
export const SCREENS = [
  "home",
  ...FLOWS,
  "queue",
  "enrol",
  "todo",
  "settings",
  "scanner",
  "office",
] as const;
export type Screen = (typeof SCREENS)[number];

const read = (): Screen => {
  const [, name] = location.hash.split("/");
  return SCREENS.find((screen) => screen === name) ?? "home";
};

export const screen = signal<Screen>(read());

/** A badge was scanned while somebody else works here. */
export const handing = signal(false);

export function open(name: Screen): void {
  location.hash = name === "home" ? "#/" : `#/${name}`;
  screen.value = name;
}

export function startRouting(): void {
  addEventListener("hashchange", () => {
    screen.value = read();
  });
}
