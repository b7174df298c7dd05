/** One tap through a door: enrol and sign in the ordinary way, with what the demo hands out. */
import type { Device } from "../device.ts";
import { Offline, Refused } from "../device.ts";
import { field } from "../sync/network.ts";
import { open } from "../ui/route.ts";
import type { DemoDoor } from "./site.ts";

const text = (body: unknown, name: string): string => {
  const value = field(body, name);
  return typeof value === "string" ? value : "";
};

export async function enter(device: Device, door: DemoDoor | "office"): Promise<void> {
  const enrol = door !== "office" && device.enrolment.value === null;
  const answer = await device.api.post("/demo/door", { door, enrol });
  if (!answer.ok) throw answer.offline ? new Offline() : new Refused(answer.problem);
  const { body } = answer;
  if (door === "office") {
    await device.signIn(text(body, "username"), text(body, "password"));
    open(door);
    return;
  }
  if (enrol) await device.enrol(text(body, "code"), `Demo ${text(body, "badge")}`);
  // First the way, then the person: else the home screen would take what is scanned meanwhile.
  open(door);
  try {
    await device.login(text(body, "badge"), text(body, "pin"));
  } catch (error) {
    open("home");
    throw error;
  }
}
