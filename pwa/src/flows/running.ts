/** Runs a flow on the device: one gesture at a time, on disk before it is said to be done. */
import { batch, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Device } from "../device.ts";
import type { AnyDraft, Scan } from "../domain/operation.ts";
import { say } from "../words/text.ts";
import { answerTo } from "./asking.ts";
import { carrying, heardFaulty, leftOver } from "./faulty.ts";
import type { Feedback, Flow, Gesture, Question, World } from "./flow.ts";
import { narrow } from "./flow.ts";
import { type Past, remembered } from "./past.ts";

/** What the screen shows of the last gesture; `n` tells two equal ones apart. */
export interface Shown extends Feedback {
  readonly n: number;
}

/** What a hand asks of a flow, one after the other. */
export interface Turns {
  take(gesture: Gesture): Promise<void>;
  undo(): Promise<void>;
}

export interface Running<S> extends Turns {
  readonly name: string;
  readonly state: ReadonlySignal<S>;
  readonly shown: ReadonlySignal<Shown | null>;
  /** The last gesture did not reach the disk. */
  readonly unsaved: ReadonlySignal<boolean>;
  readonly canUndo: ReadonlySignal<boolean>;
  stop(): void;
}

interface Kept<S> {
  readonly shape: number;
  readonly state: S;
  readonly past: ReadonlyArray<Past<S>>;
  /** Labels that no operation has taken along yet; drafts of earlier versions have none. */
  readonly faulty?: readonly Scan[];
}

/** Where an interrupted flow was left, also by an earlier version of the app, if it can be read. */
function kept<S>(device: Device, flow: Flow<S>): Kept<S> | null {
  const found = device.drafts.load(flow.name) as Partial<Kept<unknown>> | null | undefined;
  const at = (found?.state as { readonly at?: unknown } | null | undefined)?.at;
  const understood =
    found?.shape === flow.shape &&
    typeof at === "string" &&
    Object.hasOwn(flow.stands, at) &&
    Array.isArray(found.past) &&
    Array.isArray(found.faulty ?? []);
  return understood ? (found as Kept<S>) : null;
}

/** Whether this flow was left with nothing half done. */
export const isResting = <S>(device: Device, flow: Flow<S>): boolean => {
  const found = kept(device, flow);
  return found === null || flow.resting(found.state);
};

class Runner<S> implements Running<S> {
  readonly state: Signal<S>;
  readonly shown = signal<Shown | null>(null);
  readonly unsaved = signal(false);
  readonly canUndo: Signal<boolean>;
  readonly #flow: Flow<S>;
  readonly #device: Device;
  readonly #world: World;
  readonly #signalled: (feedback: Feedback) => void;
  readonly #unfollow: () => void;
  #past: ReadonlyArray<Past<S>>;
  #faulty: readonly Scan[] = [];
  #tail: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(
    flow: Flow<S>,
    device: Device,
    world: World,
    signalled: (feedback: Feedback) => void,
  ) {
    const found = kept(device, flow);
    this.#flow = flow;
    this.#device = device;
    this.#world = world;
    this.#signalled = signalled;
    this.#past = found?.past ?? [];
    this.#faulty = found?.faulty ?? [];
    this.state = signal(found?.state ?? flow.start(world));
    this.canUndo = signal(this.#past.length > 0);
    this.#unfollow = effect(() => {
      device.replica.version.value;
      device.recent.value;
      void this.take({ type: "changed" });
    });
  }

  get name(): string {
    return this.#flow.name;
  }

  take(gesture: Gesture): Promise<void> {
    return this.#inTurn(
      () => this.#apply(gesture),
      gesture.type !== "changed" && gesture.type !== "answered",
    );
  }

  undo(): Promise<void> {
    return this.#inTurn(() => this.#takeBack(), true);
  }

  /** One after the other; a gesture that a fault of ours breaks must not silence the ones after it. */
  #inTurn(turn: () => Promise<void>, byHand: boolean): Promise<void> {
    this.#tail = this.#tail.then(turn).catch((fault: unknown) => {
      reportError(fault);
      if (byHand) this.#failed();
    });
    return this.#tail;
  }

  stop(): void {
    this.#stopped = true;
    this.#unfollow();
  }

  async #apply(gesture: Gesture): Promise<void> {
    if (this.#stopped) {
      return;
    }
    const before = this.state.value;
    const step = this.#flow.next(before, narrowed(this.#flow, before, gesture), this.#world);
    const faulty = heardFaulty(this.#faulty, gesture);
    const drafts = (step.record ?? []).map((draft) => named(draft, this.#device));
    const record = carrying(drafts, faulty);
    const operations = record.map((draft) => draft.id);
    const past = remembered(this.#past, before, step, operations, gesture);
    const left = leftOver(record, faulty);
    if (!(await this.#written(record, step.state, past, step.feedback, left))) {
      return;
    }
    const changed = step.state !== before || left !== this.#faulty;
    this.#faulty = left;
    if (changed && record.length === 0) {
      this.#keep();
    }
    if (step.ask) {
      this.#ask(step.ask);
    }
  }

  async #takeBack(): Promise<void> {
    const last = this.#past.at(-1);
    if (!last) {
      this.#tell({ tone: "step", words: say("app.undo_nothing") });
      return;
    }
    const voids = last.operations
      .toReversed()
      .map((cause) =>
        named(
          { kind: "operations.void", payload: { reason: null, scans: [] }, cause },
          this.#device,
        ),
      );
    const said: Feedback =
      last.operations.length > 0
        ? { tone: "ok", words: say("app.undone") }
        : { tone: "step", words: say("app.undone_step") };
    if (!(await this.#written(voids, last.before, this.#past.slice(0, -1), said))) {
      return;
    }
    if (voids.length === 0) {
      this.#keep();
    }
  }

  /** The operations and where they leave the flow, together; then the same in memory, drawn once. */
  async #written(
    record: readonly AnyDraft[],
    state: S,
    past: ReadonlyArray<Past<S>>,
    said: Feedback | undefined,
    faulty = this.#faulty,
  ): Promise<boolean> {
    const kept = (): void => this.#moved(state, past, said);
    if (record.length === 0) {
      batch(kept);
    } else {
      const left = { flow: this.name, state: this.#draft(state, past, faulty) };
      try {
        await this.#device.recordAll(record, left, () => {
          this.unsaved.value = false;
          kept();
        });
      } catch {
        this.#failed();
        return false;
      }
    }
    if (said) this.#signalled(said);
    return true;
  }

  #moved(state: S, past: ReadonlyArray<Past<S>>, said: Feedback | undefined): void {
    this.state.value = state;
    this.#past = past;
    this.canUndo.value = past.length > 0;
    if (said) this.#show(said);
  }

  #draft(state: S, past: ReadonlyArray<Past<S>>, faulty = this.#faulty): Kept<S> {
    return { shape: this.#flow.shape, state, past, faulty };
  }

  #tell(feedback: Feedback): void {
    this.#show(feedback);
    this.#signalled(feedback);
  }

  #show(feedback: Feedback): void {
    this.shown.value = { ...feedback, n: (this.shown.value?.n ?? 0) + 1 };
  }

  #failed(): void {
    this.unsaved.value = true;
    this.#tell({ tone: "wrong", words: say("app.not_saved") });
  }

  #keep(): void {
    const draft = this.#draft(this.state.value, this.#past);
    // Recovery is a convenience: the facts are on disk already, so its failure stops nobody.
    this.#device.drafts.save(this.name, draft).catch(() => undefined);
  }

  #ask(question: Question): void {
    answerTo(question, this.#device).then(
      (reply) => this.take({ type: "answered", reply }),
      () => undefined,
    );
  }
}

export const run = <S>(
  flow: Flow<S>,
  device: Device,
  world: World,
  signalled: (feedback: Feedback) => void,
): Running<S> => new Runner(flow, device, world, signalled);

const narrowed = <S>(flow: Flow<S>, state: S, gesture: Gesture): Gesture =>
  gesture.type === "scanned"
    ? { type: "scanned", resolved: narrow(gesture.resolved, flow.expects(state)) }
    : gesture;

/** An operation's id is known before it is written, so that what is kept with it can name it. */
const named = (draft: AnyDraft, device: Device): AnyDraft & { readonly id: string } => ({
  ...draft,
  id: draft.id ?? device.newId(),
});
