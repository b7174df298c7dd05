/** Whose door is whose. */
import type { Screen } from "./route.ts";

export type Door = Exclude<Screen, "home" | "queue" | "enrol" | "scanner">;

const ANYONE: readonly string[] = [];

/** Whose work it is; a fact by somebody else is kept, but flagged. */
const ROLES: ReadonlyArray<readonly [Door, readonly string[]]> = [
  ["receive", ["receiver", "supervisor"]],
  ["putaway", ["receiver", "picker", "supervisor"]],
  ["pick", ["picker", "supervisor"]],
  ["ship", ["packer", "picker", "supervisor"]],
  ["count", ["counter", "supervisor"]],
  ["move", ["receiver", "picker", "packer", "supervisor"]],
  ["lookup", ANYONE],
  ["todo", ANYONE],
  ["settings", ANYONE],
  ["office", ["supervisor", "planner", "admin"]],
];

export const doorsOf = (roles: readonly string[]): readonly Door[] =>
  ROLES.filter(([, may]) => may === ANYONE || may.some((role) => roles.includes(role))).map(
    ([door]) => door,
  );
