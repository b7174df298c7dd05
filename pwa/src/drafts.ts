/** Half-done work that survives a reload, a kill, a battery swap. */
import type { Drafts, Left } from "./device.ts";
import { type Storage, writing } from "./storage.ts";

export class KeptDrafts implements Drafts {
  readonly #storage: Storage;
  readonly #kept = new Map<string, unknown>();

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

  load(flow: string): unknown {
    return this.#kept.get(flow);
  }

  /** What was written together with its operations. */
  remember({ flow, state }: Left): void {
    this.#kept.set(flow, structuredClone(state));
  }

  async save(flow: string, state: unknown): Promise<void> {
    // A copy: what a screen changes afterwards was not saved.
    this.#kept.set(flow, structuredClone(state));
    await writing(this.#storage, ["drafts"], async (tx) => {
      const drafts = tx.objectStore("drafts");
      if (state === undefined || state === null) await drafts.delete(flow);
      else await drafts.put(state, flow);
    });
  }
}
