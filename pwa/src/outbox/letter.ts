/** What an envelope says beside the gesture: who, where, when, on which knowledge. */
import type { Person } from "../device.ts";
import type { Letter } from "../domain/envelope.ts";
import type { Mint } from "../domain/ids.ts";
import type { Draft, Kind, Scan } from "../domain/operation.ts";
import type { Clock } from "../sync/clock.ts";

export interface Desk {
  readonly device: string;
  readonly person: Person;
  readonly base: string | null;
  readonly clock: Clock;
  readonly newId: Mint;
  readonly app: string;
}

export function letter<K extends Kind>(draft: Draft<K>, desk: Desk): Letter<K> {
  const { clock, person } = desk;
  const now = clock.wall();
  return {
    id: draft.id ?? desk.newId(now),
    device: desk.device,
    kind: draft.kind,
    actor: person.id,
    grant: person.grant,
    task: draft.task ?? null,
    lease: draft.lease ?? null,
    base: desk.base,
    wall_ms: now,
    mono_ms: clock.mono(),
    boot: clock.boot,
    cause: draft.cause ?? null,
    app: desk.app,
    payload: { ...draft.payload, scans: draft.payload.scans.map(written) },
  };
}

/** Some scanners send NUL, which is no part of a code; an envelope with it could not be read. */
const written = ({ data, symbology }: Scan): Scan => ({
  data: data.replaceAll("\0", "").replace(/\p{Cs}/gu, "\ufffd"),
  symbology,
});
