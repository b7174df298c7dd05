/** A flow on the screen: it draws the state, reports gestures, and gives tone, colour and words to answers. */
import type { ComponentChildren, VNode } from "preact";
import { useEffect, useLayoutEffect, useMemo, useState } from "preact/hooks";
import type { Device } from "../device.ts";
import type { Scan } from "../domain/operation.ts";
import type { Action, Feedback, Flow, World } from "../flows/flow.ts";
import type { LabelWish } from "../flows/label.ts";
import { type Running, run, type Shown } from "../flows/running.ts";
import type { View } from "../flows/view.ts";
import { say, type Text, t } from "../words/text.ts";
import { useAsked } from "./asked.ts";
import { Header } from "./badge.tsx";
import { Bar } from "./bar.tsx";
import { type Coach, Mark, useCoach } from "./coach/coach.tsx";
import { useDevice, worldOf } from "./context.ts";
import { type Hands, intoPad, scanned, useHands } from "./hands.ts";
import { useFloorKeys } from "./keys.ts";
import { useLabelling } from "./labelling.ts";
import { useMender } from "./mending.ts";
import { FLOWS, type FlowName } from "./route.ts";
import { useScan } from "./scans.ts";
import { Sheet } from "./sheet.tsx";
import { Stop } from "./stop.tsx";
import { useSled } from "./sweep.tsx";
import { geiger, sound } from "./tones.ts";
import { useClearing } from "./unclear.ts";
import { UnclearScreen } from "./unclear-screens.tsx";
import { stayAwake } from "./wake.ts";

export interface FloorProps<S> {
  readonly title: Text;
  readonly flow: Flow<S>;
  readonly view: (state: S, world: World) => View;
  /** Takes a choice away from the flow, e.g. to open another one. */
  readonly onChoose?: (key: string, state: S) => boolean;
  /** Whose label is wanted when somebody asks for one. */
  readonly label?: (state: S, world: World) => LabelWish | null;
  /** What goes to paper for this state. */
  readonly paper?: (state: S, world: World) => ComponentChildren;
}

/** How long the screen keeps the colour of an answer; wrong stays until the next right scan. */
const HOLD_MS = { ok: 350, caution: 900 } as const;

function useTone(shown: Shown | null): Shown["tone"] | null {
  const [faded, setFaded] = useState<Shown | null>(null);
  useEffect(() => {
    if (!shown || shown.tone === "step" || shown.tone === "wrong") {
      return undefined;
    }
    const timer = setTimeout(() => setFaded(shown), HOLD_MS[shown.tone]);
    return () => clearTimeout(timer);
  }, [shown]);
  return shown && shown !== faded && shown.tone !== "step" ? shown.tone : null;
}

const said = ({ tone, near }: Feedback): void => (near === undefined ? sound(tone) : geiger(near));

/** The flow as it runs while this screen is open. */
function useRunning<S>(flow: Flow<S>, device: Device, world: World): Running<S> {
  const running = useMemo(() => run(flow, device, world, said), [flow, device, world]);
  // A layout effect: one after the paint would never come for a screen that is gone by then.
  useLayoutEffect(() => () => running.stop(), [running]);
  useEffect(stayAwake, []);
  return running;
}

export function Floor<S>({ title, flow, view, onChoose, label, paper }: FloorProps<S>): VNode {
  const device = useDevice();
  const world = useMemo(() => worldOf(device), [device]);
  const running = useRunning(flow, device, world);
  device.replica.version.value;
  const state = running.state.value;
  const clearing = useClearing(device, flow, running);
  const drawn = clearing.drawn(view(state, world));
  const labelling = useLabelling(device, running, () => label?.(state, world) ?? null);
  const sled = useSled(flow, device, running);
  const also = (action: Action): boolean => clearing.press(action) || labelling.press(action);
  const hands = useHands(sled.first, (key) => onChoose?.(key, state) ?? false, also);
  const scan = (read: Scan): void => scanned(read, device, sled.first, hands, clearing.holds);
  const coach = useCoach(device.person.value?.id ?? null, named(flow.name));
  useAsked(drawn);
  const mender = useMender(device, running, scan);
  useScan((read) => {
    if (sled.hears(read)) {
      hands.done();
      return;
    }
    coach.next();
    if (!intoPad(read, drawn.pad ?? null, hands)) {
      mender.hears(read);
    }
  });
  useFloorKeys(drawn, hands);
  const shown = mender.said ?? labelling.said.value ?? running.shown.value;
  const tone = useTone(shown);
  const back = backFrom(drawn, hands);
  const { unclear } = clearing;
  if (unclear?.type === "which" || unclear?.asking) {
    return <UnclearScreen unclear={unclear} clearing={clearing} onScan={scan} />;
  }
  return (
    <>
      <div class="screen" data-test={`flow-${flow.name}`} {...(tone ? { "data-tone": tone } : {})}>
        <Header title={title} onHelp={coach.replay} {...(back ? { onBack: back } : {})} />
        {hands.sheet ? (
          <Sheet
            name={hands.sheet}
            view={drawn}
            shown={shown}
            world={world}
            hands={hands}
            onScan={scan}
          />
        ) : (
          <>
            <Stop view={drawn} shown={shown} hands={hands} live={sled.live} />
            <Mark coach={coach} flow={named(flow.name)} />
            <Bar view={drawn} hands={{ ...hands, press: led(coach, hands) }} />
          </>
        )}
        {running.unsaved.value ? <NotSaved /> : null}
      </div>
      {paper?.(state, world)}
    </>
  );
}

/** A button that was pressed leads on like a scan. */
const led =
  (coach: Coach, hands: Hands): Hands["press"] =>
  (action) => {
    coach.next();
    hands.press(action);
  };

/** Which flow this is, for the words of its coach. */
const named = (name: string): FlowName => FLOWS.find((flow) => flow === name) ?? "lookup";

function backFrom(view: View, hands: Hands): (() => void) | null {
  if (hands.sheet) {
    return () => hands.show(null);
  }
  return view.back ? () => hands.press("back") : null;
}

/** Loud, red, and never in the way of the next scan. */
function NotSaved(): VNode {
  return (
    <div class="unsaved" role="alert" data-test="not-saved">
      <strong>{t(say("app.not_saved"))}</strong>
      <span>{t(say("app.not_saved_why"))}</span>
    </div>
  );
}
