/** Runs a flow on the device: one gesture at a time, on disk before it is said to be done. */
import { effect, type ReadonlySignal, signal } from "@preact/signals";
import type { Device } from "../device.ts";
import type { Kind } from "../domain/operation.ts";
import { say } from "../words/text.ts";
import { answerTo } from "./asking.ts";
import type { AnyDraft, Feedback, Flow, Gesture, Question, Step, World } from "./flow.ts";
import { narrow } from "./flow.ts";

/** What the screen shows of the last gesture; `n` tells two equal ones apart. */
export interface Shown extends Feedback {
  readonly n: number;
}

export interface Running<S> {
  readonly name: string;
  readonly state: ReadonlySignal<S>;
  readonly shown: ReadonlySignal<Shown | null>;
  /** The last gesture did not reach the disk. */
  readonly unsaved: ReadonlySignal<boolean>;
  readonly canUndo: ReadonlySignal<boolean>;
  take(gesture: Gesture): Promise<void>;
  undo(): Promise<void>;
  stop(): void;
}

interface Past<S> {
  readonly before: S;
  readonly operations: readonly string[];
}

interface Kept<S> {
  readonly version: string;
  readonly state: S;
  readonly past: ReadonlyArray<Past<S>>;
}

/** How many gestures can be taken back, one tap each. */
const DEPTH = 10;

/** Said for good: a finished sheet is recounted, a request is answered, a void stays. */
const FINAL: ReadonlySet<Kind> = new Set<Kind>([
  "counting.finish_bin",
  "operations.void",
  "picking.take_work",
  "picking.return_work",
]);

const isFinal = (record: readonly AnyDraft[]): boolean =>
  record.some((draft) => FINAL.has(draft.kind));

/** Where an interrupted flow was left, by the same version of the app. */
function kept<S>(device: Device, flow: Flow<S>): Kept<S> | null {
  const found = device.drafts.load(flow.name) as Kept<S> | null | undefined;
  return found?.version === device.version ? found : null;
}

/** Whether this flow was left with nothing half done. */
export const isResting = <S>(device: Device, flow: Flow<S>): boolean => {
  const found = kept(device, flow);
  return found === null || flow.resting(found.state);
};

export function run<S>(
  flow: Flow<S>,
  device: Device,
  world: World,
  signalled: (feedback: Feedback) => void,
): Running<S> {
  const found = kept(device, flow);
  const state = signal<S>(found?.state ?? flow.start(world));
  const past = signal<ReadonlyArray<Past<S>>>(found?.past ?? []);
  const shown = signal<Shown | null>(null);
  const unsaved = signal(false);
  const canUndo = signal(past.value.length > 0);
  let tail: Promise<void> = Promise.resolve();
  let stopped = false;

  const tell = (feedback: Feedback): void => {
    shown.value = { ...feedback, n: (shown.value?.n ?? 0) + 1 };
    signalled(feedback);
  };

  const keep = (): void => {
    canUndo.value = past.value.length > 0;
    const draft: Kept<S> = { version: device.version, state: state.value, past: past.value };
    // Recovery is a convenience: the facts are on disk already, so its failure stops nobody.
    device.drafts.save(flow.name, draft).catch(() => undefined);
  };

  const failed = (): void => {
    unsaved.value = true;
    tell({ tone: "wrong", words: say("app.not_saved") });
  };

  const ask = (question: Question): void => {
    answerTo(question, device).then(
      (reply) => take({ type: "answered", reply }),
      () => undefined,
    );
  };

  const apply = async (gesture: Gesture): Promise<void> => {
    if (stopped) {
      return;
    }
    const before = state.value;
    const step = flow.next(before, narrowed(flow, before, gesture), world);
    const record = step.record ?? [];
    let operations: readonly string[];
    try {
      operations = await recorded(device, record);
    } catch {
      failed();
      return;
    }
    unsaved.value = record.length > 0 ? false : unsaved.value;
    state.value = step.state;
    past.value = remembered(past.value, before, step, operations, gesture);
    if (step.feedback) {
      tell(step.feedback);
    }
    if (step.state !== before || record.length > 0) {
      keep();
    }
    if (step.ask) {
      ask(step.ask);
    }
  };

  const takeBack = async (): Promise<void> => {
    const last = past.value.at(-1);
    if (!last) {
      tell({ tone: "step", words: say("app.undo_nothing") });
      return;
    }
    try {
      for (const operation of last.operations.toReversed()) {
        await device.undo(operation, null);
      }
    } catch {
      failed();
      return;
    }
    unsaved.value = false;
    state.value = last.before;
    past.value = past.value.slice(0, -1);
    tell(
      last.operations.length > 0
        ? { tone: "ok", words: say("app.undone") }
        : { tone: "step", words: say("app.undone_step") },
    );
    keep();
  };

  const take = (gesture: Gesture): Promise<void> => {
    tail = tail.then(() => apply(gesture));
    return tail;
  };

  const unfollow = effect(() => {
    device.replica.version.value;
    device.recent.value;
    void take({ type: "changed" });
  });

  return {
    name: flow.name,
    state,
    shown,
    unsaved,
    canUndo,
    take,
    undo: () => {
      tail = tail.then(takeBack);
      return tail;
    },
    stop: () => {
      stopped = true;
      unfollow();
    },
  };
}

const narrowed = <S>(flow: Flow<S>, state: S, gesture: Gesture): Gesture =>
  gesture.type === "scanned"
    ? { type: "scanned", resolved: narrow(gesture.resolved, flow.expects(state)) }
    : gesture;

async function recorded(device: Device, record: readonly AnyDraft[]): Promise<readonly string[]> {
  const operations: string[] = [];
  for (const draft of record) {
    operations.push((await device.record(draft)).id);
  }
  return operations;
}

function remembered<S>(
  past: ReadonlyArray<Past<S>>,
  before: S,
  step: Step<S>,
  operations: readonly string[],
  gesture: Gesture,
): ReadonlyArray<Past<S>> {
  if (isFinal(step.record ?? [])) {
    return [];
  }
  const byHand = gesture.type !== "changed" && gesture.type !== "answered";
  return operations.length > 0 || (byHand && step.state !== before)
    ? [...past, { before, operations }].slice(-DEPTH)
    : past;
}
