/** The device every screen works on. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Device } from "../device.ts";
import { uuid5 } from "../domain/ids.ts";
import type { World } from "../flows/flow.ts";

export const DeviceContext = createContext<Device | null>(null);

export function useDevice(): Device {
  const device = useContext(DeviceContext);
  if (!device) {
    throw new Error("no device around this screen");
  }
  return device;
}

/** The world of the flows, as this device knows it. */
export const worldOf = (device: Device): World => ({
  get: (entity, id) => device.replica.get(entity, id),
  all: (entity) => device.replica.all(entity),
  newId: () => device.newId(),
  derive: uuid5,
  outcome: (id) => device.recent.value.find((done) => done.id === id)?.outcome ?? null,
  own: () => device.recent.value,
  me: () => device.person.value?.id ?? null,
  today: () => new Date().toLocaleDateString("sv"),
});
