/** Installing the app: offered between tasks, never during one. */
import { signal } from "@preact/signals";
import type { VNode } from "preact";
import { say, t } from "../words/text.ts";
import { useDevice } from "./context.ts";
import { Icon } from "./icon.tsx";
import { betweenTasks } from "./update.tsx";

/** Chromium's event: it waits until somebody wants the prompt. */
interface InstallPrompt extends Event {
  prompt(): Promise<unknown>;
}

const offer = signal<InstallPrompt | null>(null);

const isPrompt = (event: Event): event is InstallPrompt => "prompt" in event;

export function listenForInstall(): void {
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    offer.value = isPrompt(event) ? event : null;
  });
  addEventListener("appinstalled", () => {
    offer.value = null;
  });
}

/** Safari never asks: it is told in words where the button is. */
export const onAppleUninstalled = (): boolean =>
  "standalone" in navigator && navigator.standalone === false;

export function Install(): VNode | null {
  const device = useDevice();
  const prompt = offer.value;
  if (prompt === null || !betweenTasks(device)) {
    return null;
  }
  const install = (): void => {
    offer.value = null;
    prompt.prompt().catch(() => undefined);
  };
  return (
    <button type="button" class="tool" data-test="install" onClick={install}>
      <Icon name="save" />
      {t(say("install.offer"))}
    </button>
  );
}
