/** Walks a flow gesture by gesture and keeps what it recorded. */
import type { AnyDraft, Kind, Payloads } from "../../domain/operation.ts";
import type { Resolved } from "../../domain/resolved.ts";
import type { Action, Flow, Gesture, Reply, Step, World } from "../flow.ts";

export interface Walk<S> {
  readonly state: S;
  readonly last: Step<S>;
  readonly recorded: readonly AnyDraft[];
  scan(resolved: Resolved): Walk<S>;
  key(value: number): Walk<S>;
  type(text: string): Walk<S>;
  choose(key: string): Walk<S>;
  press(action: Action): Walk<S>;
  answer(reply: Reply): Walk<S>;
  changed(): Walk<S>;
}

export function walk<S>(flow: Flow<S>, world: World, from?: S): Walk<S> {
  const state = from ?? flow.start(world);
  return at(flow, world, { state }, []);
}

function at<S>(flow: Flow<S>, world: World, last: Step<S>, recorded: readonly AnyDraft[]): Walk<S> {
  const take = (gesture: Gesture): Walk<S> => {
    const step = flow.next(last.state, gesture, world);
    return at(flow, world, step, [...recorded, ...(step.record ?? [])]);
  };
  return {
    state: last.state,
    last,
    recorded,
    scan: (resolved) => take({ type: "scanned", resolved }),
    key: (value) => take({ type: "keyed", value }),
    type: (text) => take({ type: "typed", text }),
    choose: (key) => take({ type: "chosen", key }),
    press: (action) => take({ type: "pressed", action }),
    answer: (reply) => take({ type: "answered", reply }),
    changed: () => take({ type: "changed" }),
  };
}

/** The payload of the n-th record, which must be of this kind. */
export function payload<K extends Kind>(
  records: readonly AnyDraft[],
  kind: K,
  index = -1,
): Payloads[K] {
  const draft = records.at(index);
  if (draft?.kind !== kind) {
    throw new Error(`recorded ${draft?.kind ?? "nothing"}, not ${kind}`);
  }
  return draft.payload as Payloads[K];
}
