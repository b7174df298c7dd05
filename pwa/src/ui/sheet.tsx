/** What takes the place of the stop for a moment: pad, code, camera, more. A scan closes it. */
import type { ComponentType, VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Scan } from "../domain/operation.ts";
import type { Action, World } from "../flows/flow.ts";
import type { View } from "../flows/view.ts";
import { say, t } from "../words/text.ts";
import { endingIn } from "./find.ts";
import { CodePad, QuantityPad, SixDigits } from "./pad.tsx";
import type { Entry } from "./pad-entry.ts";
import { ActionButton } from "./stop.tsx";

export type SheetName = "quantity" | "code" | "camera" | "more" | "ask";

export interface SheetProps {
  readonly name: SheetName;
  readonly view: View;
  /** What hardware keys typed into the pad. */
  readonly entry: Entry;
  readonly world: World;
  readonly onScan: (scan: Scan) => void;
  readonly onPress: (action: Action) => void;
  readonly onKeyed: (value: number) => void;
  readonly onTyped: (text: string) => void;
}

const byHand = (data: string): Scan => ({ data, symbology: "keyed" });

export function Sheet({ name, view, entry, world, ...report }: SheetProps): VNode {
  switch (name) {
    case "quantity":
      return view.pad?.enters === "quantity" ? (
        <QuantityPad
          key={entry.text}
          from={entry}
          usual={view.pad.usual}
          pack={view.pad.pack}
          onDone={report.onKeyed}
        />
      ) : (
        <Code world={world} onScan={report.onScan} />
      );
    case "code":
      return <Code world={world} onScan={report.onScan} />;
    case "ask":
      return <Ask view={view} onTyped={report.onTyped} />;
    case "camera":
      return <LazyCamera onScan={report.onScan} />;
    case "more":
      return (
        <section class="sheet" data-test="more-actions">
          {(view.actions ?? []).map((button) => (
            <ActionButton key={button.action} button={button} onPress={report.onPress} />
          ))}
        </section>
      );
  }
}

function Code({ world, onScan }: { world: World; onScan: (scan: Scan) => void }): VNode {
  return (
    <CodePad
      asks={say("app.find")}
      find={(text) => endingIn(text, world)}
      onDone={(text) => onScan(byHand(text))}
    />
  );
}

/** The entry this state asks for: a date by its digits, a lot or serial by its characters. */
function Ask({ view, onTyped }: { view: View; onTyped: (text: string) => void }): VNode {
  return view.pad?.enters === "expiry" ? (
    <SixDigits shows="date" asks={view.says} onDone={onTyped} />
  ) : (
    <CodePad asks={view.says} find={() => []} onDone={onTyped} />
  );
}

type CameraProps = { onScan: (scan: Scan) => void };

/** The camera and its decoder are fetched when somebody wants them. */
export function LazyCamera({ onScan }: CameraProps): VNode {
  const [Camera, setCamera] = useState<{ part: ComponentType<CameraProps> } | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    import("../scanner/camera.tsx").then(
      (module) => setCamera({ part: module.Camera }),
      () => setFailed(true),
    );
  }, []);
  return (
    <section class="sheet" data-test="camera-view">
      {Camera ? <Camera.part onScan={onScan} /> : null}
      {Camera ? null : (
        <p class="says">{t(say(failed ? "app.camera_failed" : "app.camera_wait"))}</p>
      )}
    </section>
  );
}
