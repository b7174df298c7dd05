/** Everything a hand can do on the screen of a flow, whichever way it does it. */
import { useState } from "preact/hooks";
import type { Device } from "../device.ts";
import type { Scan } from "../domain/operation.ts";
import type { Resolved } from "../domain/resolved.ts";
import { ACTIONS, type Action, type Gesture } from "../flows/flow.ts";
import type { Turns } from "../flows/running.ts";
import type { Pad } from "../flows/view.ts";
import type { Tool } from "./bar.tsx";
import { borrowed, worthAsking } from "./borrowing.ts";
import { confirmed, EMPTY, type Entry } from "./pad-entry.ts";
import { open } from "./route.ts";
import { handOver } from "./scans.ts";
import { lens } from "./settings.ts";
import type { SheetName } from "./sheet.tsx";

export interface Hands {
  readonly sheet: SheetName | null;
  /** What hardware keys typed into the open pad. */
  readonly entry: Entry;
  show(sheet: SheetName | null): void;
  /** A gesture closes whatever is open, but a camera that is to stay. */
  done(): void;
  type(entry: Entry): void;
  keyed(value: number): void;
  typed(text: string): void;
  press(action: Action): void;
  choose(key: string): void;
  tool(tool: Tool): void;
}

/** `divert` takes a choice away from the flow, e.g. to open another one; `also` an action. */
export function useHands(
  running: Turns,
  divert: (key: string) => boolean,
  also: (action: Action) => boolean,
): Hands {
  const [sheet, setSheet] = useState<SheetName | null>(null);
  const [entry, setEntry] = useState<Entry>(EMPTY);
  const show = (name: SheetName | null): void => {
    setEntry(EMPTY);
    setSheet(name);
  };
  const done = (): void => {
    if (sheet !== "camera" || lens.value === "once") {
      show(null);
    }
  };
  const take = (gesture: Gesture): void => {
    done();
    void running.take(gesture);
  };
  return {
    sheet,
    entry,
    show,
    done,
    type: setEntry,
    keyed: (value) => take({ type: "keyed", value }),
    typed: (text) => take({ type: "typed", text }),
    press: (action) => (also(action) ? done() : take({ type: "pressed", action })),
    choose: (key) => (divert(key) ? done() : take({ type: "chosen", key })),
    tool: (name) => {
      if (name === "undo") {
        void running.undo();
      } else {
        show(sheet === name ? null : name);
      }
    },
  };
}

/** A command barcode does what its button does. */
function command(spoken: string, hands: Hands): void {
  const name = spoken.toLowerCase().replaceAll("-", "_");
  const action = ACTIONS.find((known) => known === name);
  if (action) {
    hands.press(action);
  } else if (name === "undo") {
    hands.tool("undo");
  } else if (name === "home") {
    open("home");
  } else if (name === "quantity" || name === "code" || name === "camera" || name === "more") {
    hands.show(name);
  }
}

/** A scan closes what is open; a badge hands the scanner over. */
export function scanned(
  scan: Scan,
  device: Device,
  running: Turns,
  hands: Hands,
  holds: (resolved: Resolved) => boolean,
): void {
  hands.done();
  const resolved = device.replica.resolve(scan);
  if (resolved.type === "command") {
    command(resolved.command, hands);
  } else if (resolved.type === "person") {
    handOver(scan);
    open("home");
  } else if (worthAsking(resolved, device)) {
    void borrowed(scan, device).then((meant) => taken(meant, running, holds));
  } else {
    taken(resolved, running, holds);
  }
}

function taken(resolved: Resolved, running: Turns, holds: (resolved: Resolved) => boolean): void {
  if (!holds(resolved)) void running.take({ type: "scanned", resolved });
}

/** Keys and Enter on a hardware keyboard fill the pad that is open; true when they did. */
export function intoPad({ data, symbology }: Scan, pad: Pad | null, hands: Hands): boolean {
  if (symbology !== "keyed") {
    return false;
  }
  if (hands.sheet === "ask") {
    hands.typed(data);
    return true;
  }
  if (hands.sheet !== "quantity" || pad?.enters !== "quantity" || !/^\d{1,6}$/.test(data)) {
    return false;
  }
  const verdict = confirmed({ ...hands.entry, text: data }, pad.usual, 1);
  if (verdict.type === "done") {
    hands.keyed(verdict.value);
  } else if (verdict.type === "ask") {
    hands.type(verdict.entry);
  }
  return true;
}
