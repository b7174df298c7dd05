/** After a restore: asks about each earlier epoch, and sends again what the server has lost of it. */
import {
  nextOlder,
  type OlderJournal,
  olderDone,
  olderNamed,
  olderUnsent,
} from "../outbox/older.ts";
import { beginRotation } from "../outbox/rotating.ts";
import { type ClockReading, type Entry, fact } from "../storage.ts";
import { integer, problemCode, type Reply } from "./network.ts";
import { body, type Cut, namedIn, type Waiting } from "./push.ts";
import { asMuchAsFits, post, type Sending } from "./sending.ts";

export type OlderEnd = "none" | "asked" | "rotating" | Waiting;

/** One question about one older journal. */
export async function askOlder(parts: Sending, credential: string): Promise<OlderEnd> {
  const journal = await nextOlder(parts.storage);
  if (!journal) return "none";
  const unsure = journal.entries.filter((entry) => entry.state === "queued");
  const last = journal.entries.at(-1)?.seq ?? 0;
  const around = { ...(await parts.surroundings()), parked: false, asks: true };
  const clock = await fact(parts.storage, "clock");
  const { sent, reply } = await asMuchAsFits(unsure, (some) => {
    const cut = cutOf(parts, journal, some[0]?.seq ?? last + 1, last, clock);
    return post(parts, credential, "/sync/push", body(cut, some, around));
  });
  const expected = reply && understood(reply);
  if (expected === null || reply === null) return stopped(reply);
  if (reply.status === 200) await olderNamed(parts.storage, sent, namedIn(reply));
  return await goOn(parts, journal, expected, last);
}

function stopped(reply: Reply | null): Waiting {
  const silent = reply === null || reply.status >= 500;
  return {
    type: "wait",
    code: silent ? reply && problemCode(reply) : "sync.older_epoch",
    retryAfter: reply?.retryAfter ?? null,
    offline: reply === null,
  };
}

function understood(reply: Reply): number | null {
  const gap = reply.status === 409 && integer(reply.body, "expected_seq") !== null;
  return reply.status === 200 || gap ? integer(reply.body, "expected_seq") : null;
}

async function goOn(
  parts: Sending,
  journal: OlderJournal,
  expected: number,
  last: number,
): Promise<OlderEnd> {
  if (expected > last) {
    await olderDone(parts.storage, journal.epoch);
    return "asked";
  }
  const lacking = journal.entries.filter((entry) => entry.seq >= expected);
  const first = lacking[0]?.seq ?? last + 1;
  if (first === expected) {
    await olderUnsent(parts.storage, lacking);
    return "asked";
  }
  // Settled long ago and purged here, and lost there: said, and the rest goes along into a new epoch.
  await beginRotation(parts.storage, {
    rotation: parts.newId(parts.clock.wall()),
    from: journal.epoch,
    reason: "gap",
    lost: [expected, first - 1],
    headSeq: last,
    resendFrom: expected,
  });
  await olderDone(parts.storage, journal.epoch);
  return "rotating";
}

function cutOf(
  parts: Sending,
  journal: OlderJournal,
  expected: number,
  last: number,
  clock: ClockReading | undefined,
): Cut {
  return {
    device: journal.device,
    head: { epoch: journal.epoch, seq: last, hash: "" },
    expected,
    entries: [] as readonly Entry[],
    clock,
    wall_ms: parts.clock.wall(),
    mono_ms: parts.clock.mono(),
  };
}
