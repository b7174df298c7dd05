/** Rows of one object store in the order of their keys; a copy is what an image of the disk holds. */

export interface Row {
  readonly key: unknown;
  readonly value: unknown;
}

export type KeyPath = string | readonly string[] | null;

const DIGITS = 16;

/** A key as text that sorts like the key: whole numbers before strings before lists. */
export function spelled(key: unknown): string {
  if (typeof key === "number") {
    const up = key < 0 ? Number.MAX_SAFE_INTEGER + key : key;
    return `${key < 0 ? 0 : 1}${`${up}`.padStart(DIGITS, "0")}`;
  }
  if (typeof key === "string") return `3${key}\0`;
  if (Array.isArray(key)) return `5${key.map(spelled).join("")}\0`;
  throw new DOMException(`not a key: ${String(key)}`, "DataError");
}

export class Table {
  readonly keyPath: KeyPath;
  readonly #keys: string[];
  readonly #rows: Map<string, Row>;

  constructor(keyPath: KeyPath, keys: string[] = [], rows = new Map<string, Row>()) {
    this.keyPath = keyPath;
    this.#keys = keys;
    this.#rows = rows;
  }

  copy(): Table {
    return new Table(this.keyPath, [...this.#keys], new Map(this.#rows));
  }

  get(key: string): Row | undefined {
    return this.#rows.get(key);
  }

  put(value: unknown, key: unknown): void {
    const spelt = spelled(key);
    if (!this.#rows.has(spelt)) this.#keys.splice(this.#at(spelt), 0, spelt);
    this.#rows.set(spelt, { key, value: frozen(value) });
  }

  delete(key: string): void {
    if (this.#rows.delete(key)) this.#keys.splice(this.#at(key), 1);
  }

  clear(): void {
    this.#keys.length = 0;
    this.#rows.clear();
  }

  /** In order; both ends belong to it. */
  between(lower: string, upper: string): readonly Row[] {
    const found: Row[] = [];
    for (let n = this.#at(lower); n < this.#keys.length; n++) {
      const key = this.#keys[n] as string;
      if (key > upper) break;
      found.push(this.#rows.get(key) as Row);
    }
    return found;
  }

  all(): readonly Row[] {
    return this.#keys.map((key) => this.#rows.get(key) as Row);
  }

  keyOf(value: unknown): unknown {
    if (this.keyPath === null) throw new DOMException("no key", "DataError");
    return at(value, this.keyPath);
  }

  /** Where a key stands or would stand. */
  #at(key: string): number {
    let [low, high] = [0, this.#keys.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#keys[middle] as string) < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

export function at(value: unknown, path: string | readonly string[]): unknown {
  if (typeof path === "string") return (value as Record<string, unknown>)[path];
  return path.map((part) => at(value, part));
}

/** In place of a copy: whoever changes afterwards what he has written is found out. */
function frozen<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return structuredClone(value);
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}
