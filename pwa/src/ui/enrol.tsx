/** A new scanner joins the site with a code. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { Refused } from "../device.ts";
import { say, type Text } from "../words/text.ts";
import { useDevice } from "./context.ts";
import { open } from "./route.ts";
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
    device.enrol(code, `H-${code.slice(-4)}`).then(
      () => sound("ok"),
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
