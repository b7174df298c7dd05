/** One journal of a rescue file in pieces the server takes. */
import type { Answer, Device, Run } from "../../device.ts";
import { fingerprint } from "../../domain/digest.ts";
import { headAt, newEpoch, reseat, seatAfter } from "../../domain/envelope.ts";
import { uuid5 } from "../../domain/ids.ts";
import { say, type Text } from "../../words/text.ts";
import { troubleOf } from "../deciding.ts";
import { body, list, number, text } from "../rows.ts";

export interface Journal extends Run {
  /** How many of the first the server has shown to be safe, before it came back from a backup. */
  readonly settled: number;
}

export interface Rescued {
  readonly fresh: number;
  readonly known: number;
  /** Of the new ones: what somebody has to look at. */
  readonly doubtful: number;
  readonly trouble: Text | null;
  /** Something before it is missing; a supervisor may give that up, and the rest comes in. */
  readonly gap: boolean;
}

export type Rescuer = Pick<Device, "api" | "keepRescued">;

export const NOTHING: Rescued = { fresh: 0, known: 0, doubtful: 0, trouble: null, gap: false };

export const plus = (a: Rescued, b: Rescued): Rescued => ({
  fresh: a.fresh + b.fresh,
  known: a.known + b.known,
  doubtful: a.doubtful + b.doubtful,
  trouble: a.trouble ?? b.trouble,
  gap: a.gap || b.gap,
});

type Refusal = Exclude<Answer, { ok: true }>;

const AT_ONCE = 50;
const PLAIN = ["sync.rescued"];
/** A server that finds every journal forked must not spin. */
const MOST_BRANCHES = 5;

export class Handing {
  readonly #rescuer: Rescuer;
  readonly #givingUp: boolean;
  #run: Run;
  #sum = NOTHING;
  #size = AT_ONCE;
  #lost: readonly [number, number] | null = null;
  /** How many of the run the server has named, or need not be asked about. */
  #done: number;
  /** How many of the run are kept here. */
  #kept = 0;
  /** From the beginning; otherwise what is settled was left out. */
  #whole: boolean;
  #branches = 0;

  constructor(rescuer: Rescuer, { settled, ...run }: Journal, givingUp: boolean) {
    this.#rescuer = rescuer;
    this.#run = run;
    this.#givingUp = givingUp;
    // Of a journal that is all settled the last is shown: whoever lacks it says from where on.
    this.#done = Math.max(Math.min(settled, run.ops.length - 1), 0);
    this.#whole = this.#done === 0;
  }

  async toTheEnd(): Promise<Rescued> {
    while (this.#done < this.#run.ops.length) {
      const answer = await this.#ask();
      const stopped = answer.ok ? await this.#taken(answer.body) : await this.#refused(answer);
      if (stopped) return { ...this.#sum, ...stopped };
    }
    return this.#sum;
  }

  get #next(): number {
    return this.#run.first + this.#done;
  }

  #ask(): Promise<Answer> {
    const { device, epoch, ops } = this.#run;
    const piece = ops.slice(this.#done, this.#done + this.#size);
    const asked = { device, epoch, first_seq: this.#next, ops: piece, lost: this.#lost };
    return this.#rescuer.api.post("/sync/rescue", asked);
  }

  async #taken(answer: unknown): Promise<Partial<Rescued> | null> {
    const results = list(body(answer).results);
    if (results.length === 0) return { trouble: say("rescue.stopped") };
    this.#lost = null;
    this.#sum = plus(this.#sum, tally(results));
    this.#done += results.length;
    const kept = this.#run.ops.slice(this.#kept, this.#done);
    const run = { ...this.#run, first: this.#run.first + this.#kept, ops: kept };
    try {
      await this.#rescuer.keepRescued(run, text(body(answer).incarnation) || null);
    } catch {
      return { trouble: say("rescue.unkept") };
    }
    this.#kept = this.#done;
    return null;
  }

  async #refused(answer: Refusal): Promise<Partial<Rescued> | null> {
    const { first } = this.#run;
    if (answer.problem?.status === 413 && this.#size > 1) {
      this.#size = Math.ceil(this.#size / 2);
      return null;
    }
    if (answer.problem?.code === "sync.rotate_epoch") return await this.#forked(answer);
    const missing = missingBefore(answer, this.#next);
    if (missing && missing[0] >= first) {
      this.#done = missing[0] - first;
      return null;
    }
    if (missing && this.#givingUp && this.#lost === null) {
      this.#lost = missing;
      return null;
    }
    return { trouble: wrong(answer), gap: missing !== null };
  }

  /** The server knows another story from some number on: this one goes on in a journal of its own. */
  async #forked(answer: Refusal): Promise<Partial<Rescued> | null> {
    if (!this.#whole) {
      this.#whole = true;
      this.#done = 0;
      return null;
    }
    const { first, ops } = this.#run;
    const at = Math.max((number(answer.problem?.seq) ?? this.#next) - first, this.#done);
    if (at > this.#done) {
      this.#size = at - this.#done;
      return null;
    }
    if (this.#branches++ === MOST_BRANCHES || at >= ops.length) return { trouble: wrong(answer) };
    const asked = branching(this.#run, at);
    const branch = await this.#rescuer.api.post("/sync/rotate", asked);
    if (!branch.ok) return { trouble: troubleOf(branch) };
    const epoch = number(body(branch.body).epoch);
    if (epoch === null) return { trouble: say("rescue.stopped") };
    this.#run = { ...this.#run, epoch, first: 1, ops: reseated(ops.slice(at), epoch) };
    this.#done = 0;
    this.#kept = 0;
    this.#size = AT_ONCE;
    return null;
  }
}

/** The same question whenever the same story is brought in. */
function branching({ device, epoch, first, ops }: Run, at: number): object {
  const story = `branch:${epoch}:${first + at}:${fingerprint(ops[at] ?? "")}`;
  const rotation = uuid5(device, story);
  return { rotation, device, from_epoch: epoch, reason: "clone", lost: null, head_seq: null };
}

function reseated(ops: readonly string[], epoch: number): readonly string[] {
  let head = newEpoch(epoch);
  return ops.map((op) => {
    const seat = seatAfter(head);
    const text = reseat(op, seat);
    head = headAt(seat, text);
    return text;
  });
}

function tally(results: readonly unknown[]): Rescued {
  const read = results.map(body);
  const fresh = read.filter((one) => one.duplicate !== true);
  const codes = (one: (typeof read)[number]) => list(one.codes).map(text);
  return {
    fresh: fresh.length,
    known: read.length - fresh.length,
    doubtful: fresh.filter((one) => codes(one).some((code) => !PLAIN.includes(code))).length,
    trouble: null,
    gap: false,
  };
}

function missingBefore(answer: Answer, first: number): readonly [number, number] | null {
  if (answer.ok || answer.problem?.code !== "sync.sequence_gap") return null;
  const expected = number(answer.problem.expected_seq);
  return expected !== null && expected < first ? [expected, first - 1] : null;
}

function wrong(answer: Parameters<typeof troubleOf>[0]): Text {
  switch (answer.problem?.code) {
    case "sync.sequence_gap":
      return say("rescue.gap", { seq: number(answer.problem.expected_seq) ?? 0 });
    case "sync.rotate_epoch":
      return say("rescue.fork");
    case "request.invalid":
      return say("rescue.foreign");
    default:
      return troubleOf(answer);
  }
}
