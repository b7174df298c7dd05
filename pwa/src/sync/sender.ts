/** Brings the journal to the server: one push after another until nothing is left or something is in the way. */
import { beginRotation, moveInto } from "../outbox/rotating.ts";
import { acknowledge, firstHeld, type Outgoing, rewind, takeCut } from "../outbox/sending.ts";
import { type Entry, fact, type Rotation } from "../storage.ts";
import { exchanged, isStale } from "./clock.ts";
import { bringHome } from "./home.ts";
import { integer, problemCode } from "./network.ts";
import { askOlder } from "./older.ts";
import { body, type Cut, chunk, judge, MOST_OPERATIONS, type Verdict } from "./push.ts";
import { post, type Sending } from "./sending.ts";

export type SendEnd =
  | { readonly type: "drained"; readonly pull: boolean }
  | {
      readonly type: "stopped";
      readonly code: string | null;
      readonly retryAfter: number | null;
      readonly offline: boolean;
    };

const stopped = (code: string | null, offline = false): SendEnd => ({
  type: "stopped",
  code,
  retryAfter: null,
  offline,
});

/** More rounds than a full queue needs; a server that keeps sending the device back must not spin it. */
const MOST_ROUNDS = 500;

/** Sends until the queue is empty; without anything to send it is a heartbeat. Storage errors reject. */
export async function send(parts: Sending): Promise<SendEnd> {
  let most = MOST_OPERATIONS;
  let pull = false;
  let greeted = false;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const rotation = await fact(parts.storage, "rotation");
    if (rotation) {
      const end = await rotate(parts, rotation);
      if (end) return end;
      continue;
    }
    const outgoing = await takeCut(parts.storage, parts.clock, most + 1);
    if (!outgoing) return stopped("device.not_enrolled");
    const greeting: boolean = !greeted && stale(parts, outgoing.cut);
    greeted ||= greeting;
    const sent = greeting ? [] : chunk(outgoing.cut.entries, most);
    const verdict = lostHere(outgoing.cut) ?? (await push(parts, outgoing, sent));
    if (verdict.type === "wait") return { ...verdict, type: "stopped" };
    if (verdict.type === "halve") {
      most = Math.max(1, Math.floor(sent.length / 2));
      continue;
    }
    await obey(parts, outgoing.cut, verdict);
    if (verdict.type !== "decided") continue;
    pull ||= verdict.pull || verdict.results.length > 0;
    if (verdict.expected <= outgoing.cut.head.seq) continue;
    const older = await askOlder(parts, outgoing.credential);
    if (typeof older === "object") return { ...older, type: "stopped" };
    if (older !== "none") continue;
    if ((await bringHome(parts, outgoing.credential)) !== "asked") return { type: "drained", pull };
    pull = true;
  }
  return stopped("sync.no_progress");
}

/** After a silence the clocks are exchanged first, so that the stamps of what follows are narrow. */
const stale = (parts: Sending, cut: Cut): boolean =>
  cut.entries.length > 0 && isStale(cut.clock, parts.clock);

/** Numbers that should be here and are not: declared, never passed over in silence. */
function lostHere(cut: Cut): Verdict | null {
  if (cut.expected > cut.head.seq) return null;
  const first = cut.entries[0]?.seq ?? cut.head.seq + 1;
  if (first === cut.expected) return null;
  return {
    type: "rotate",
    reason: "gap",
    lost: [cut.expected, first - 1],
    resendFrom: cut.expected,
  };
}

async function push(
  parts: Sending,
  { cut, credential }: Outgoing,
  sent: readonly Entry[],
): Promise<Verdict> {
  const text = body(cut, sent, await parts.surroundings());
  const started = { wall_ms: parts.clock.wall(), mono_ms: parts.clock.mono() };
  const reply = await post(parts, credential, "/sync/push", text);
  const wanted = reply?.status === 409 ? integer(reply.body, "expected_seq") : null;
  const held = wanted === null ? null : await firstHeld(parts.storage, cut, wanted);
  const verdict = judge(cut, sent, reply, held);
  if (verdict.type !== "decided") return verdict;
  const learned = {
    clock: exchanged(parts.clock, started, verdict.serverTime),
    incarnation: verdict.incarnation,
  };
  const { results, expected } = verdict;
  await acknowledge(parts.storage, cut, results, expected, learned, parts.clock.wall());
  return verdict;
}

async function obey(parts: Sending, cut: Cut, verdict: Verdict): Promise<void> {
  if (verdict.type === "rewind") await rewind(parts.storage, cut, verdict.expected);
  if (verdict.type === "rotate") {
    await beginRotation(parts.storage, {
      rotation: parts.newId(parts.clock.wall()),
      from: cut.head.epoch,
      reason: verdict.reason,
      lost: verdict.lost,
      headSeq: cut.head.seq,
      resendFrom: verdict.resendFrom,
    });
  }
}

/** Asks for a new epoch, as often as it takes, under one id; null when it is done. */
async function rotate(parts: Sending, rotation: Rotation): Promise<SendEnd | null> {
  const enrolment = await fact(parts.storage, "enrolment");
  if (!enrolment) return stopped("device.not_enrolled");
  const text = JSON.stringify({
    rotation: rotation.rotation,
    from_epoch: rotation.from,
    reason: rotation.reason,
    lost: rotation.lost,
    head_seq: rotation.headSeq,
  });
  const reply = await post(parts, enrolment.credential, "/sync/rotate", text);
  if (reply === null) return stopped(null, true);
  const epoch = integer(reply.body, "epoch");
  if (reply.status !== 200 || epoch === null) {
    return stopped(reply.status === 401 ? "device.unknown" : problemCode(reply));
  }
  await moveInto(parts.storage, epoch);
  return null;
}
