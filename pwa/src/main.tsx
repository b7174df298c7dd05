/** Opens the device, arms the scanner, draws the app. */
import "./older.ts";
import { render } from "preact";
import { App } from "./app.tsx";
import { startDemo } from "./demo/start.ts";
import type { Device } from "./device.ts";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/floor.css";
import "./styles/sheet.css";
import "./styles/sweep.css";
import "./styles/demo.css";
import "./styles/adapt.css";
import "./styles/paper.css";
import "./styles/scanner.css";
import { attach } from "./scanner/attach.ts";
import { registerWorker } from "./sw/register.ts";
import { startClock } from "./ui/ago.ts";
import { DeviceContext } from "./ui/context.ts";
import { listenForInstall } from "./ui/install.tsx";
import { startRouting } from "./ui/route.ts";
import { deliver, overhear } from "./ui/scans.ts";
import { scannerProfile, startSettings } from "./ui/settings.ts";
import { openSound } from "./ui/tones.ts";

async function openDevice(): Promise<Device> {
  const scene = new URLSearchParams(location.search).get("scene");
  if (import.meta.env.DEV && scene !== null) {
    const { sceneOf } = await import("./flows/testing/scene.ts");
    return sceneOf(scene);
  }
  const [{ Handheld }, { browser }] = await Promise.all([
    import("./handheld.ts"),
    import("./surroundings.ts"),
  ]);
  return Handheld.open(browser());
}

async function start(): Promise<void> {
  startSettings();
  startRouting();
  startClock();
  listenForInstall();
  for (const gesture of ["pointerdown", "keydown"]) {
    addEventListener(gesture, openSound, { capture: true, passive: true });
  }
  const device = await openDevice();
  const root = document.getElementById("app");
  if (root) {
    render(
      <DeviceContext.Provider value={device}>
        <App />
      </DeviceContext.Provider>,
      root,
    );
  }
  attach(deliver, { profile: () => scannerProfile.value, overhear });
  void startDemo(device);
  await registerWorker();
}

// What the check in public/too-old.js looks for: a bundle this browser cannot read sets nothing.
document.documentElement.dataset.app = "read";
void start();
