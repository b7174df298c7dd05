/** The envelope of an operation: written once, at the scan; what is hashed, stored and sent are these bytes. */
import { fingerprint } from "./digest.ts";
import type { Kind, Payloads } from "./operation.ts";

/** What the envelope of the first operation of an epoch names as its predecessor. */
export const NO_PREVIOUS = "0".repeat(64);
export const LARGEST_ENVELOPE = 16 * 1024;

/** Where an operation stands: its epoch, its number there, the hash of the one before. */
export interface Seat {
  readonly epoch: number;
  readonly seq: number;
  readonly prev: string;
}

/** The last envelope of the running epoch. */
export interface Head {
  readonly epoch: number;
  readonly seq: number;
  readonly hash: string;
}

/** Everything that is known before the operation has its place in the journal. */
export interface Letter<K extends Kind = Kind> {
  readonly id: string;
  readonly device: string;
  readonly kind: K;
  readonly actor: string | null;
  readonly grant: string | null;
  readonly task: string | null;
  readonly lease: number | null;
  readonly base: string | null;
  readonly wall_ms: number;
  readonly mono_ms: number;
  readonly boot: string;
  readonly cause: string | null;
  readonly app: string;
  readonly payload: Payloads[K];
}

export type Envelope = {
  [K in Kind]: Letter<K> & Seat & { readonly v: 1; readonly kind_v: number };
}[Kind];

export const newEpoch = (epoch: number): Head => ({ epoch, seq: 0, hash: NO_PREVIOUS });

export const seatAfter = (head: Head): Seat => ({
  epoch: head.epoch,
  seq: head.seq + 1,
  prev: head.hash,
});

export const headAt = (seat: Seat, text: string): Head => ({
  epoch: seat.epoch,
  seq: seat.seq,
  hash: fingerprint(text),
});

/** Seat comes right after id and device, so that a rotation can replace it in the text. */
export function write(letter: Letter, seat: Seat): string {
  const { id, device, kind, payload, ...rest } = letter;
  return JSON.stringify({ v: 1, id, device, ...seat, kind, kind_v: 1, ...rest, payload });
}

export const read = (text: string): Envelope => JSON.parse(text) as Envelope;

const SEAT = /"epoch":\d+,"seq":\d+,"prev":"[0-9a-f]{64}"/;

/** The same envelope in another place: only epoch, seq and prev differ, byte for byte. */
export function reseat(text: string, seat: Seat): string {
  return text.replace(SEAT, () => `"epoch":${seat.epoch},"seq":${seat.seq},"prev":"${seat.prev}"`);
}

export const sizeOf = (text: string): number => new TextEncoder().encode(text).length;
