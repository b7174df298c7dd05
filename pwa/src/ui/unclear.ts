/** A code that says too little here: two meanings, or none. The flow waits where it was. */
import { type StateUpdater, useState } from "preact/hooks";
import type { Device } from "../device.ts";
import type { Named, Resolved } from "../domain/resolved.ts";
import { type Action, type Flow, usable } from "../flows/flow.ts";
import type { Running } from "../flows/running.ts";
import type { View } from "../flows/view.ts";
import { say } from "../words/text.ts";
import { sound } from "./tones.ts";

export type Unknown = Extract<Resolved, { type: "unknown" }> & { readonly named: Named };

export type Unclear =
  | { readonly type: "unknown"; readonly unknown: Unknown; readonly asking: boolean }
  | { readonly type: "which"; readonly readings: readonly Resolved[] };

export interface Clearing {
  readonly unclear: Unclear | null;
  /** The flow's view, with the button that asks what an unknown code is. */
  drawn(view: View): View;
  /** True where the scan must be cleared first. */
  holds(resolved: Resolved): boolean;
  press(action: Action): boolean;
  /** One of the meanings, or the same scan again once somebody has said what it is. */
  clear(resolved: Resolved): void;
  leave(): void;
}

/** Who may say what a code stands for; the server holds to it. */
const NAMERS: readonly string[] = ["receiver", "supervisor", "planner", "admin"];

export function useClearing<S>(device: Device, flow: Flow<S>, running: Running<S>): Clearing {
  const [unclear, setUnclear] = useState<Unclear | null>(null);
  const may = device.person.value?.roles.some((role) => NAMERS.includes(role)) ?? false;
  const stopped = ["wrong", "caution"].includes(running.shown.value?.tone ?? "");
  const asks = may && stopped && unclear?.type === "unknown" && !unclear.asking;
  return {
    unclear,
    drawn: (view) =>
      asks
        ? { ...view, actions: [{ ...WHAT, words: say("map.what") }, ...(view.actions ?? [])] }
        : view,
    holds: (resolved) => held(resolved, flow, running.state.value, setUnclear),
    press: (action) => {
      if (action !== "name_it") return false;
      if (asks) setUnclear({ ...unclear, asking: true });
      return true;
    },
    clear: (resolved) => {
      setUnclear(null);
      void running.take({ type: "scanned", resolved });
    },
    leave: () => setUnclear(null),
  };
}

const WHAT = { action: "name_it", icon: "help" } as const;

function held<S>(
  resolved: Resolved,
  flow: Flow<S>,
  state: S,
  set: (value: StateUpdater<Unclear | null>) => void,
): boolean {
  const readings = usable(resolved, flow.expects(state));
  if (readings.length > 1) {
    sound("caution");
    set({ type: "which", readings });
    return true;
  }
  const named = resolved.type === "unknown" ? resolved.named : undefined;
  set(
    resolved.type === "unknown" && named
      ? { type: "unknown", unknown: { ...resolved, named }, asking: false }
      : null,
  );
  return false;
}
