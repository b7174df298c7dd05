/** A rescue file, journal by journal, and what became of each operation. */
import { body, list, number, text } from "../rows.ts";
import { Handing, type Journal, NOTHING, plus, type Rescued, type Rescuer } from "./handing.ts";

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
    settled: number(run.settled) ?? 0,
  };
};

/** Hands everything in, journal by journal; what stops one does not stop the next. */
export async function rescue(
  rescuer: Rescuer,
  journals: readonly Journal[],
  givingUp = false,
): Promise<Rescued> {
  let sum = NOTHING;
  for (const one of journals) {
    sum = plus(sum, await new Handing(rescuer, one, givingUp).toTheEnd());
  }
  return sum;
}
