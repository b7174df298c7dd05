/** Hardware keys: Enter, Esc, F1–F4 and 1–9 do what their buttons do. */
import { useEffect, useRef } from "preact/hooks";
import type { Action } from "../flows/flow.ts";
import type { View } from "../flows/view.ts";
import type { Tool } from "./bar.tsx";
import type { SheetName } from "./sheet.tsx";

export interface FloorKeys {
  readonly view: View;
  readonly sheet: SheetName | null;
  readonly setSheet: (sheet: SheetName | null) => void;
  readonly press: (action: Action) => void;
  readonly choose: (key: string) => void;
  readonly tool: (tool: Tool) => void;
}

const TOOLS: Readonly<Record<string, Tool>> = { F1: "code", F3: "undo", F4: "more" };

function pressed(key: string, { view, sheet, setSheet, press, choose, tool }: FloorKeys): boolean {
  const named = TOOLS[key];
  if (named) {
    tool(named);
    return true;
  }
  if (key === "F2") {
    setSheet(view.pad?.enters === "quantity" ? "quantity" : view.pad ? "ask" : "code");
    return true;
  }
  if (key === "Escape") {
    if (sheet) {
      setSheet(null);
    } else if (view.back) {
      press("back");
    }
    return true;
  }
  if (sheet === null && key === "Enter" && view.primary) {
    press(view.primary.action);
    return true;
  }
  const choice = /^[1-9]$/.test(key) ? view.choices?.[Number(key) - 1] : undefined;
  if (sheet === null && choice) {
    choose(choice.key);
    return true;
  }
  return false;
}

export function useFloorKeys(keys: FloorKeys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const down = (event: KeyboardEvent): void => {
      const plain = !event.ctrlKey && !event.altKey && !event.metaKey;
      const onButton = event.key === "Enter" && document.activeElement instanceof HTMLButtonElement;
      if (event.defaultPrevented || !plain || onButton) {
        return;
      }
      if (pressed(event.key, latest.current)) {
        event.preventDefault();
      }
    };
    addEventListener("keydown", down);
    return () => removeEventListener("keydown", down);
  }, []);
}
