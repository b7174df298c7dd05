/** Proof that the device holds what the server thinks it holds: per channel a count and an XOR of fingerprints. */
import { sha256 } from "../domain/digest.ts";

export interface Sum {
  readonly n: number;
  readonly high: number;
  readonly low: number;
}

export type Sums = ReadonlyMap<string, Sum>;

/** As the server says it: `xor` is 16 hex digits. */
export interface SaidSum {
  readonly n: number;
  readonly xor: string;
}

export interface Counted {
  readonly channel: string;
  readonly entity: string;
  readonly id: string;
  readonly seq: number;
}

/** The channel of master data that work brought along: its rows are in no sum. */
export const ASKED = "asked";

const NOTHING: Sum = { n: 0, high: 0, low: 0 };
const ENCODER = new TextEncoder();

/** The sums after a row came (+1) or went (−1). */
export function count(sums: Map<string, Sum>, row: Counted, by: 1 | -1): void {
  const text = `${row.channel}|${row.entity}|${row.id}|${row.seq}`;
  const mark = new DataView(sha256(ENCODER.encode(text)).buffer);
  const { n, high, low } = sums.get(row.channel) ?? NOTHING;
  sums.set(row.channel, {
    n: n + by,
    high: high ^ mark.getInt32(0),
    low: low ^ mark.getInt32(4),
  });
}

const word = (value: number): string => (value >>> 0).toString(16).padStart(8, "0");

export const said = ({ n, high, low }: Sum): SaidSum => ({ n, xor: word(high) + word(low) });

/** Channels that differ; one the server does not name must be empty here. */
export function differing(ours: Sums, theirs: Readonly<Record<string, SaidSum>>): string[] {
  const channels = new Set([...ours.keys(), ...Object.keys(theirs)]);
  channels.delete(ASKED);
  return [...channels].filter((channel) => {
    const mine = said(ours.get(channel) ?? NOTHING);
    const their = theirs[channel] ?? said(NOTHING);
    return mine.n !== their.n || mine.xor !== their.xor;
  });
}
