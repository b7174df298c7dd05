/** Reason codes as one-tap answers, always in the same order: hands remember where they are. */
import type { ReasonKind } from "../domain/rows.ts";
import type { World } from "./flow.ts";
import type { Choice } from "./view.ts";

export const reasons = (kind: ReasonKind, world: World): Choice[] =>
  world
    .all("reason")
    .filter((reason) => reason.kind === kind)
    .toSorted((one, other) => one.code.localeCompare(other.code))
    .map((reason) => ({ key: reason.id, text: { words: reason.label } }));
