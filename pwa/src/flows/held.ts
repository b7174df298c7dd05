/** Held goods, known offline: they are stopped before they are picked, and named with where to. */
import type { HoldRow } from "../domain/held-rows.ts";
import type { LocationRow } from "../domain/rows.ts";
import { say, type Text } from "../words/text.ts";
import type { World } from "./flow.ts";

type Known = Pick<World, "all">;

/** What goods in hand show of themselves. */
export interface Shown {
  readonly lot: string | null;
  readonly lpn: string | null;
  readonly serial: string | null;
}

export function holdOn(world: Known, { lot, lpn, serial }: Shown): HoldRow | undefined {
  const holds = world.all("hold");
  return holds.length === 0
    ? undefined
    : holds.find(({ covers }) =>
        [lot, lpn, serial].some((id) => id !== null && covers.includes(id)),
      );
}

/** Where held goods go: the first place that is kept for them. */
export const apart = (world: Known): LocationRow | null =>
  world
    .all("location")
    .filter(({ kind, blocked }) => kind === "quarantine" && !blocked)
    .toSorted((one, other) => one.code.localeCompare(other.code))[0] ?? null;

export function heldWords(hold: HoldRow, world: Known): Text {
  const place = apart(world);
  const label = short(hold.label ?? "");
  return place ? say("held.take_to", { label, code: place.code }) : say("held.leave", { label });
}

/** Enough of a long number to tell it from its neighbours. */
export const short = (code: string): string => (code.length > 8 ? `…${code.slice(-6)}` : code);
