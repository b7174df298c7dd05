/** Reason codes as one-tap answers. */
import type { ReasonKind } from "../domain/rows.ts";
import type { World } from "./flow.ts";
import type { Choice } from "./view.ts";

export const reasons = (kind: ReasonKind, world: World): Choice[] =>
  world
    .all("reason")
    .filter((reason) => reason.kind === kind)
    .map((reason) => ({ key: reason.id, text: { words: reason.label } }));
