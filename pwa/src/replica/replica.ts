/** What the device knows, for screens: the server's rows with own pending work on top. */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { Lent, Replica } from "../device.ts";
import type { Scan } from "../domain/operation.ts";
import type { Resolved } from "../domain/resolved.ts";
import type { Entity, Rows } from "../domain/rows.ts";
import { type Tag, tagOf } from "../domain/tag.ts";
import { draw } from "./effects.ts";
import { Finders } from "./finders.ts";
import { Held } from "./held.ts";
import { Overlay } from "./overlay.ts";
import { overlaid, type Posted } from "./pending.ts";
import { type Reading, resolve } from "./resolve.ts";

export interface Identification {
  normalise(scan: Scan): string | null;
  identify(scan: Scan): Reading;
  candidates(scan: Scan, codes: readonly string[] | null): readonly Reading[];
}

export class Shelf implements Replica {
  readonly #version = signal(0);
  readonly #identification: Identification;
  readonly #site: () => string;
  #held = new Held();
  #rows = new Overlay(this.#held);
  #finders = new Finders(this.#held);

  constructor(identification: Identification, site: () => string) {
    this.#identification = identification;
    this.#site = site;
  }

  get version(): ReadonlySignal<number> {
    return this.#version;
  }

  get held(): Held {
    return this.#held;
  }

  get<E extends Entity>(entity: E, id: string): Rows[E] | undefined {
    return this.#rows.get(entity, id);
  }

  all<E extends Entity>(entity: E): ReadonlyArray<Rows[E]> {
    return this.#rows.all(entity);
  }

  resolve(scan: Scan): Resolved {
    return resolve(
      {
        rows: this.#rows,
        finders: this.#finders,
        site: this.#site(),
        ...this.#identification,
      },
      scan,
    );
  }

  tag(scan: Scan): Tag | null {
    return tagOf(scan);
  }

  /** These rows with this own work on top, in one step. */
  show(held: Held, posted: readonly Posted[]): void {
    if (held !== this.#held) this.#finders = new Finders(held);
    this.#held = held;
    this.#rows = overlaid(held, posted);
    this.#version.value++;
  }

  /** What did not fit here and was asked for. */
  lend(rows: readonly Lent[]): void {
    for (const { entity, id, row } of rows) this.#held.lend(entity, id, row);
    if (rows.length > 0) this.#version.value++;
  }

  /** Builds what a look-up needs, so that the first scan does not wait for it. */
  warm(): void {
    this.resolve({ data: "-", symbology: null });
  }

  /** One more own operation on top of what is there. */
  add(posted: Posted): void {
    draw(this.#rows, posted.envelope, 1);
    this.#version.value++;
  }
}
