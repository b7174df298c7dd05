// The records of this folder: the answer to a scan and the profile of the device that read it.
// The field names are those of the command line, so that both languages share their vectors.
import { OWN_PREFIXES } from "./tables.ts";

export type Kind =
  | "gs1"
  | "digital_link"
  | "gtin"
  | "sscc"
  | "epc"
  | "internal"
  | "url"
  | "unknown"
  | "ambiguous";

export type Element = readonly [ai: string, value: string];
export type Elements = readonly Element[];

/** How one device delivers a scan: what it adds and what it types where the code says GS. */
export interface Profile {
  readonly prefix: string;
  readonly suffix: string;
  readonly standIns: readonly string[];
  readonly ownPrefixes: readonly (readonly [prefix: string, meaning: string])[];
  /** The year a two-digit year is read in; null is the running one. */
  readonly year: number | null;
}

export const DEFAULT: Profile = {
  prefix: "",
  suffix: "",
  standIns: [],
  ownPrefixes: OWN_PREFIXES,
  year: null,
};

/** An RFID identity; `+` schemes have no URIs because they do not carry the prefix length. */
export interface Epc {
  readonly scheme: string | null;
  readonly filter: number | null;
  readonly pure: string | null;
  readonly tag: string | null;
  readonly hex: string | null;
}

/** One of our own codes: the place, badge, unit, tote, command or document it names. */
export interface Internal {
  readonly type: string;
  readonly code: string;
}

/** Why a scan was not accepted; the code is stable, the message is for people. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
}

/** Thrown inside this folder only; `identify` turns it into an answer with `ok: false`. */
export class Refused extends Error {
  readonly refusal: Refusal;
  readonly kind: Kind;

  constructor(code: string, message: string, kind: Kind = "unknown") {
    super(message);
    this.refusal = { code: `identification.${code}`, message };
    this.kind = kind;
  }
}

/** One scan, read: `ais` in the order of the input, the usual questions answered beside it. */
export interface Identified {
  readonly ok: boolean;
  readonly kind: Kind;
  readonly ais: Elements;
  readonly gtin14: string | null;
  readonly sscc: string | null;
  readonly serial: string | null;
  readonly lot: string | null;
  readonly expiry: string | null;
  readonly quantity: number | null;
  readonly epc: Epc | null;
  readonly internal: Internal | null;
  readonly warnings: readonly string[];
  readonly error: Refusal | null;
  /** Only for kind "ambiguous": every reading that survived. */
  readonly readings?: readonly Identified[];
}

const NOTHING: Omit<Identified, "ok" | "kind"> = {
  ais: [],
  gtin14: null,
  sscc: null,
  serial: null,
  lot: null,
  expiry: null,
  quantity: null,
  epc: null,
  internal: null,
  warnings: [],
  error: null,
};

export function accepted(kind: Kind, fields: Partial<Identified> = {}): Identified {
  return { ok: true, kind, ...NOTHING, ...fields };
}

export function refused(problem: Refused, fields: Partial<Identified> = {}): Identified {
  return { ok: false, kind: problem.kind, ...NOTHING, ...fields, error: problem.refusal };
}

/** Anything but a refusal is a mistake of ours and passes on. */
export function asRefused(thrown: unknown): Refused {
  if (thrown instanceof Refused) {
    return thrown;
  }
  throw thrown;
}
