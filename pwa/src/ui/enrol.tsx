/** A new scanner joins the site with a code. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { Refused } from "../device.ts";
import { say } from "../words/text.ts";
import { useDevice } from "./context.ts";
import { open } from "./route.ts";
import { type Attempt, cut, failure, ScanOne, Tool } from "./scan-one.tsx";
import { sound } from "./tones.ts";

const ENROLMENT = "TME:";

export function Enrol(): VNode {
  const device = useDevice();
  const [attempt, setAttempt] = useState<Attempt | null>(null);
  const enrol = (data: string): void => {
    const code = cut(data.trim(), ENROLMENT);
    setAttempt({ words: say("device.enrolling"), wrong: false });
    device.enrol(code, `H-${code.slice(-4)}`).then(
      () => sound("ok"),
      (error: unknown) =>
        setAttempt(
          failure(
            error,
            say("device.refused", { code: error instanceof Refused ? error.problem.code : "" }),
          ),
        ),
    );
  };
  return (
    <ScanOne says={say("device.enrol_says")} attempt={attempt} onScan={enrol}>
      <Tool
        name="door-office"
        icon="office"
        words={say("door.office")}
        onPress={() => open("office")}
      />
    </ScanOne>
  );
}
