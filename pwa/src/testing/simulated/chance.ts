/** Chance that a seed repeats, and secrets that cost nothing: nobody attacks a simulation. */
import { sha256 } from "../../domain/digest.ts";

const ENCODER = new TextEncoder();

export class Chance {
  #state: Uint8Array;

  constructor(seed: string) {
    this.#state = sha256(ENCODER.encode(seed));
  }

  bytes(): Uint8Array {
    this.#state = sha256(this.#state);
    return this.#state;
  }

  /** 0–1. */
  draw(): number {
    return new DataView(this.bytes().buffer).getUint32(0) / 2 ** 32;
  }
}

interface Key {
  readonly raw: ArrayBuffer;
}

const joined = (...parts: ArrayBuffer[]): ArrayBuffer => {
  const all = parts.flatMap((part) => [...new Uint8Array(part)]);
  return sha256(Uint8Array.from(all)).slice().buffer;
};

const subtle = {
  importKey: async (_format: string, raw: Uint8Array): Promise<Key> => ({
    raw: joined(raw.slice().buffer as ArrayBuffer),
  }),
  deriveBits: async ({ salt }: { salt: Uint8Array }, key: Key): Promise<ArrayBuffer> =>
    joined(key.raw, salt.slice().buffer as ArrayBuffer),
  generateKey: async (): Promise<Key> => ({ raw: joined() }),
  sign: async (_name: string, key: Key, bits: ArrayBuffer): Promise<ArrayBuffer> =>
    joined(key.raw, bits),
};

/** A hundred thousand rounds for every PIN would be most of a run. */
export function install(): void {
  const { crypto } = globalThis;
  const value = { getRandomValues: crypto.getRandomValues.bind(crypto), subtle };
  Object.defineProperty(globalThis, "crypto", { value, configurable: true });
}
