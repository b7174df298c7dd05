/** A device in memory for looking at screens and for tests of the runner; never part of a build. */
import { signal } from "@preact/signals";
import type {
  Answer,
  Device,
  Enrolment,
  Person,
  Queue,
  RecentOperation,
  Recorded,
} from "../../device.ts";
import { newId } from "../../domain/ids.ts";
import type { Draft, Kind, Scan } from "../../domain/operation.ts";
import type { Resolved } from "../../domain/resolved.ts";
import type { Entity, Rows } from "../../domain/rows.ts";
import { tagOf } from "../../domain/tag.ts";
import { floor, id, lot, lpn, MILK, SITE, type Table, tote } from "./floor.ts";

export interface Double extends Device {
  readonly table: Table;
  readonly recorded: Draft[];
  readonly undone: string[];
  /** What the disk says to the next record. */
  broken: boolean;
  answer: Answer;
  touch(): void;
}

/** Just enough of a resolver to walk through the screens. */
export function resolveIn(table: Table, scan: Scan): Resolved {
  const { data } = scan;
  const place = table.location.find((row) => row.code === data);
  const item = table.item.find((row) => row.sku === data || `${row.sku}-CASE` === data);
  const po = table.po.find((row) => row.number === data);
  const order =
    table.order.find((row) => row.number === data) ??
    table.pick_task.find((row) => row.order_number === data);
  const person = table.person.find((row) => `TMB:${row.badge}` === data);
  if (place) {
    return { type: "place", place, scan };
  }
  if (item) {
    const boxed = data.endsWith("-CASE");
    const bare = { packaging: boxed ? id(`${item.sku} case`) : null, quantity: boxed ? 12 : 1 };
    const none = { lot: null, lotCode: null, expiry: null, serial: null, serialCode: null };
    const milk = { ...none, lot: lot(MILK, "L7"), lotCode: "L7", expiry: "2027-03-31" };
    return { type: "item", item, ...bare, ...(item === MILK && boxed ? milk : none), scan };
  }
  if (po) {
    return { type: "po", po, scan };
  }
  if (order) {
    return { type: "order", order, scan };
  }
  if (person) {
    return { type: "person", person, scan };
  }
  if (data.startsWith("TMT:")) {
    return { type: "tote", tote: tote(data.slice(4)), code: data.slice(4), scan };
  }
  if (data.startsWith("TMC:")) {
    return { type: "command", command: data.slice(4), scan };
  }
  if (/^\d{18}$/.test(data)) {
    const announced = table.asn_unit.find((row) => row.code === data) ?? null;
    return { type: "lpn", lpn: lpn(data), code: data, announced, scan };
  }
  return { type: "unknown", code: data, scan };
}

export function memoryDevice(table: Table = floor()): Double {
  const version = signal(0);
  const recent = signal<readonly RecentOperation[]>([]);
  const queue = signal<Queue>({
    unsent: 0,
    oldest: null,
    lastSync: Date.now(),
    link: "online",
    persisted: true,
    trouble: null,
    pulledAt: Date.now(),
    leftOut: 0,
  });
  const enrolment = signal<Enrolment | null>({
    device: id("device"),
    site: { id: SITE, code: "MAD", name: "Madrid" },
    label: "H-01",
  });
  const person = signal<Person | null>(null);
  const kept = new Map<string, string>();
  const double: Double = {
    table,
    recorded: [],
    undone: [],
    broken: false,
    answer: { ok: false, offline: true, problem: null },
    touch: () => {
      version.value += 1;
    },
    enrolment,
    person,
    locked: signal(false),
    queue,
    recent,
    update: { ready: signal(false), apply: () => undefined, look: () => undefined },
    version: "test",
    replica: {
      version,
      get: <E extends Entity>(entity: E, key: string): Rows[E] | undefined =>
        table[entity].find((row) => row.id === key),
      all: <E extends Entity>(entity: E): ReadonlyArray<Rows[E]> => table[entity],
      resolve: (scan) => resolveIn(table, scan),
      lend: (rows) => {
        for (const { entity, row } of rows) (table[entity as Entity] as unknown[]).push(row);
      },
      tag: tagOf,
    },
    drafts: {
      load: (flow) => JSON.parse(kept.get(flow) ?? "null"),
      save: async (flow, state) => {
        kept.set(flow, JSON.stringify(state));
      },
    },
    newNumber: async () => null,
    api: { get: async () => double.answer, post: async () => double.answer },
    record: async <K extends Kind>(draft: Draft<K>): Promise<Recorded> => {
      if (double.broken) {
        throw new Error("disk full");
      }
      if (draft.kind === "operations.void") {
        double.undone.push(draft.cause ?? "");
        return { id: draft.id ?? newId(), seq: 0 };
      }
      double.recorded.push(draft as Draft);
      const seq = double.recorded.length;
      queue.value = {
        ...queue.value,
        unsent: queue.value.unsent + 1,
        oldest: queue.value.oldest ?? Date.now(),
      };
      return { id: draft.id ?? newId(), seq };
    },
    recordAll: async (drafts, left, kept) => {
      const recorded: Recorded[] = [];
      for (const draft of drafts) {
        recorded.push(await double.record(draft as Draft));
      }
      if (left) {
        await double.drafts.save(left.flow, left.state);
      }
      kept?.();
      return recorded;
    },
    newId: () => newId(),
    undo: async (operation) => {
      double.undone.push(operation);
      return { id: newId(), seq: 0 };
    },
    enrol: async () => undefined,
    login: async (badge) => {
      const row = table.person.find((one) => one.badge === badge);
      person.value = row ? { id: row.id, name: row.name, roles: row.roles, grant: "g" } : null;
    },
    signIn: async () => undefined,
    logout: async () => {
      person.value = null;
    },
    actAs: async () => undefined,
    syncNow: async () => undefined,
    exportQueue: async () => new Blob(["[]"]),
    keepRescued: () => Promise.resolve(),
  };
  return double;
}
