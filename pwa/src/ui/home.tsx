/** The doors of the warehouse; a scan opens the one it belongs to. */
import type { VNode } from "preact";
import type { Person } from "../device.ts";
import type { Scan } from "../domain/operation.ts";
import type { Resolved } from "../domain/resolved.ts";
import { offersTo } from "../flows/count/offers.ts";
import type { Icon as IconName } from "../flows/view.ts";
import { say, t } from "../words/text.ts";
import { Page } from "./badge.tsx";
import { useDevice, worldOf } from "./context.ts";
import { type Door, doorsOf } from "./doors.ts";
import { Icon } from "./icon.tsx";
import { Install } from "./install.tsx";
import { handing, open } from "./route.ts";
import { handOver, useScan } from "./scans.ts";
import { toDo } from "./to-do.ts";
import { Update } from "./update.tsx";

const ICONS: Readonly<Record<Door, IconName>> = {
  receive: "receive",
  putaway: "putaway",
  pick: "pick",
  ship: "ship",
  count: "count",
  move: "move",
  lookup: "lookup",
  todo: "alert",
  settings: "gear",
  office: "office",
};

/** Where a scan at the door leads. */
export function doorFor(resolved: Resolved): Door {
  switch (resolved.type) {
    case "po":
    case "asn":
      return "receive";
    case "lpn":
      return resolved.announced && !resolved.announced.received ? "receive" : "lookup";
    case "tote":
    case "order":
      return "ship";
    default:
      return "lookup";
  }
}

export function Home({ person }: { person: Person }): VNode {
  const device = useDevice();
  device.replica.version.value;
  const waiting: Readonly<Partial<Record<Door, number>>> = {
    todo: toDo(device, person.roles).length + device.replica.all("todo").length,
    count: offersTo(worldOf(device)).length,
  };
  useScan((scan: Scan) => {
    const resolved = device.replica.resolve(scan);
    handOver(scan);
    if (resolved.type === "person") {
      handing.value = true;
    } else {
      open(doorFor(resolved));
    }
  });
  const doors = doorsOf(person.roles);
  return (
    <Page title={person.name}>
      <main class="doors" data-test="home">
        {doors.map((door) => (
          <button type="button" key={door} data-test={`door-${door}`} onClick={() => open(door)}>
            <Icon name={ICONS[door]} big />
            <span>
              {t(say(`door.${door}`))}
              {waiting[door] ? ` (${waiting[door]})` : ""}
            </span>
          </button>
        ))}
      </main>
      <footer class="bar">
        <Update />
        <Install />
        <button
          type="button"
          class="tool"
          data-test="sign-off"
          onClick={() => void device.logout()}
        >
          {t(say("home.sign_off"))}
        </button>
      </footer>
    </Page>
  );
}
