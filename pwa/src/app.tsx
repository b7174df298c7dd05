/** Which screen for whom: enrol, log in, then the doors. */
import type { ComponentType, VNode } from "preact";
import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { demo, inEarnest } from "./demo/site.ts";
import type { Person } from "./device.ts";
import { count } from "./flows/count/flow.ts";
import { view as countView } from "./flows/count/view.ts";
import { move } from "./flows/move/flow.ts";
import { view as moveView } from "./flows/move/view.ts";
import { pick } from "./flows/pick/flow.ts";
import { view as pickView } from "./flows/pick/view.ts";
import { putaway } from "./flows/putaway/flow.ts";
import { view as putawayView } from "./flows/putaway/view.ts";
import { Page } from "./ui/badge.tsx";
import { useDevice } from "./ui/context.ts";
import { Enrol } from "./ui/enrol.tsx";
import { Floor } from "./ui/floor.tsx";
import { Home } from "./ui/home.tsx";
import { Login } from "./ui/login.tsx";
import { Lookup } from "./ui/lookup.tsx";
import { QueueScreen } from "./ui/queue.tsx";
import { Receiving } from "./ui/receiving.tsx";
import { handing, open, screen } from "./ui/route.ts";
import { SettingsScreen } from "./ui/settings-screen.tsx";
import { Shipping } from "./ui/shipping.tsx";
import { Todo } from "./ui/todo.tsx";
import { say, t } from "./words/text.ts";

function Lazy({ load }: { load: () => Promise<ComponentType> }): VNode {
  const [part, setPart] = useState<{ Part: ComponentType } | null>(null);
  useEffect(() => {
    load().then(
      (Part) => setPart({ Part }),
      () => undefined,
    );
  }, [load]);
  return part ? (
    <part.Part />
  ) : (
    <Page title="Tallyman">
      <p class="list">{t(say("app.loading"))}</p>
    </Page>
  );
}

const loadScanner = async (): Promise<ComponentType> =>
  (await import("./ui/scanner/setup.tsx")).ScannerSetup;
const loadOffice = async (): Promise<ComponentType> => (await import("./office/office.tsx")).Office;

function Opened({ person }: { person: Person }): VNode {
  switch (screen.value) {
    case "receive":
      return <Receiving key="receive" />;
    case "putaway":
      return <Floor key="putaway" title={say("door.putaway")} flow={putaway} view={putawayView} />;
    case "pick":
      return <Floor key="pick" title={say("door.pick")} flow={pick} view={pickView} />;
    case "ship":
      return <Shipping key="ship" />;
    case "count":
      return <Floor key="count" title={say("door.count")} flow={count} view={countView} />;
    case "move":
      return <Floor key="move" title={say("door.move")} flow={move} view={moveView} />;
    case "lookup":
      return <Lookup key="lookup" />;
    case "todo":
      return <Todo person={person} />;
    default:
      return <Home person={person} />;
  }
}

export function App(): VNode {
  const device = useDevice();
  const person = device.person.value;
  useHidden(device.locked.value);
  switch (screen.value) {
    case "office":
      return <Lazy key="office" load={loadOffice} />;
    case "scanner":
      return <Lazy key="scanner" load={loadScanner} />;
    case "settings":
      return <SettingsScreen />;
    case "queue":
      return <QueueScreen />;
    case "enrol":
      return <Enrol />;
    default:
  }
  const { Doors, Panel } = demo.value ?? {};
  const entering = device.enrolment.value === null || person === null;
  if (Doors && entering && !inEarnest.value && !handing.value) {
    return <Doors />;
  }
  return (
    <>
      <OnFloor person={person} />
      {Panel ? <Panel /> : null}
    </>
  );
}

/** What was done here is not for whoever finds it lying about. */
function useHidden(locked: boolean): void {
  useLayoutEffect(() => {
    if (locked && (screen.value === "queue" || screen.value === "settings")) open("home");
  }, [locked]);
}

function OnFloor({ person }: { person: Person | null }): VNode {
  const device = useDevice();
  if (device.enrolment.value === null) {
    return <Enrol />;
  }
  // Another person, other screens: nothing that was open stays open.
  return person === null || handing.value ? <Login /> : <Opened key={person.id} person={person} />;
}
