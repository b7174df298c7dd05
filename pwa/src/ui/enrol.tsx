/** A new scanner joins the site with a code; one that the server has forgotten joins again. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { Refused } from "../device.ts";
import { say, type Text } from "../words/text.ts";
import { useDevice } from "./context.ts";
import { open, screen } from "./route.ts";
import { type Attempt, cut, failure, ScanOne, Tool } from "./scan-one.tsx";
import { sound } from "./tones.ts";

const ENROLMENT = "TME:";
const STALE = "device.enrolment_code";

const refusal = (error: unknown): Text => {
  const code = error instanceof Refused ? error.problem.code : "";
  return code === STALE ? say("device.stale_code") : say("device.refused", { code });
};

export function Enrol(): VNode {
  const device = useDevice();
  const [attempt, setAttempt] = useState<Attempt | null>(null);
  const enrol = (data: string): void => {
    const code = cut(data.trim(), ENROLMENT);
    setAttempt({ words: say("device.enrolling"), wrong: false });
    const label = device.enrolment.value?.label || `H-${code.slice(-4)}`;
    device.enrol(code, label).then(
      () => {
        sound("ok");
        if (screen.value === "enrol") open("home");
      },
      (error: unknown) => setAttempt(failure(error, refusal(error))),
    );
  };
  return (
    <ScanOne says={say("device.enrol_says")} attempt={attempt} onScan={enrol}>
      <Tool
        name="door-scanner"
        icon="gear"
        words={say("scanner.title")}
        onPress={() => open("scanner")}
      />
      <Tool
        name="door-office"
        icon="office"
        words={say("door.office")}
        onPress={() => open("office")}
      />
    </ScanOne>
  );
}
