/** Puts the device together: the operation store, the rows, the sender, the people. */
import { batch, type ReadonlySignal, signal } from "@preact/signals";
import {
  type Device,
  type Enrolment,
  type Left,
  NotSaved,
  type Queue,
  type Recorded,
  Refused,
  type Run,
} from "./device.ts";
import type { Letter } from "./domain/envelope.ts";
import type { AnyDraft, Draft, Kind } from "./domain/operation.ts";
import { KeptDrafts } from "./drafts.ts";
import { refill, take } from "./numbers/numbers.ts";
import { append, byId, exported, purge, unsettledAnd } from "./outbox/journal.ts";
import { letter } from "./outbox/letter.ts";
import { Outbox, RECENT } from "./outbox/outbox.ts";
import { keepRescued } from "./outbox/rescued.ts";
import { waiting } from "./outbox/waiting.ts";
import { Held } from "./replica/held.ts";
import { identification } from "./replica/identification.ts";
import { Shelf } from "./replica/replica.ts";
import { Calls } from "./session/calls.ts";
import { enrol } from "./session/enrolling.ts";
import { Idle } from "./session/idle.ts";
import { People } from "./session/people.ts";
import {
  type EnrolmentRecord,
  type Entry,
  fact,
  openStorage,
  type PullMark,
  type Storage,
} from "./storage.ts";
import type { Surroundings } from "./surroundings.ts";
import { workerUpdate } from "./sw/register.ts";
import { type Attempted, attempt } from "./sync/attempt.ts";
import { Cycle } from "./sync/cycle.ts";

const HOUR_MS = 3600 * 1000;
/** Of the space the browser gives: the next gestures may not be saved. */
const NEARLY_FULL = 0.9;
const OUTDATED = "sync.update_needed";

export class Handheld implements Device {
  readonly version = typeof __VERSION__ === "undefined" ? "0.0.0" : __VERSION__;
  readonly replica: Shelf;
  readonly api: Calls;
  readonly drafts: KeptDrafts;
  readonly update = workerUpdate;
  readonly newId = (): string => this.#around.newId(this.#around.clock.wall());

  readonly #around: Surroundings;
  readonly #storage: Storage;
  readonly #outbox = new Outbox();
  readonly #people: People;
  readonly #cycle: Cycle;
  readonly #idle: Idle;
  readonly #enrolment = signal<Enrolment | null>(null);
  readonly #queue = signal<Queue>({
    unsent: 0,
    oldest: null,
    lastSync: null,
    link: "unknown",
    persisted: null,
    trouble: null,
    pulledAt: null,
    leftOut: 0,
  });
  #identity: EnrolmentRecord | null = null;
  #mark: PullMark | null = null;
  #trouble: string | null = null;
  #purgeAt = 0;
  #used: number | null = null;
  readonly #withoutPrefix = new Set<string>();
  #deaf: readonly (() => void)[] = [];

  private constructor(around: Surroundings, storage: Storage, drafts: KeptDrafts) {
    this.#around = around;
    this.#storage = storage;
    this.drafts = drafts.of(() => this.#people.person.value?.id ?? "");
    this.replica = new Shelf(identification, () => this.#identity?.site.id ?? "");
    this.api = new Calls(around.wire, () => this.#identity?.credential ?? null);
    this.#people = new People(storage, this.api, () => around.clock.wall());
    this.#cycle = new Cycle(() => this.#attempt(), around.timing);
    this.#idle = new Idle(around.hands, around.clock.wall, around.timing.after, () => {
      if (this.#people.lock()) around.tabs.tell();
    });
  }

  static async open(around: Surroundings): Promise<Handheld> {
    const storage = await openStorage(around.database);
    const device = new Handheld(around, storage, await KeptDrafts.open(storage));
    await device.#recall();
    device.#tellQueue({ lastSync: (await fact(storage, "lastSync")) ?? null });
    device.#deaf = [
      around.tabs.heard(() => void device.#recall()),
      around.hands.felt(() => device.#idle.felt()),
      around.woken(() => {
        device.#idle.watch();
        device.#cycle.wake();
      }),
    ];
    device.#idle.watch();
    void device.#askForDisk();
    if (device.#identity) device.#cycle.start();
    return device;
  }

  /** Lets go of everything; for tests and simulations. */
  async close(): Promise<void> {
    this.#cycle.stop();
    this.#idle.stop();
    for (const stop of this.#deaf) stop();
    await this.#cycle.idle();
    this.#storage.close();
  }

  get enrolment(): ReadonlySignal<Enrolment | null> {
    return this.#enrolment;
  }
  get person(): Device["person"] {
    return this.#people.person;
  }
  get locked(): ReadonlySignal<boolean> {
    return this.#people.locked;
  }
  get queue(): ReadonlySignal<Queue> {
    return this.#queue;
  }
  get recent(): Device["recent"] {
    return this.#outbox.recent;
  }

  async record<K extends Kind>(draft: Draft<K>): Promise<Recorded> {
    const [recorded] = await this.#append([this.#letter(draft)], null);
    if (!recorded) throw new NotSaved("nothing was written");
    return recorded;
  }

  async recordAll(
    drafts: readonly AnyDraft[],
    left: Left | null,
    kept?: () => void,
  ): Promise<readonly Recorded[]> {
    return await this.#append(
      drafts.map((draft) => this.#letter(draft as Draft)),
      left,
      kept,
    );
  }

  async #append(
    letters: readonly Letter[],
    left: Left | null,
    kept: () => void = () => undefined,
  ): Promise<readonly Recorded[]> {
    try {
      const owned = left && this.drafts.owned(left);
      const entries = await append(this.#storage, letters, owned);
      if (owned) this.drafts.remember(owned);
      batch(() => {
        this.#take(entries);
        this.#tellQueue({});
        kept();
      });
      this.#idle.worked();
      this.#around.tabs.tell();
      this.#cycle.nudge();
      return entries.map(({ id, seq }) => ({ id, seq }));
    } catch (cause) {
      throw new NotSaved(cause instanceof Error ? cause.message : "", { cause });
    }
  }

  #take(entries: readonly Entry[]): void {
    const posted = this.#outbox.add(entries);
    if (posted.some(({ envelope }) => envelope.kind === "operations.void")) this.#show();
    else for (const one of posted) this.replica.add(one);
  }

  async newNumber(): Promise<string | null> {
    const device = this.#identity?.device;
    return device ? await take(this.#storage, device) : null;
  }

  async undo(operation: string, reason: string | null): Promise<Recorded> {
    if (!this.#outbox.has(operation) && !(await byId(this.#storage, operation))) {
      throw new NotSaved("not an operation of this device");
    }
    const payload = { reason, scans: [] };
    return this.record({ kind: "operations.void", payload, cause: operation });
  }

  #letter<K extends Kind>(draft: Draft<K>): Letter<K> {
    const person = this.#people.person.value;
    if (!this.#identity || !person) throw new NotSaved("nobody is at work on this device");
    const { clock, newId } = this.#around;
    return letter(draft, {
      device: this.#identity.device,
      person,
      base: this.#mark?.base ?? null,
      clock,
      newId,
      app: this.version,
    });
  }

  async enrol(code: string, label: string): Promise<void> {
    const parts = { ...this.#around, storage: this.#storage };
    await this.#around.tabs.alone(() => enrol(parts, code, label));
    this.#trouble = null;
    await this.#recall();
    this.#around.tabs.tell();
    this.#cycle.start();
    await this.#cycle.now();
    await this.#askForDisk();
  }

  async login(badge: string, pin: string): Promise<void> {
    await this.#people.login(badge, pin);
    this.#changedPeople();
  }

  async signIn(username: string, password: string): Promise<void> {
    await this.#people.signIn(username, password);
    this.#changedPeople();
  }

  async actAs(personId: string): Promise<void> {
    const row = this.replica.get("person", personId);
    if (!row) throw new Refused({ code: "session.unknown_badge", title: "", status: 404 });
    await this.#people.actAs(row);
    this.#changedPeople();
  }

  async logout(): Promise<void> {
    await this.#people.logout();
    this.#changedPeople();
  }

  #changedPeople(): void {
    this.#idle.worked();
    this.#idle.watch();
    this.#around.tabs.tell();
    this.#cycle.nudge();
  }

  async syncNow(): Promise<void> {
    if (this.#identity) await this.#cycle.now();
  }

  async exportQueue(): Promise<Blob> {
    const queue = await exported(this.#storage, this.#around.clock.wall());
    return new Blob([JSON.stringify(queue)], { type: "application/json" });
  }

  async keepRescued(run: Run, incarnation: string | null): Promise<void> {
    try {
      const now = this.#around.clock.wall();
      if (!(await keepRescued(this.#storage, run, incarnation, now))) return;
      await this.#refresh();
      this.#around.tabs.tell();
      this.#cycle.nudge();
    } catch (cause) {
      throw new NotSaved(cause instanceof Error ? cause.message : "", { cause });
    }
  }

  /** Everything as the disk has it: at the start, and when another tab has changed it. */
  async #recall(): Promise<void> {
    const before = this.#mark;
    this.#identity = (await fact(this.#storage, "enrolment")) ?? null;
    this.#mark = (await fact(this.#storage, "pull")) ?? null;
    await this.#people.recall();
    const same = before !== null && before.cursor === this.#mark?.cursor;
    const held = same
      ? this.replica.held
      : await Held.load(this.#storage, this.#mark?.store ?? "rows_a");
    // Last, with nothing awaited after it: a gesture recorded meanwhile must not fall out of memory.
    this.#outbox.replace(await unsettledAnd(this.#storage, RECENT));
    this.#show(held);
    const { device, site, label } = this.#identity ?? {};
    this.#enrolment.value = device && site ? { device, site, label: label ?? "" } : null;
    this.#attest(device ?? null);
    this.#tellQueue({});
  }

  /** The browser writes its second memory late: a kill may have taken it, so it is written again. */
  #attest(device: string | null): void {
    const { witness } = this.#around;
    const remembered = witness.recall();
    if (device === null && remembered) this.#trouble = "device.wiped";
    if (device !== null && remembered !== device) witness.keep(device);
  }

  #show(held = this.replica.held): void {
    this.replica.show(held, this.#outbox.posted());
    this.#around.timing.after(0, () => this.replica.warm());
  }

  async #attempt() {
    try {
      const done = await this.#around.tabs.alone(() => this.#exchange());
      if (done.code === OUTDATED && this.#trouble !== OUTDATED) this.update.look();
      this.#trouble = done.code;
      this.#tellQueue({
        link: done.link,
        lastSync: (await fact(this.#storage, "lastSync")) ?? null,
      });
      return done.end;
    } catch (failure) {
      // The disk failed, not the network: nothing is lost that was shown as saved, but it must be seen.
      this.#trouble = failure instanceof DOMException ? `storage.${failure.name}` : "sync.internal";
      this.#tellQueue({});
      // What was acknowledged before that is on the disk, here and for other tabs.
      await this.#refresh().catch(() => undefined);
      this.#around.tabs.tell();
      return { type: "failed", retryAfter: null } as const;
    }
  }

  async #exchange(): Promise<Attempted> {
    const { wire, clock, newId } = this.#around;
    const kept = (await fact(this.#storage, "pull")) ?? null;
    if (kept?.cursor !== this.#mark?.cursor) await this.#recall();
    const common = { storage: this.#storage, wire, clock };
    const done = await attempt(
      { ...common, newId, surroundings: () => this.#surroundings() },
      {
        ...common,
        app: this.version,
        held: () => this.replica.held,
        show: (held, mark, settled) => {
          this.#mark = mark;
          this.#outbox.settle(settled, clock.wall());
          this.#show(held);
        },
      },
      () => this.#refresh(),
    );
    await this.#purge();
    if (done.end.type === "done" && this.#identity) {
      await refill(this.#storage, wire, this.#identity, this.#withoutPrefix);
    }
    this.#around.tabs.tell();
    return done;
  }

  /** Once a page and hour: going through a week of work is not for every attempt. */
  async #purge(): Promise<void> {
    const { clock } = this.#around;
    if (clock.mono() < this.#purgeAt) return;
    this.#purgeAt = clock.mono() + HOUR_MS;
    if ((await purge(this.#storage, clock.wall())) > 0) await this.#refresh();
  }

  /** States and seats of own operations after the sender has been at them. */
  async #refresh(): Promise<void> {
    this.#outbox.replace(await unsettledAnd(this.#storage, RECENT));
    this.#show();
    this.#tellQueue({});
  }

  async #surroundings() {
    this.#used = await this.#around.disk.used();
    return {
      boot: this.#around.clock.boot,
      app: this.version,
      parked: this.replica.all("pick_task").length === 0 && !(await this.#people.mayGoOn()),
      persisted: this.#queue.value.persisted,
      used: this.#used,
    };
  }

  async #askForDisk(): Promise<void> {
    this.#tellQueue({ persisted: await this.#around.disk.persist() });
  }

  #tellQueue(news: Partial<Queue>): void {
    const waits = waiting(
      this.#outbox.unsent(),
      this.#identity?.device ?? null,
      this.#around.clock.wall(),
    );
    const full = (this.#used ?? 0) >= NEARLY_FULL ? "storage.nearly_full" : null;
    const code = this.#trouble ?? full ?? waits.code;
    this.#queue.value = {
      ...this.#queue.value,
      ...news,
      unsent: waits.unsent,
      oldest: waits.oldest,
      pulledAt: this.#mark?.pulledAt ?? null,
      leftOut: this.#mark?.leftOut ?? 0,
      trouble: code === null ? null : { code },
    };
  }
}
