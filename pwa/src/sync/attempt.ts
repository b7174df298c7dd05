/** One full attempt: everything out, then everything in; what stands in the way of one does not stop the other. */
import type { Queue } from "../device.ts";
import type { AttemptEnd } from "./cycle.ts";
import { type PullEnd, type Pulling, pull } from "./puller.ts";
import { type SendEnd, send } from "./sender.ts";
import type { Sending } from "./sending.ts";

/** What the attempt says about the connection, for the badge on every screen. */
export interface Attempted {
  readonly end: AttemptEnd;
  readonly link: Queue["link"];
  /** Why the queue or the rows are stuck, if it is not just the network. */
  readonly code: string | null;
}

/** Storage errors reject. `sent` is called between the two, when acknowledgements are on disk. */
export async function attempt(
  sending: Sending,
  pulling: Pulling,
  sent: () => Promise<void>,
): Promise<Attempted> {
  const out = await send(sending);
  await sent();
  if (out.type === "stopped" && (out.offline || out.code === "device.not_enrolled")) {
    return { end: failed(out.retryAfter), link: out.offline ? "offline" : "unknown", code: null };
  }
  const back = await pull(pulling);
  return judged(out, back);
}

const failed = (retryAfter: number | null): AttemptEnd => ({ type: "failed", retryAfter });

function judged(out: SendEnd, back: PullEnd): Attempted {
  if (back.type === "stopped" && back.offline) {
    return { end: failed(back.retryAfter), link: "offline", code: null };
  }
  const stuck = [out, back].find((one) => one.type === "stopped");
  if (stuck?.type === "stopped") {
    return { end: failed(stuck.retryAfter), link: "online", code: stuck.code };
  }
  const code = back.type === "outdated" ? "sync.update_needed" : null;
  return { end: { type: "done" }, link: "online", code };
}
