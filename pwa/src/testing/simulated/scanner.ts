/** One simulated handheld: the app itself on a disk, a clock and a network that are ours. */
import { uuid7 } from "../../domain/ids.ts";
import type { AnyDraft } from "../../domain/operation.ts";
import { Handheld } from "../../handheld.ts";
import { journalsIn, rescue } from "../../office/devices/rescuing.ts";
import type { Entry } from "../../storage.ts";
import type { Surroundings } from "../../surroundings.ts";
import { Chance } from "./chance.ts";
import { Disk } from "./disk.ts";
import { disks } from "./indexeddb.ts";
import { Line, type Login } from "./line.ts";
import { settled } from "./pump.ts";

/** What the clocks of the handheld say. */
export interface Instant {
  readonly wall: number;
  readonly mono: number;
  readonly boot: string;
}

/** Whoever holds it: with a login that the server vouches for, or by the badge alone. */
export interface Hand {
  readonly id: string;
  readonly badge: string;
  readonly login: Login | null;
}

const PIN = "246810";
const FLOW = "simulated";

export class Scanner {
  readonly name: string;
  readonly line = new Line();
  readonly #chance: Chance;
  readonly #feeling = new Set<() => void>();
  readonly #files: string[] = [];
  #at: Instant = { wall: 0, mono: 0, boot: "" };
  #witness: string | null = null;
  #touched: number | null = null;
  /** Tabs of the same browser; the first is always there. */
  #pages: Handheld[] = [];
  #current = 0;
  #talking = 0;
  #alone: Promise<unknown> = Promise.resolve();
  readonly #hearing = new Set<() => void>();
  tabs = 1;
  #label: string;
  /** What came of the last enrolment; null: it is under way, or there was none. */
  enrolled: "done" | "offline" | "refused" | null = null;
  /** Once a session is enough: what was turned away once will be again. */
  #rescued = false;

  constructor(name: string, label: string, seed: string) {
    this.name = name;
    this.#label = label;
    this.#chance = new Chance(`${seed} ${name}`);
    disks.set(name, new Disk());
  }

  get disk(): Disk {
    return disks.get(this.name) as Disk;
  }

  get page(): Handheld {
    const page = this.#pages[this.#current] ?? this.#pages[0];
    if (!page) throw new Error(`${this.name} has no page`);
    return page;
  }

  /** The tab that was last at a session. */
  get talking(): Handheld {
    return this.#pages[this.#talking] ?? this.page;
  }

  get pages(): readonly Handheld[] {
    return this.#pages;
  }

  /** From now on clocks say this, and hands and eyes are on this tab. */
  pass(at: Instant, tab: number): void {
    this.#at = at;
    this.#current = tab;
  }

  // --- life ------------------------------------------------------------------------------------

  /** A new page on what the disk holds; whatever an older one was at is forgotten. */
  async start(): Promise<void> {
    this.stop();
    for (let tab = 0; tab < this.tabs; tab++) {
      const opening = Handheld.open(this.#around(tab));
      void opening.then((page) => this.#pages.push(page));
      await settled();
    }
  }

  stop(): void {
    this.disk.drop();
    this.#pages = [];
    this.#alone = Promise.resolve();
    this.#hearing.clear();
    this.line.forget();
    this.line.open = false;
    this.enrolled = null;
    this.#rescued = false;
    this.#feeling.clear();
  }

  /** The disk is another one: an older image, or none. */
  put(disk: Disk, witness: boolean): void {
    this.stop();
    disks.set(this.name, disk);
    if (!witness) this.#witness = null;
  }

  twin(name: string, label: string, seed: string): Scanner {
    const twin = new Scanner(name, label, seed);
    disks.set(name, this.disk.image());
    twin.#witness = this.#witness;
    twin.#touched = this.#touched;
    twin.tabs = this.tabs;
    return twin;
  }

  // --- working ---------------------------------------------------------------------------------

  /** False: there is nobody whom this device lets work. */
  async takenUp(hand: Hand): Promise<boolean> {
    for (const feel of this.#feeling) feel();
    await settled();
    const { page } = this;
    const now = page.person.value;
    // Nobody has logged in yet on what has become another device.
    const known = hand.login?.device === page.enrolment.value?.device;
    const login = known ? hand.login : null;
    if (now?.id === hand.id && now.grant === (login?.grant.id ?? null)) return true;
    if (login) await this.#logIn(hand.badge, login);
    // Without a grant that holds there is still the badge.
    if (!login || page.person.value?.id !== hand.id) await this.#tried(page.actAs(hand.id));
    return page.person.value?.id === hand.id;
  }

  /** Offline, if it was done here before; otherwise the server vouches for it. */
  async #logIn(badge: string, login: Login): Promise<void> {
    await this.#tried(this.page.login(badge, PIN));
    if (this.page.person.value?.id === login.person.id) return;
    this.line.login = login;
    await this.#tried(this.page.login(badge, PIN));
    this.line.login = null;
  }

  /** Whether it was confirmed; the flow as it stands afterwards is in the same write. */
  async record(draft: AnyDraft): Promise<boolean> {
    const left = { flow: FLOW, state: draft.id };
    return await this.#tried(this.page.recordAll([draft], left));
  }

  /** Whether an operation is on the disk, and whether its flow knows. */
  knows(operation: string): { readonly kept: boolean; readonly shown: boolean } {
    return {
      kept: this.entries().some(({ id }) => id === operation),
      shown: (this.disk.tables.get("drafts")?.all() ?? []).some((row) => row.value === operation),
    };
  }

  async #tried(work: Promise<unknown>): Promise<boolean> {
    let done = false;
    work.then(
      () => {
        done = true;
      },
      () => undefined,
    );
    await settled();
    return done;
  }

  // --- talking ---------------------------------------------------------------------------------

  /** Hands in and fetches, or enrols first; goes on until it has a question or is through. */
  async begin(code: string | null): Promise<void> {
    this.line.hangUp();
    await settled();
    this.line.open = true;
    this.#rescued = false;
    this.#talking = this.#current;
    if (code === null) void this.page.syncNow();
    else this.enrol(code);
    await this.#goOn();
  }

  async hear(status: number | null, body: unknown): Promise<void> {
    this.line.hear(status === null ? null : { status, body, retryAfter: null });
    await this.#goOn();
  }

  async #goOn(): Promise<void> {
    await settled();
    const idle = this.line.ask === null && this.disk.crashed === null;
    if (idle && this.#files.length > 0 && !this.#rescued) {
      this.#handIn();
      await settled();
    }
    if (this.line.ask === null) this.line.open = false;
  }

  enrol(code: string): void {
    this.enrolled = null;
    this.page.enrol(code, this.#label).then(
      () => {
        this.enrolled = "done";
      },
      (failure: Error) => {
        this.enrolled = failure.name === "Offline" ? "offline" : "refused";
      },
    );
  }

  /** A queue that another handheld left behind in a file. */
  receive(file: string): void {
    this.#files.push(file);
  }

  #handIn(): void {
    const file = this.#files[0] as string;
    this.#rescued = true;
    void rescue(this.page, journalsIn(file) ?? []).then(({ trouble }) => {
      if (trouble === null) this.#files.shift();
    });
  }

  get files(): number {
    return this.#files.length;
  }

  // --- looking ---------------------------------------------------------------------------------

  entries(): readonly Entry[] {
    return (this.disk.tables.get("journal")?.all() ?? []).map(({ value }) => value as Entry);
  }

  fact(name: string): unknown {
    const spelt = this.disk.tables
      .get("facts")
      ?.all()
      .find(({ key }) => key === name);
    return spelt?.value;
  }

  /** One after the other, over all tabs. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#alone.then(work);
    this.#alone = turn.catch(() => undefined);
    return turn;
  }

  #around(tab: number): Surroundings {
    const boot = tab === 0 ? this.#at.boot : `${this.#at.boot} tab ${tab}`;
    let own: () => void = () => undefined;
    return {
      database: this.name,
      wire: this.line.wire,
      clock: { wall: () => this.#at.wall, mono: () => this.#at.mono, boot },
      newId: (now) => uuid7(now, this.#chance.bytes()),
      // Sessions are drawn outside: no timer of the device ever fires.
      timing: { after: () => () => undefined, chance: () => this.#chance.draw() },
      disk: { persist: () => Promise.resolve(true), used: () => Promise.resolve(0.01) },
      tabs: {
        alone: (work) => this.#inTurn(work),
        tell: () => {
          for (const hear of this.#hearing) if (hear !== own) hear();
        },
        heard: (listen) => {
          own = listen;
          this.#hearing.add(listen);
          return () => this.#hearing.delete(listen);
        },
      },
      witness: {
        recall: () => this.#witness,
        keep: (device) => {
          this.#witness = device;
        },
      },
      hands: {
        last: () => this.#touched,
        keep: (at) => {
          this.#touched = at;
        },
        felt: (listen) => {
          this.#feeling.add(listen);
          return () => this.#feeling.delete(listen);
        },
      },
      woken: () => () => undefined,
    };
  }
}
