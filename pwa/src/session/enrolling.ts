/** Making this browser a device of a site, for the first time or again with what it still has to send. */
import { Offline, Refused, type Site } from "../device.ts";
import { newEpoch } from "../domain/envelope.ts";
import type { Mint } from "../domain/ids.ts";
import { move } from "../outbox/rotating.ts";
import {
  type ClockReading,
  type EnrolmentRecord,
  fact,
  factIn,
  putFact,
  type Rotation,
  type Storage,
  writing,
} from "../storage.ts";
import { type Clock, exchanged } from "../sync/clock.ts";
import { field, integer, type Reply, type Wire } from "../sync/network.ts";
import { answerOf } from "./calls.ts";

/** A second, independent memory of having been a device: it outlives a lost database. */
export interface Witness {
  recall(): string | null;
  keep(device: string): void;
}

export interface Enrolling {
  readonly storage: Storage;
  readonly wire: Wire;
  readonly clock: Clock;
  readonly newId: Mint;
  readonly witness: Witness;
}

interface Before {
  readonly epoch: number;
  readonly last_seq: number;
  readonly head_seq: number;
  /** Null: nobody ever spoke on it for itself, it was rescued. */
  readonly last_contact_ms: number | null;
}

interface Welcome {
  readonly enrolment: EnrolmentRecord;
  readonly epoch: number;
  readonly journals: readonly Before[];
}

function welcome(reply: Reply, label: string): Welcome {
  const { body } = reply;
  const org = field(body, "org");
  return {
    enrolment: {
      device: String(field(body, "device")),
      credential: String(field(body, "credential")),
      site: field(body, "site") as Site,
      org: typeof org === "string" ? org : null,
      label,
    },
    epoch: integer(body, "epoch") ?? 1,
    journals: (field(body, "epochs") ?? []) as Welcome["journals"],
  };
}

/** Rejects `Offline` or `Refused`; resolves when the disk has the new identity. */
export async function enrol(parts: Enrolling, code: string, label: string): Promise<void> {
  const { storage, wire, clock, witness } = parts;
  const held = await fact(storage, "enrolment");
  const known = held?.device ?? null;
  const replaces = known ?? witness.recall();
  const started = { wall_ms: clock.wall(), mono_ms: clock.mono() };
  const reply = await wire({
    method: "POST",
    path: "/devices",
    headers: {
      "Content-Type": "application/json",
      // If it opens nothing any more, a twin goes by this name: then this one gets its own.
      ...(held ? { Authorization: `Device ${held.credential}` } : {}),
    },
    body: JSON.stringify({ enrolment_code: code.trim().replace(/^TME:/, ""), label, replaces }),
  });
  const answer = answerOf(reply);
  if (reply === null || (!answer.ok && answer.offline)) throw new Offline();
  if (!answer.ok) throw new Refused(answer.problem);
  const said = welcome(reply, label);
  const learned = exchanged(clock, started, integer(reply.body, "server_time_ms"));
  await settleIn(parts, known, said, learned);
  witness.keep(said.enrolment.device);
}

/**
 * The same device goes on with its queue in the new epoch; another device starts a journal of its
 * own. One write: half of it would be a journal that nobody waits for, or a loss that nobody is told.
 */
async function settleIn(
  parts: Enrolling,
  known: string | null,
  said: Welcome,
  learned: ClockReading | null,
): Promise<void> {
  const { enrolment, epoch } = said;
  await writing(parts.storage, ["journal", "facts", "grants"], async (tx) => {
    const facts = tx.objectStore("facts");
    const before = await factIn(tx, "enrolment");
    const loss = lossOf(parts, known, said, await factIn(tx, "rotation"));
    await putFact(tx, "enrolment", enrolment);
    if (before?.site.id !== enrolment.site.id) await facts.delete("pull");
    if (learned) await putFact(tx, "clock", learned);
    if (known !== enrolment.device) {
      await putFact(tx, "head", newEpoch(epoch));
      await putFact(tx, "expected", { epoch, seq: 1 });
      // Proofs, rows and numbers were for the device that this one was before.
      await tx.objectStore("grants").clear();
      for (const own of ["person", "pull", "numbers", "older"]) await facts.delete(own);
    } else if (epoch > ((await factIn(tx, "head"))?.epoch ?? 0)) {
      // A server from a backup counts from 1 again, and adopts the journal that is running here.
      await move(tx, epoch);
    }
    if (loss) await putFact(tx, "rotation", loss);
    else await facts.delete("rotation");
  });
}

/** What this device once knew and does not any more: said to the server, never a silent fresh start. */
function lossOf(
  { clock, newId }: Enrolling,
  known: string | null,
  { enrolment, epoch, journals }: Welcome,
  begun: Rotation | undefined,
): Rotation | null {
  // Under a name of its own: the server may have answered the first, with an epoch from before.
  const rotation = newId(clock.wall());
  if (known === enrolment.device) return begun?.lost ? { ...begun, rotation } : null;
  const before = journals.filter((one) => one.epoch < epoch);
  // One that was never heard of is that of an enrolment whose answer was lost.
  const last = before.filter((one) => one.last_contact_ms !== null).at(-1) ?? before.at(-1);
  // It comes with nothing into a name that has worked before: its own, or the one it was given.
  if (known !== null || !last) return null;
  return {
    rotation,
    from: last.epoch,
    reason: "wiped",
    lost: [last.last_seq + 1, null],
    headSeq: last.head_seq,
    resendFrom: null,
  };
}
