/** What the screen on top asks for now, in its own words. */
import { signal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";
import type { View } from "../flows/view.ts";

export type Asked = Pick<View, "says" | "target" | "goods" | "choices" | "ahead" | "quantity">;

export const asked = signal<Asked | null>(null);

export function useAsked(view: Asked): void {
  useLayoutEffect(() => {
    asked.value = view;
  });
  useLayoutEffect(
    () => () => {
      asked.value = null;
    },
    [],
  );
}
