/** A flow on the screen: it draws the state, reports gestures, and gives tone, colour and words to answers. */
import type { ComponentChildren, VNode } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { Scan } from "../domain/operation.ts";
import { ACTIONS, type Action, type Flow, type World } from "../flows/flow.ts";
import { type Running, run, type Shown } from "../flows/running.ts";
import type { View } from "../flows/view.ts";
import { say, type Text, t } from "../words/text.ts";
import { Header } from "./badge.tsx";
import { Bar, type Tool } from "./bar.tsx";
import { useDevice, worldOf } from "./context.ts";
import { useFloorKeys } from "./keys.ts";
import { confirmed, EMPTY, type Entry } from "./pad-entry.ts";
import { open } from "./route.ts";
import { handOver, useScan } from "./scans.ts";
import { Sheet, type SheetName } from "./sheet.tsx";
import { Stop } from "./stop.tsx";
import { sound } from "./tones.ts";
import { stayAwake } from "./wake.ts";

export interface FloorProps<S> {
  readonly title: Text;
  readonly flow: Flow<S>;
  readonly view: (state: S, world: World) => View;
  /** Takes a choice away from the flow, e.g. to open another one. */
  readonly onChoose?: (key: string, state: S) => boolean;
  /** What goes to paper for this state. */
  readonly paper?: (state: S, world: World) => ComponentChildren;
}

/** How long the screen keeps the colour of an answer; wrong stays until the next right scan. */
const HOLD_MS = { ok: 350, caution: 900 } as const;

function useTone(shown: Shown | null): Shown["tone"] | null {
  const [tone, setTone] = useState<Shown["tone"] | null>(null);
  useEffect(() => {
    if (!shown || shown.tone === "step") {
      setTone(null);
      return undefined;
    }
    setTone(shown.tone);
    if (shown.tone === "wrong") {
      return undefined;
    }
    const timer = setTimeout(() => setTone(null), HOLD_MS[shown.tone]);
    return () => clearTimeout(timer);
  }, [shown]);
  return tone;
}

/** A command barcode does what its button does. */
function command<S>(
  spoken: string,
  running: Running<S>,
  openSheet: (sheet: SheetName) => void,
): void {
  const name = spoken.toLowerCase().replaceAll("-", "_");
  const action = ACTIONS.find((known) => known === name);
  if (action) {
    void running.take({ type: "pressed", action });
  } else if (name === "undo") {
    void running.undo();
  } else if (name === "home") {
    open("home");
  } else if (name === "quantity" || name === "code" || name === "camera" || name === "more") {
    openSheet(name);
  }
}

export function Floor<S>({ title, flow, view, onChoose, paper }: FloorProps<S>): VNode {
  const device = useDevice();
  const world = useMemo(() => worldOf(device), [device]);
  const running = useMemo(
    () => run(flow, device, world, (feedback) => sound(feedback.tone)),
    [flow, device, world],
  );
  useEffect(() => () => running.stop(), [running]);
  useEffect(stayAwake, []);
  const [sheet, show] = useState<SheetName | null>(null);
  const [entry, setEntry] = useState<Entry>(EMPTY);
  const setSheet = (name: SheetName | null): void => {
    setEntry(EMPTY);
    show(name);
  };
  const shown = running.shown.value;
  const tone = useTone(shown);
  device.replica.version.value;
  const state = running.state.value;
  const drawn = view(state, world);

  const keyed = (value: number): void => {
    setSheet(null);
    void running.take({ type: "keyed", value });
  };
  const typed = (text: string): void => {
    setSheet(null);
    void running.take({ type: "typed", text });
  };

  /** Keys and Enter on a hardware keyboard fill the pad that is open. */
  const intoPad = ({ data, symbology }: Scan): boolean => {
    if (symbology !== "keyed" || sheet === null) {
      return false;
    }
    if (sheet === "ask") {
      typed(data);
      return true;
    }
    if (sheet !== "quantity" || drawn.pad?.enters !== "quantity" || !/^\d{1,6}$/.test(data)) {
      return false;
    }
    const verdict = confirmed({ ...entry, text: data }, drawn.pad.usual, 1);
    if (verdict.type === "done") {
      keyed(verdict.value);
    } else if (verdict.type === "ask") {
      setEntry(verdict.entry);
    }
    return true;
  };

  const scanned = (scan: Scan): void => {
    setSheet(null);
    const resolved = device.replica.resolve(scan);
    if (resolved.type === "command") {
      command(resolved.command, running, setSheet);
    } else if (resolved.type === "person") {
      handOver(scan);
      open("home");
    } else {
      void running.take({ type: "scanned", resolved });
    }
  };
  useScan((scan) => {
    if (!intoPad(scan)) {
      scanned(scan);
    }
  });

  const press = (action: Action): void => {
    setSheet(null);
    if (action === "print") {
      print();
    } else {
      void running.take({ type: "pressed", action });
    }
  };
  const choose = (key: string): void => {
    setSheet(null);
    if (!onChoose?.(key, state)) {
      void running.take({ type: "chosen", key });
    }
  };
  const tool = (name: Tool): void => {
    if (name === "undo") {
      void running.undo();
    } else {
      setSheet(sheet === name ? null : name);
    }
  };
  useFloorKeys({ view: drawn, sheet, setSheet, press, choose, tool });

  const back = sheet ? () => setSheet(null) : drawn.back ? () => press("back") : undefined;
  return (
    <>
      <div class="screen" data-test={`flow-${flow.name}`} {...(tone ? { "data-tone": tone } : {})}>
        {back ? <Header title={title} onBack={back} /> : <Header title={title} />}
        {sheet ? (
          <Sheet
            name={sheet}
            view={drawn}
            entry={entry}
            world={world}
            onScan={scanned}
            onPress={press}
            onKeyed={keyed}
            onTyped={typed}
          />
        ) : (
          <>
            <Stop
              view={drawn}
              shown={shown}
              onQuantity={() => setSheet("quantity")}
              onChoose={choose}
            />
            <Bar view={drawn} onPress={press} onTool={tool} />
          </>
        )}
        {running.unsaved.value ? <NotSaved /> : null}
      </div>
      {paper?.(state, world)}
    </>
  );
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
