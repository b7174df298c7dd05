/** What takes the place of the stop for a moment: pad, code, camera, more. A scan closes it. */
import type { ComponentType, VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Scan } from "../domain/operation.ts";
import type { World } from "../flows/flow.ts";
import type { Shown } from "../flows/running.ts";
import type { View } from "../flows/view.ts";
import { say, t } from "../words/text.ts";
import { endingIn } from "./find.ts";
import type { Hands } from "./hands.ts";
import { Icon } from "./icon.tsx";
import { CodePad, QuantityPad, SixDigits } from "./pad.tsx";
import { lens } from "./settings.ts";
import { ActionButton, Lines, type StopProps } from "./stop.tsx";

export type SheetName = "quantity" | "code" | "camera" | "more" | "ask";

export interface SheetProps {
  readonly name: SheetName;
  readonly view: View;
  readonly shown: Shown | null;
  readonly world: World;
  readonly hands: Hands;
  readonly onScan: (scan: Scan) => void;
}

const byHand = (data: string): Scan => ({ data, symbology: "keyed" });

export function Sheet({ name, view, shown, world, hands, onScan }: SheetProps): VNode {
  switch (name) {
    case "quantity":
      return view.pad?.enters === "quantity" ? (
        <QuantityPad
          key={hands.entry.text}
          from={hands.entry}
          usual={view.pad.usual}
          pack={view.pad.pack}
          onDone={hands.keyed}
        />
      ) : (
        <Code world={world} onScan={onScan} />
      );
    case "code":
      return <Code world={world} onScan={onScan} />;
    case "ask":
      return <Ask view={view} onTyped={hands.typed} />;
    case "camera":
      return <Watching view={view} shown={shown} hands={hands} onScan={onScan} />;
    case "more":
      return (
        <main class="sheet" data-test="more-actions">
          {(view.actions ?? []).map((button) => (
            <ActionButton key={button.action} button={button} onPress={hands.press} />
          ))}
        </main>
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

/** The camera above the stop, so that nobody must leave it to see what the last scan did. */
function Watching({ onScan, ...stop }: StopProps & CameraProps): VNode {
  return (
    <main class="sheet" data-test="camera-view">
      <LazyCamera onScan={onScan} />
      <button
        type="button"
        class="tool"
        data-test="keep-open"
        aria-pressed={lens.value === "open"}
        onClick={() => {
          lens.value = lens.value === "open" ? "once" : "open";
        }}
      >
        {lens.value === "open" ? <Icon name="check" /> : null}
        {t(say("app.camera_keep"))}
      </button>
      <div class="beneath" data-test="stop">
        <Lines {...stop} />
      </div>
    </main>
  );
}

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
  return Camera ? (
    <Camera.part onScan={onScan} />
  ) : (
    <p class="says">{t(say(failed ? "app.camera_failed" : "app.camera_wait"))}</p>
  );
}
