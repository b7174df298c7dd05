/** A rescue file in pieces the server takes, and what became of each operation. */
import type { Answer, Api } from "../../device.ts";
import { say, type Text } from "../../words/text.ts";
import { troubleOf } from "../deciding.ts";
import { body, list, number, text } from "../rows.ts";

/** One journal of one handheld, gapless from `first` on. */
export interface Journal {
  readonly device: string;
  readonly epoch: number;
  readonly first: number;
  readonly ops: readonly string[];
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

const AT_ONCE = 50;
const NOTHING: Rescued = { fresh: 0, known: 0, doubtful: 0, trouble: null, gap: false };
const PLAIN = ["sync.rescued"];

/** Null: this is not a file that a handheld saved. */
export function journalsIn(file: string): readonly Journal[] | null {
  const queue = body(parsed(file));
  if (queue.format !== "tallyman-queue" || !Array.isArray(queue.journals)) return null;
  const found = list(queue.journals).map(journal);
  return found.every(({ device, ops }) => device !== "" && ops.every((op) => op !== ""))
    ? found
    : null;
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(file);
  } catch {
    return null;
  }
}

const journal = (value: unknown): Journal => {
  const run = body(value);
  return {
    device: text(run.device),
    epoch: number(run.epoch) ?? 1,
    first: number(run.first_seq) ?? 1,
    ops: list(run.ops).map(text),
  };
};

/** Hands everything in, journal by journal; what stops one does not stop the next. */
export async function rescue(
  api: Api,
  journals: readonly Journal[],
  givingUp = false,
): Promise<Rescued> {
  let sum = NOTHING;
  for (const one of journals) sum = plus(sum, await handIn(api, one, givingUp));
  return sum;
}

const plus = (a: Rescued, b: Rescued): Rescued => ({
  fresh: a.fresh + b.fresh,
  known: a.known + b.known,
  doubtful: a.doubtful + b.doubtful,
  trouble: a.trouble ?? b.trouble,
  gap: a.gap || b.gap,
});

async function handIn(
  api: Api,
  { device, epoch, first, ops }: Journal,
  givingUp: boolean,
): Promise<Rescued> {
  let sum = NOTHING;
  let size = AT_ONCE;
  let lost: readonly [number, number] | null = null;
  for (let done = 0; done < ops.length; ) {
    const piece = ops.slice(done, done + size);
    const asked = { device, epoch, first_seq: first + done, ops: piece, lost };
    const answer = await api.post("/sync/rescue", asked);
    if (!answer.ok && answer.problem?.status === 413 && size > 1) {
      size = Math.ceil(size / 2);
      continue;
    }
    const missing = missingBefore(answer, first + done);
    if (missing && givingUp && lost === null) {
      lost = missing;
      continue;
    }
    if (!answer.ok) return { ...sum, trouble: wrong(answer), gap: missing !== null };
    const results = list(body(answer.body).results);
    if (results.length === 0) return { ...sum, trouble: say("rescue.stopped") };
    lost = null;
    sum = plus(sum, tally(results));
    done += results.length;
  }
  return sum;
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
