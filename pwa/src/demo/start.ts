/** Finds out whether this is the demo site, and fetches its screens if it is. */
import type { Device } from "../device.ts";
import { field } from "../sync/network.ts";
import { type DemoSite, demo, type Part } from "./site.ts";

const KEPT = "tallyman.demo";

function siteIn(body: unknown): DemoSite | null {
  const [site, pin, doors] = [field(body, "site"), field(body, "pin"), field(body, "doors")];
  return typeof site === "string" && typeof pin === "string" && Array.isArray(doors)
    ? { site, pin, doors: doors as Part[] }
    : null;
}

function remembered(): DemoSite | null {
  try {
    return siteIn(JSON.parse(localStorage.getItem(KEPT) ?? "null"));
  } catch {
    return null;
  }
}

async function found(device: Device, known: DemoSite | null): Promise<DemoSite | null> {
  const answer = await device.api.get("/demo");
  if (answer.ok) {
    localStorage.setItem(KEPT, JSON.stringify(answer.body));
    return siteIn(answer.body);
  }
  if (answer.offline) return known;
  localStorage.removeItem(KEPT);
  return null;
}

/** A handheld of a real site asks nobody: it has been enrolled and remembers no demo. */
export async function startDemo(device: Device): Promise<void> {
  const known = remembered();
  if (device.enrolment.value !== null && known === null) return;
  const about = await found(device, known);
  const here = device.enrolment.value?.site.id ?? about?.site;
  if (about === null || about.site !== here) return;
  const [{ DemoDoors }, { VirtualScanner }] = await Promise.all([
    import("./doors.tsx"),
    import("./panel.tsx"),
  ]);
  demo.value = { about, Doors: DemoDoors, Panel: VirtualScanner };
}
