/** What this handheld holds under another name, earlier or others': handed in as a rescue, in that name. */
import { uuid5 } from "../domain/ids.ts";
import { branchOff, heldFrom, waitingAbroad, waitingFrom } from "../outbox/abroad.ts";
import { olderNamed, olderUnsent } from "../outbox/older.ts";
import type { Entry } from "../storage.ts";
import { integer, problemCode, type Reply } from "./network.ts";
import { namedIn } from "./push.ts";
import { asMuchAsFits, post, type Sending } from "./sending.ts";

/** `stopped`: it stays here, and says so; a supervisor can take it in as a file. */
export type HomeEnd = "none" | "asked" | "stopped";

/** One question that leads on; a journal that is stuck does not hold up the others. */
export async function bringHome(parts: Sending, credential: string): Promise<HomeEnd> {
  const firsts = await waitingAbroad(parts.storage);
  for (const first of firsts) {
    const end = await handIn(parts, credential, first);
    if (end === "silent") break;
    if (end === "asked") return end;
  }
  return firsts.length > 0 ? "stopped" : "none";
}

type AskEnd = "asked" | "stopped" | "silent";

async function handIn(parts: Sending, credential: string, first: Entry): Promise<AskEnd> {
  const { device, epoch, seq } = first;
  const waiting = await waitingFrom(parts.storage, first);
  const { sent, reply } = await asMuchAsFits(waiting, (some) => {
    const ops = some.map(({ text }) => text);
    const asked = JSON.stringify({ device, epoch, first_seq: seq, ops });
    return post(parts, credential, "/sync/rescue", asked);
  });
  if (reply?.status === 200) {
    const named = namedIn(reply);
    await olderNamed(parts.storage, sent, named);
    return named.length > 0 ? "asked" : "stopped";
  }
  if (reply === null || reply.status >= 500) return "silent";
  if (reply.status !== 409) return "stopped";
  if (problemCode(reply) === "sync.sequence_gap") return await goBack(parts, reply, first);
  return await branch(parts, credential, first);
}

/** The server lacks what it had named before: that goes in again first, if it is still here. */
async function goBack(parts: Sending, reply: Reply, first: Entry): Promise<AskEnd> {
  const expected = integer(reply.body, "expected_seq");
  if (expected === null || expected >= first.seq) return "stopped";
  const lacking = await heldFrom(parts.storage, { ...first, seq: expected });
  if (lacking[0]?.seq !== expected) return "stopped";
  await olderUnsent(parts.storage, lacking);
  return "asked";
}

/** A number from before a restore may be given out again, while what it stood for lies here. */
const MOST_BRANCHES = 5;

/** A twin has told something else under these numbers: the server numbers a journal for this story. */
async function branch(parts: Sending, credential: string, first: Entry): Promise<AskEnd> {
  for (let n = 0; n < MOST_BRANCHES; n++) {
    const text = JSON.stringify({
      // The same question, however often it is asked.
      rotation: uuid5(first.id, `branch:${first.epoch}${n ? `:${n}` : ""}`),
      device: first.device,
      from_epoch: first.epoch,
      reason: "clone",
      lost: null,
      head_seq: null,
    });
    const reply = await post(parts, credential, "/sync/rotate", text);
    if (reply === null || reply.status >= 500) return "silent";
    const epoch = reply.status === 200 ? integer(reply.body, "epoch") : null;
    if (epoch === null) return "stopped";
    if ((await heldFrom(parts.storage, { ...first, epoch, seq: 1 })).length > 0) continue;
    await branchOff(parts.storage, first, epoch);
    return "asked";
  }
  return "stopped";
}
