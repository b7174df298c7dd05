/** A screen that waits for one code: a badge, an enrolment. */
import type { ComponentChildren, VNode } from "preact";
import { useState } from "preact/hooks";
import { Offline, Refused } from "../device.ts";
import type { Scan } from "../domain/operation.ts";
import type { Icon as IconName } from "../flows/view.ts";
import { say, type Text, t } from "../words/text.ts";
import { useAsked } from "./asked.ts";
import { Header } from "./badge.tsx";
import { useDevice, worldOf } from "./context.ts";
import { endingIn } from "./find.ts";
import { Icon } from "./icon.tsx";
import { CodePad } from "./pad.tsx";
import { open } from "./route.ts";
import { useScan } from "./scans.ts";
import { LazyCamera } from "./sheet.tsx";
import { sound } from "./tones.ts";

export const cut = (data: string, prefix: string): string =>
  data.toUpperCase().startsWith(prefix) ? data.slice(prefix.length) : data;

export interface Attempt {
  readonly words: Text;
  readonly wrong: boolean;
}

/** Says why it did not work: refused by the server, or no server. */
export function failure(error: unknown, refused: Text): Attempt {
  sound("wrong");
  if (error instanceof Refused) {
    return { words: refused, wrong: true };
  }
  return {
    words: error instanceof Offline ? say("device.offline") : say("app.not_saved"),
    wrong: true,
  };
}

export function Said({ attempt }: { attempt: Attempt | null }): VNode {
  return (
    <p class="said" data-test="feedback" role="status" aria-live="assertive">
      {attempt ? (
        <>
          <Icon name={attempt.wrong ? "stop" : "clock"} big />
          <span>{t(attempt.words)}</span>
        </>
      ) : null}
    </p>
  );
}

type Entering = "scan" | "code" | "camera";

interface Asked {
  readonly says: Text;
  readonly attempt: Attempt | null;
  readonly onScan: (data: string) => void;
  readonly children?: ComponentChildren;
}

/** One thing to scan, with the code pad and the camera one tap away. */
export function ScanOne({ says, attempt, onScan, children }: Asked): VNode {
  const device = useDevice();
  const [entering, setEntering] = useState<Entering>("scan");
  const take = (scan: Scan): void => {
    setEntering("scan");
    onScan(scan.data);
  };
  useScan(take);
  useAsked({ says, target: null });
  if (entering === "scan") {
    return (
      <Waiting says={says} attempt={attempt} onEnter={setEntering}>
        {children}
      </Waiting>
    );
  }
  return (
    <div class="screen">
      <Header title="Tallyman" onBack={() => setEntering("scan")} />
      {entering === "code" ? (
        <CodePad
          asks={says}
          find={(text) => endingIn(text, worldOf(device))}
          onDone={(data) => take({ data, symbology: "keyed" })}
        />
      ) : (
        <main class="sheet" data-test="camera-view">
          <LazyCamera onScan={take} />
        </main>
      )}
    </div>
  );
}

function Waiting({
  says,
  attempt,
  onEnter,
  children,
}: Omit<Asked, "onScan"> & { onEnter: (entering: Entering) => void }): VNode {
  return (
    <div class="screen" {...(attempt?.wrong ? { "data-tone": "wrong" } : {})}>
      <Header title="Tallyman" />
      <main class="stop">
        <Said attempt={attempt} />
        <p class="target" data-test="instruction">
          {t(says)}
        </p>
        {children}
      </main>
      <footer class="bar">
        <div class="row">
          <Tool name="code" icon="keys" words={say("app.code")} onPress={() => onEnter("code")} />
          <Tool
            name="camera"
            icon="camera"
            words={say("app.camera")}
            onPress={() => onEnter("camera")}
          />
          <Tool
            name="door-settings"
            icon="gear"
            words={say("door.settings")}
            onPress={() => open("settings")}
          />
        </div>
      </footer>
    </div>
  );
}

export function Tool({
  name,
  icon,
  words,
  onPress,
}: {
  name: string;
  icon: IconName;
  words: Text;
  onPress: () => void;
}): VNode {
  return (
    <button type="button" class="tool" data-test={name} onClick={onPress}>
      <Icon name={icon} />
      {t(words)}
    </button>
  );
}
