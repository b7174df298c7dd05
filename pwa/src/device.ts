/** The facade screens use: signals out, verbs in; a verb that writes resolves when the disk has it. */
import type { ReadonlySignal } from "@preact/signals";
import type {
  AnyDraft,
  Draft,
  Kind,
  Outcome,
  Payloads,
  Progress,
  Scan,
} from "./domain/operation.ts";
import type { Resolved } from "./domain/resolved.ts";
import type { Entity, Rows } from "./domain/rows.ts";
import type { Tag } from "./domain/tag.ts";

export interface Site {
  readonly id: string;
  readonly code: string;
  readonly name: string;
}

export interface Enrolment {
  readonly device: string;
  readonly site: Site;
  readonly label: string;
}

/** Who is working; `grant` is null after a cold start without network. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly grant: string | null;
}

export type Link = "online" | "offline" | "unknown";

export interface Queue {
  readonly unsent: number;
  /** Milliseconds since 1970 of the oldest unsent gesture. */
  readonly oldest: number | null;
  readonly lastSync: number | null;
  readonly link: Link;
  /** What `navigator.storage.persist()` said; null while it was not asked. */
  readonly persisted: boolean | null;
  readonly trouble: { readonly code: string } | null;
  /** Age of what the device knows: end of the last complete pull. */
  readonly pulledAt: number | null;
  /** Rows of this site that do not fit here, and are asked for when they are scanned. */
  readonly leftOut: number;
}

export interface Recorded {
  readonly id: string;
  readonly seq: number;
}

/** One of this device's own operations, newest first in `recent`. */
export type RecentOperation = {
  [K in Kind]: {
    readonly id: string;
    readonly seq: number;
    readonly kind: K;
    readonly payload: Payloads[K];
    readonly cause: string | null;
    readonly state: Progress;
    readonly outcome: Outcome | null;
    readonly codes: readonly string[];
    /** Milliseconds since 1970 on this device's clock. */
    readonly at: number;
  };
}[Kind];

export interface ProblemBody {
  readonly code: string;
  readonly title: string;
  readonly status: number;
  readonly [fact: string]: unknown;
}

export type Answer =
  | { readonly ok: true; readonly status: number; readonly body: unknown }
  | { readonly ok: false; readonly offline: true; readonly problem: null }
  | { readonly ok: false; readonly offline: false; readonly problem: ProblemBody };

/** Everything the device knows, synchronous, with its own pending work applied on top. */
/** A row that did not fit here. */
export interface Lent {
  readonly entity: string;
  readonly id: string;
  readonly row: unknown;
}

export interface Replica {
  /** Bumps when anything changed. */
  readonly version: ReadonlySignal<number>;
  get<E extends Entity>(entity: E, id: string): Rows[E] | undefined;
  all<E extends Entity>(entity: E): ReadonlyArray<Rows[E]>;
  resolve(scan: Scan): Resolved;
  /** Shows rows that did not fit here, until the next reset. */
  lend(rows: readonly Lent[]): void;
  /** What a sled read; null for anything else. */
  tag(scan: Scan): Tag | null;
}

/** Flow states that survive a reload, a kill, a battery swap. */
export interface Drafts {
  load(flow: string): unknown;
  save(flow: string, state: unknown): Promise<void>;
}

/** How a gesture leaves its flow. */
export interface Left {
  readonly flow: string;
  readonly state: unknown;
}

export interface Api {
  get(path: string): Promise<Answer>;
  post(path: string, body: unknown): Promise<Answer>;
}

/** Operations of one journal of a handheld, gapless from `first` on. */
export interface Run {
  readonly device: string;
  readonly epoch: number;
  readonly first: number;
  readonly ops: readonly string[];
}

/** What the worker has waiting; `apply` reloads into it and must be called between tasks only. */
export interface Update {
  readonly ready: ReadonlySignal<boolean>;
  apply(): void;
  /** The server says that this version is too old: do not wait for the next regular look. */
  look(): void;
}

export interface Device {
  readonly enrolment: ReadonlySignal<Enrolment | null>;
  readonly person: ReadonlySignal<Person | null>;
  /** Nobody is at work because nobody touched it for a while. */
  readonly locked: ReadonlySignal<boolean>;
  readonly queue: ReadonlySignal<Queue>;
  readonly recent: ReadonlySignal<readonly RecentOperation[]>;
  readonly replica: Replica;
  readonly drafts: Drafts;
  readonly api: Api;
  readonly update: Update;
  readonly version: string;

  /** Resolves when the disk has it; rejects `NotSaved`. */
  record<K extends Kind>(draft: Draft<K>): Promise<Recorded>;
  /**
   * All of one gesture, and the flow as it stands after it, in one write: the disk has all or nothing.
   * `kept` is called then, together with what else changes on the screen, so that it is drawn once.
   */
  recordAll(
    drafts: readonly AnyDraft[],
    left: Left | null,
    kept?: () => void,
  ): Promise<readonly Recorded[]>;
  /** A UUIDv7 for `Draft.id`, so that ids can be derived from an operation before it is recorded. */
  newId(): string;
  /** A number for a new unit that nobody else has or gets, offline too; null when none is left. */
  newNumber(): Promise<string | null>;
  /** Says "this did not happen" about one of this device's own operations. */
  undo(operation: string, reason: string | null): Promise<Recorded>;

  /** These reject `Refused` (the server said no) or `Offline`. */
  enrol(code: string, label: string): Promise<void>;
  login(badge: string, pin: string): Promise<void>;
  /** Office login with a name and a password. */
  signIn(username: string, password: string): Promise<void>;
  logout(): Promise<void>;
  /** Cold start without network: floor work under a badge from the people list, grant null. */
  actAs(personId: string): Promise<void>;

  /** Send now and fetch; resolves after one full attempt, never rejects. */
  syncNow(): Promise<void>;
  /** The whole queue with its envelopes, for a rescue from another machine. */
  exportQueue(): Promise<Blob>;
  /** Keeps what the server has taken from here for another handheld; `NotSaved`: there is no room. */
  keepRescued(run: Run, incarnation: string | null): Promise<void>;
}

/** The gesture is not on disk: the screen must say so, red and loud. */
export class NotSaved extends Error {
  override readonly name = "NotSaved";
}

export class Offline extends Error {
  override readonly name = "Offline";
}

export class Refused extends Error {
  override readonly name = "Refused";
  readonly problem: ProblemBody;
  constructor(problem: ProblemBody) {
    super(problem.code);
    this.problem = problem;
  }
}
