/** Hardware keys: Enter, Esc, F1–F4 and 1–9 do what their buttons do. */
import { useLayoutEffect, useRef } from "preact/hooks";
import type { View } from "../flows/view.ts";
import type { Tool } from "./bar.tsx";
import type { Hands } from "./hands.ts";

const TOOLS: Readonly<Record<string, Tool>> = { F1: "code", F3: "undo", F4: "more" };

function pressed(key: string, view: View, hands: Hands): boolean {
  const named = TOOLS[key];
  if (named) {
    hands.tool(named);
    return true;
  }
  if (key === "F2") {
    hands.show(view.pad?.enters === "quantity" ? "quantity" : view.pad ? "ask" : "code");
    return true;
  }
  if (key === "Escape") {
    if (hands.sheet) {
      hands.show(null);
    } else if (view.back) {
      hands.press("back");
    }
    return true;
  }
  if (hands.sheet === null && key === "Enter" && view.primary) {
    hands.press(view.primary.action);
    return true;
  }
  const choice = /^[1-9]$/.test(key) ? view.choices?.[Number(key) - 1] : undefined;
  if (hands.sheet === null && choice) {
    hands.choose(choice.key);
    return true;
  }
  return false;
}

export function useFloorKeys(view: View, hands: Hands): void {
  const latest = useRef({ view, hands });
  latest.current = { view, hands };
  useLayoutEffect(() => {
    const down = (event: KeyboardEvent): void => {
      const plain = !event.ctrlKey && !event.altKey && !event.metaKey;
      const onButton = event.key === "Enter" && document.activeElement instanceof HTMLButtonElement;
      if (event.defaultPrevented || !plain || onButton) {
        return;
      }
      if (pressed(event.key, latest.current.view, latest.current.hands)) {
        event.preventDefault();
      }
    };
    addEventListener("keydown", down);
    return () => removeEventListener("keydown", down);
  }, []);
}
