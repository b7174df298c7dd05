/** How this screen looks to the one who holds it; kept on the device, the same after a reload. */
import { effect, type Signal, signal } from "@preact/signals";
import { PLAIN, profileFrom, type ScannerProfile } from "../scanner/profile.ts";
import { type Language, language } from "../words/text.ts";

export const THEMES = ["light", "dark", "sunlight"] as const;
export type Theme = (typeof THEMES)[number];
export const HANDS = ["left", "right"] as const;
export type Hand = (typeof HANDS)[number];
/** After a scan the camera closes, or stays for the next one. */
export const LENSES = ["once", "open"] as const;
export type Lens = (typeof LENSES)[number];
export const TONGUES: readonly Language[] = ["en", "es"];

export const theme = signal<Theme>("light");
export const hand = signal<Hand>("right");
export const lens = signal<Lens>("once");
/** How the scanner of this device speaks. */
export const scannerProfile = signal<ScannerProfile>(PLAIN);
/** How often it has sent a code in pieces since it was set up. */
export const scannerCuts = signal(0);

function remembered<T extends string>(name: string, allowed: readonly T[], into: Signal<T>): void {
  const key = `tallyman.${name}`;
  const found = allowed.find((value) => value === localStorage.getItem(key));
  if (found) {
    into.value = found;
  }
  effect(() => localStorage.setItem(key, into.value));
}

function rememberedProfile(): void {
  const key = "tallyman.scanner";
  try {
    scannerProfile.value = profileFrom(JSON.parse(localStorage.getItem(key) ?? "null"));
  } catch {
    // Not ours, or torn: as if nothing had been found out yet.
  }
  effect(() => localStorage.setItem(key, JSON.stringify(scannerProfile.value)));
}

function rememberedCuts(): void {
  const key = "tallyman.scanner_cuts";
  const count = Number(localStorage.getItem(key) ?? "0");
  scannerCuts.value = Number.isSafeInteger(count) && count > 0 ? count : 0;
  effect(() => localStorage.setItem(key, `${scannerCuts.value}`));
}

/** Apply what was chosen before, and follow what is chosen now. */
export function startSettings(): void {
  language.value = navigator.language.startsWith("es") ? "es" : "en";
  theme.value = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  remembered("theme", THEMES, theme);
  remembered("hand", HANDS, hand);
  remembered("lens", LENSES, lens);
  remembered("language", TONGUES, language);
  rememberedProfile();
  rememberedCuts();
  effect(() => {
    document.documentElement.dataset.theme = theme.value;
    document.documentElement.dataset.hand = hand.value;
    document.documentElement.lang = language.value;
  });
}
