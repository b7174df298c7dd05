/** A device on a floor of its own: real storage in memory, a clock that is set by hand, a server double. */
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { newId } from "../domain/ids.ts";
import { Handheld } from "../handheld.ts";
import type { Surroundings } from "../surroundings.ts";
import { Server } from "./server.ts";

export const MORNING = 1_763_760_000_000;

/** A place with its own disk; devices opened on it after one another are the same device after a restart. */
export class Floor {
  readonly server = new Server();
  wall = MORNING;
  mono = 5_000;
  boot = "boot-1";
  witness: string | null = null;
  /** When this place last felt a hand. */
  touched: number | null = null;
  readonly #feeling = new Set<() => void>();
  readonly timers: (() => void)[] = [];

  constructor() {
    globalThis.indexedDB = new IDBFactory();
    this.server.clock = () => this.wall;
  }

  pass(ms: number): void {
    this.wall += ms;
    this.mono += ms;
  }

  /** Somebody touches the screen. */
  touch(): void {
    for (const feel of this.#feeling) feel();
  }

  around(changes: Partial<Surroundings> = {}): Surroundings {
    const floor = this;
    return {
      database: "tallyman",
      wire: this.server.wire,
      clock: {
        wall: () => floor.wall,
        mono: () => floor.mono,
        get boot() {
          return floor.boot;
        },
      },
      newId,
      timing: {
        // Time passes only when a test says so.
        after: (_ms, work) => {
          floor.timers.push(work);
          return () => undefined;
        },
        chance: () => 0.5,
      },
      disk: { persist: () => Promise.resolve(true), used: () => Promise.resolve(0.01) },
      tabs: { alone: (work) => work(), tell: () => undefined, heard: () => () => undefined },
      witness: {
        recall: () => floor.witness,
        keep: (device) => {
          floor.witness = device;
        },
      },
      hands: {
        last: () => floor.touched,
        keep: (at) => {
          floor.touched = at;
        },
        felt: (listen) => {
          floor.#feeling.add(listen);
          return () => floor.#feeling.delete(listen);
        },
      },
      woken: () => () => undefined,
      ...changes,
    };
  }

  open(changes: Partial<Surroundings> = {}): Promise<Handheld> {
    return Handheld.open(this.around(changes));
  }

  /** Enrolled, with a person at work. */
  async atWork(): Promise<Handheld> {
    this.server.people.push(ANNA);
    const device = await this.open();
    await device.enrol("CODE", "Scanner 1");
    await device.login(ANNA.badge, ANNA.pin);
    return device;
  }
}

export const ANNA = {
  badge: "1001",
  pin: "123456",
  id: "018f5c1e-7b1a-7c33-8000-00000000aa01",
  name: "Anna",
};
