/** Making this browser a device of a site, for the first time or again with what it still has to send. */
import { Offline, Refused, type Site } from "../device.ts";
import { newEpoch } from "../domain/envelope.ts";
import { newId } from "../domain/ids.ts";
import { moveInto } from "../outbox/rotating.ts";
import {
  type EnrolmentRecord,
  fact,
  factIn,
  keepFact,
  putFact,
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
  readonly witness: Witness;
}

interface Welcome {
  readonly enrolment: EnrolmentRecord;
  readonly epoch: number;
  readonly journals: ReadonlyArray<{ epoch: number; last_seq: number; head_seq: number }>;
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
export async function enrol(
  { storage, wire, clock, witness }: Enrolling,
  code: string,
  label: string,
): Promise<void> {
  const known = (await fact(storage, "enrolment"))?.device ?? null;
  const replaces = known ?? witness.recall();
  const started = { wall_ms: clock.wall(), mono_ms: clock.mono() };
  const reply = await wire({
    method: "POST",
    path: "/devices",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ enrolment_code: code.trim().replace(/^TME:/, ""), label, replaces }),
  });
  const answer = answerOf(reply);
  if (reply === null || (!answer.ok && answer.offline)) throw new Offline();
  if (!answer.ok) throw new Refused(answer.problem);
  const said = welcome(reply, label);
  await settleIn(storage, known, said);
  const learned = exchanged(clock, started, integer(reply.body, "server_time_ms"));
  if (learned) await keepFact(storage, "clock", learned);
  if (known === null && replaces === said.enrolment.device) await declareLoss(storage, said);
  witness.keep(said.enrolment.device);
}

/** The same device goes on with its queue in the new epoch; another device starts a journal of its own. */
async function settleIn(storage: Storage, known: string | null, said: Welcome): Promise<void> {
  const { enrolment, epoch } = said;
  const same = known === enrolment.device;
  const running = await writing(storage, ["facts"], async (tx) => {
    const before = await factIn(tx, "enrolment");
    const head = await factIn(tx, "head");
    await putFact(tx, "enrolment", enrolment);
    await tx.objectStore("facts").delete("rotation");
    if (!same) {
      await putFact(tx, "head", newEpoch(epoch));
      await putFact(tx, "expected", { epoch, seq: 1 });
    }
    if (before?.site.id !== enrolment.site.id) await tx.objectStore("facts").delete("pull");
    return head?.epoch ?? 0;
  });
  // A server from a backup counts from 1 again, and adopts the journal that is running here.
  if (same && epoch > running) await moveInto(storage, epoch);
}

/** What this device once knew is gone: said to the server, never a silent fresh start. */
async function declareLoss(storage: Storage, { epoch, journals }: Welcome): Promise<void> {
  const last = journals.filter((one) => one.epoch < epoch).at(-1);
  if (!last) return;
  await writing(storage, ["facts"], (tx) =>
    putFact(tx, "rotation", {
      rotation: newId(),
      from: last.epoch,
      reason: "wiped",
      lost: [last.last_seq + 1, null],
      headSeq: last.head_seq,
      resendFrom: null,
    }),
  );
}
