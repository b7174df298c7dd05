/** Who is working on this device. */
import { type ReadonlySignal, signal } from "@preact/signals";
import { Offline, type Person, type ProblemBody, Refused } from "../device.ts";
import type { PersonRow } from "../domain/rows.ts";
import { fact, keepFact, type PersonRecord, type Storage, writing } from "../storage.ts";
import { field } from "../sync/network.ts";
import type { Calls } from "./calls.ts";
import { type Unlocking, unlock, verifier } from "./pin.ts";

const TITLES: Record<Exclude<Unlocking, "unlocked">, string> = {
  wrong_pin: "Wrong PIN",
  blocked: "Too many wrong PINs",
  grant_ended: "Log in online once more",
};

function refusedHere(code: Exclude<Unlocking, "unlocked">): Refused {
  return new Refused({ code: `session.${code}`, title: TITLES[code], status: 401 });
}

/** Milliseconds, however the server writes an instant. */
function instant(value: unknown): number | null {
  const at = typeof value === "string" ? Date.parse(value) : value;
  return typeof at === "number" && Number.isFinite(at) ? at : null;
}

function personIn(body: unknown): PersonRecord {
  const person = field(body, "person") as Pick<PersonRecord, "id" | "name" | "roles">;
  const grant = field(body, "grant");
  const id = field(grant, "id");
  const ends = field(grant, "expires_at") ?? field(body, "expires_at");
  return {
    id: person.id,
    name: person.name,
    roles: person.roles,
    grant: typeof id === "string" ? id : null,
    expires_at: instant(ends),
  };
}

export class People {
  readonly #storage: Storage;
  readonly #calls: Calls;
  readonly #now: () => number;
  readonly #person = signal<Person | null>(null);
  readonly #locked = signal(false);
  /** Who the cookie belongs to; unlocking and cold starts leave it to the one before. */
  #signedIn: string | null = null;

  constructor(storage: Storage, calls: Calls, now: () => number) {
    this.#storage = storage;
    this.#calls = calls;
    this.#now = now;
    calls.whenEnded(() => this.#ended());
    calls.whose(
      () => this.#signedIn !== null && this.#signedIn !== this.#person.value?.id,
      () => this.#left(),
    );
  }

  get person(): ReadonlySignal<Person | null> {
    return this.#person;
  }

  /** Somebody was at work here and left it lying about. */
  get locked(): ReadonlySignal<boolean> {
    return this.#locked;
  }

  /** Whether anybody works here, or may go on without network: behind the lock, or after another. */
  async mayGoOn(): Promise<boolean> {
    if (this.#person.value !== null) return true;
    const kept = await this.#storage.getAll("grants");
    return kept.some(({ person }) => (person.expires_at ?? 0) > this.#now());
  }

  /** As the disk has it; a grant that has ended opens nothing. */
  async recall(): Promise<void> {
    const kept = await fact(this.#storage, "person");
    this.#signedIn = (await fact(this.#storage, "signedIn")) ?? null;
    const ended = (kept?.expires_at ?? Number.POSITIVE_INFINITY) <= this.#now();
    this.#person.value = kept && !ended ? kept : null;
  }

  async login(badge: string, pin: string): Promise<void> {
    const answer = await this.#calls.post("/session", { badge, pin });
    if (!answer.ok && answer.offline) return this.#unlock(badge, pin);
    // A server that is down behind a proxy answers, but not about badges.
    if (!answer.ok && answer.problem.status >= 500) return this.#unlock(badge, pin);
    if (!answer.ok) return this.#refuse(badge, answer.problem);
    const person = personIn(answer.body);
    await this.#trust(answer.body, person);
    await this.#enter(person);
    const record = await verifier(badge, pin, person);
    if (record) await this.#storage.put("grants", record);
  }

  async signIn(username: string, password: string): Promise<void> {
    const answer = await this.#calls.post("/session", { username, password });
    if (!answer.ok && answer.offline) throw new Offline();
    if (!answer.ok) throw new Refused(answer.problem);
    const person = personIn(answer.body);
    await this.#trust(answer.body, person);
    await this.#enter(person);
  }

  /** Floor work under a badge, unproven until that person's next online login. */
  actAs(row: PersonRow): Promise<void> {
    const { id, name, roles } = row;
    return this.#enter({ id, name, roles, grant: null, expires_at: null });
  }

  /** Forgets the person and what would unlock for them; the queue and the drafts stay. */
  async logout(): Promise<void> {
    const leaving = this.#person.value?.id;
    await writing(this.#storage, ["facts", "grants"], async (tx) => {
      await tx.objectStore("facts").delete("person");
      for (const record of await tx.objectStore("grants").getAll()) {
        if (record.person.id === leaving) await tx.objectStore("grants").delete(record.badge);
      }
    });
    this.#person.value = null;
    // Without network the cookie lives on; nothing is asked with it until it is given back.
    await this.#calls.leave();
  }

  /**
   * Hides what is open until somebody proves who they are; queue, drafts and grants stay. What the
   * cookie still opens is given back before anybody asks with it. False: nobody was at work.
   */
  lock(): boolean {
    if (this.#person.value === null) return false;
    this.#locked.value = true;
    this.#nobody();
    return true;
  }

  /** The badge is scanned again, and work goes on where it was: queue, drafts and grants stay. */
  #ended(): void {
    this.#nobody();
    this.#left();
  }

  #nobody(): void {
    this.#person.value = null;
    // If the disk refuses, the next look at the clock, or the next answer, says it again.
    this.#storage.delete("facts", "person").catch(() => undefined);
  }

  async #trust(body: unknown, { id }: PersonRecord): Promise<void> {
    const csrf = field(body, "csrf");
    this.#calls.trust(typeof csrf === "string" ? csrf : null);
    this.#signedIn = id;
    await keepFact(this.#storage, "signedIn", id);
  }

  /** The cookie opens nothing any more. */
  #left(): void {
    this.#calls.trust(null);
    this.#signedIn = null;
    this.#storage.delete("facts", "signedIn").catch(() => undefined);
  }

  /** A PIN the server has changed or a person it has disabled must not unlock here either. */
  async #refuse(badge: string, problem: ProblemBody): Promise<never> {
    if (problem.status === 401 || problem.status === 403) {
      await this.#storage.delete("grants", badge);
    }
    throw new Refused(problem);
  }

  async #unlock(badge: string, pin: string): Promise<void> {
    const kept = await this.#storage.get("grants", badge);
    if (!kept) throw new Offline();
    const { answer, record } = await unlock(kept, pin, this.#now());
    await this.#storage.put("grants", record);
    if (answer !== "unlocked") throw refusedHere(answer);
    await this.#enter(record.person);
  }

  async #enter(person: PersonRecord): Promise<void> {
    await writing(this.#storage, ["facts"], (tx) => tx.objectStore("facts").put(person, "person"));
    this.#locked.value = false;
    this.#person.value = person;
  }
}
