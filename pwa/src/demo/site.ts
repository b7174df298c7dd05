/** Whether this is the demo site: the server says so, and a handheld remembers it for times without network. */
import { signal } from "@preact/signals";
import type { ComponentType } from "preact";

export const DEMO_DOORS = ["receive", "putaway", "pick", "count"] as const;
export type DemoDoor = (typeof DEMO_DOORS)[number];

export interface Part {
  readonly door: DemoDoor;
  readonly badge: string;
  readonly name: string;
}

export interface DemoSite {
  readonly site: string;
  readonly pin: string;
  readonly doors: readonly Part[];
}

export interface DemoScreens {
  readonly about: DemoSite;
  readonly Doors: ComponentType;
  readonly Panel: ComponentType;
}

/** Null everywhere but on a demo site: then there are no such screens. */
export const demo = signal<DemoScreens | null>(null);
/** Somebody wants to enrol or sign in as on a real site. */
export const inEarnest = signal(false);
