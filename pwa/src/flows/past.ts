/** What a hand can take back, one tap a gesture. */
import type { AnyDraft, Kind } from "../domain/operation.ts";
import type { Gesture, Step } from "./flow.ts";

export interface Past<S> {
  readonly before: S;
  readonly operations: readonly string[];
  /** The sweep whose batches these are: they are one gesture. */
  readonly sweep?: string;
}

/** How many gestures can be taken back, one tap each. */
const DEPTH = 10;

/** Said for good: a finished sheet is recounted, a request is answered, a void stays. */
const FINAL: ReadonlySet<Kind> = new Set<Kind>([
  "counting.finish_bin",
  "operations.void",
  "picking.take_work",
  "picking.return_work",
]);

const isFinal = (record: readonly AnyDraft[]): boolean =>
  record.some((draft) => FINAL.has(draft.kind));

export function remembered<S>(
  past: ReadonlyArray<Past<S>>,
  before: S,
  step: Step<S>,
  operations: readonly string[],
  gesture: Gesture,
): ReadonlyArray<Past<S>> {
  if (isFinal(step.record ?? [])) {
    return [];
  }
  const byHand = gesture.type !== "changed" && gesture.type !== "answered";
  if (gesture.type === "swept") {
    return rememberedSweep(past, before, step, operations, gesture.sweep);
  }
  return operations.length > 0 || (byHand && step.state !== before)
    ? [...past, { before, operations }].slice(-DEPTH)
    : past;
}

/** All batches of one pull of the trigger are taken back with one tap. */
function rememberedSweep<S>(
  past: ReadonlyArray<Past<S>>,
  before: S,
  step: Step<S>,
  operations: readonly string[],
  sweep: string,
): ReadonlyArray<Past<S>> {
  const last = past.at(-1);
  if (last?.sweep === sweep) {
    const whole = { ...last, operations: [...last.operations, ...operations] };
    return [...past.slice(0, -1), whole];
  }
  return operations.length > 0 || step.state !== before
    ? [...past, { before, operations, sweep }].slice(-DEPTH)
    : past;
}
