/** Half-done work that survives a reload, a kill, a battery swap, and somebody else's hands in between. */
import type { Drafts, Left } from "./device.ts";
import { type Storage, writing } from "./storage.ts";

export class KeptDrafts implements Drafts {
  readonly #storage: Storage;
  readonly #kept = new Map<string, unknown>();
  #owner: () => string = () => "";

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  static async open(storage: Storage): Promise<KeptDrafts> {
    const drafts = new KeptDrafts(storage);
    const [flows, states] = await Promise.all([
      storage.getAllKeys("drafts"),
      storage.getAll("drafts"),
    ]);
    for (const [i, flow] of flows.entries()) drafts.#kept.set(flow, states[i]);
    return drafts;
  }

  /** Whose hands do it: nobody else goes on with it, or sees what was counted. */
  of(owner: () => string): this {
    this.#owner = owner;
    return this;
  }

  load(flow: string): unknown {
    return this.#kept.get(this.#name(flow));
  }

  /** The same under the name of whose hands it is, for the write that its operations are in. */
  owned({ flow, state }: Left): Left {
    return { flow: this.#name(flow), state };
  }

  /** What has been written so. */
  remember({ flow, state }: Left): void {
    this.#kept.set(flow, structuredClone(state));
  }

  async save(name: string, state: unknown): Promise<void> {
    const flow = this.#name(name);
    // A copy: what a screen changes afterwards was not saved.
    this.#kept.set(flow, structuredClone(state));
    await writing(this.#storage, ["drafts"], async (tx) => {
      const drafts = tx.objectStore("drafts");
      if (state === undefined || state === null) await drafts.delete(flow);
      else await drafts.put(state, flow);
    });
  }

  #name(flow: string): string {
    return `${this.#owner()}/${flow}`;
  }
}
