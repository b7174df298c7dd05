/** Find a thing by how strongly its tag is heard. */
import type { Resolved } from "../../domain/resolved.ts";
import { say } from "../../words/text.ts";
import type { Step } from "../flow.ts";
import type { Swept, SweptGesture } from "../sweep/swept.ts";

export interface Finding {
  readonly at: "find";
  readonly what: Resolved;
  /** Of 100; null before it was heard, or where the sled tells no strength. */
  readonly near: number | null;
  /** The pull in which it was heard last. */
  readonly heard: string | null;
}

export const looking = (what: Resolved): Finding => ({
  at: "find",
  what,
  near: null,
  heard: null,
});

export const hasTag = (what: Resolved): boolean => what.type === "item" || what.type === "lpn";

/** The very piece where a serial is known, else any of such goods. */
const isWanted =
  (what: Resolved) =>
  ({ resolved }: Swept): boolean => {
    if (what.type === "lpn") {
      return resolved.type === "lpn" && resolved.lpn === what.lpn;
    }
    return (
      what.type === "item" &&
      resolved.type === "item" &&
      resolved.item.id === what.item.id &&
      (what.serial === null || resolved.serial === what.serial)
    );
  };

/** dBm at arm's length, and at the end of what a sled hears. */
const NEAREST = -35;
const FARTHEST = -80;

export const nearness = (rssi: number): number =>
  Math.round(Math.max(0, Math.min(1, (rssi - FARTHEST) / (NEAREST - FARTHEST))) * 100);

export function found(state: Finding, { tags, sweep, over }: SweptGesture): Step<Finding> {
  const heard = tags.filter(isWanted(state.what));
  if (heard.length === 0) {
    return over && state.heard !== sweep
      ? {
          state: { ...state, near: null },
          feedback: { tone: "step", words: say("sweep.not_heard") },
        }
      : { state };
  }
  const told = heard.flatMap(({ rssi }) => rssi ?? []);
  if (told.length === 0) {
    return {
      state: { ...state, near: null, heard: sweep },
      feedback: { tone: "step", words: say("sweep.heard") },
    };
  }
  const near = nearness(Math.max(...told));
  return {
    state: { ...state, near, heard: sweep },
    feedback: { tone: "step", words: say("sweep.near", { percent: near }), near },
  };
}
