/** The first minute: four doors and the office, one tap each. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { Icon as IconName } from "../flows/view.ts";
import { Page } from "../ui/badge.tsx";
import { useDevice } from "../ui/context.ts";
import { Icon } from "../ui/icon.tsx";
import { type Attempt, failure, Said, Tool } from "../ui/scan-one.tsx";
import { sound } from "../ui/tones.ts";
import { say, t } from "../words/text.ts";
import { enter } from "./entering.ts";
import { DEMO_DOORS, type DemoDoor, demo, inEarnest } from "./site.ts";

const ICONS: Readonly<Record<DemoDoor | "office", IconName>> = {
  receive: "receive",
  putaway: "putaway",
  pick: "pick",
  count: "count",
  office: "office",
};

export function DemoDoors(): VNode {
  const device = useDevice();
  const [attempt, setAttempt] = useState<Attempt | null>(null);
  const tap = (door: DemoDoor | "office"): void => {
    setAttempt({ words: say("demo.entering"), wrong: false });
    enter(device, door).then(
      () => sound("ok"),
      (error: unknown) => setAttempt(failure(error, say("demo.refused"))),
    );
  };
  const names = new Map(demo.value?.about.doors.map((part) => [part.door, part.name]));
  return (
    <Page title="Tallyman">
      <main class="stop" data-test="demo-doors">
        <p class="goods" data-test="instruction">
          {t(say("demo.choose"))}
        </p>
        <div class="doors entrances">
          {[...DEMO_DOORS, "office" as const].map((door) => (
            <button type="button" key={door} data-test={`enter-${door}`} onClick={() => tap(door)}>
              <Icon name={ICONS[door]} big />
              <span>
                {t(say(`door.${door}`))}
                <small>{door === "office" ? t(say("demo.office")) : names.get(door)}</small>
              </span>
            </button>
          ))}
        </div>
        <Said attempt={attempt} />
      </main>
      <footer class="bar">
        <div class="row">
          <a class="tool" href="/demo/sheet" target="_blank" rel="noopener" data-test="demo-sheet">
            <Icon name="print" />
            {t(say("demo.paper"))}
          </a>
          <Tool
            name="demo-in-earnest"
            icon="person"
            words={say("demo.by_badge")}
            onPress={() => {
              inEarnest.value = true;
            }}
          />
        </div>
      </footer>
    </Page>
  );
}
