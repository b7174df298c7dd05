/** A sled over tagged goods, with time set by hand and a disk that counts its writes; for tests only. */

import { encodeEpc } from "../../domain/identification/index.ts";
import { aliasId, uuid5 } from "../../domain/ids.ts";
import type { AnyDraft } from "../../domain/operation.ts";
import type { ItemRow } from "../../domain/rows.ts";
import { worldOf } from "../../ui/context.ts";
import type { Feedback, Flow } from "../flow.ts";
import { type Running, run } from "../running.ts";
import { Gathering } from "../sweep/gathering.ts";
import { scanOfTag } from "../sweep/swept.ts";
import { type Double, memoryDevice } from "./device.ts";
import { BIN, DOCK, DRILL, floor, id, MILK, SITE, type Table, TEA } from "./floor.ts";
import { gtin } from "./furniture.ts";
import { type House, houseOf } from "./house.ts";

const CODES: ReadonlyMap<string, string> = new Map([
  [DRILL.id, gtin(901)],
  [TEA.id, gtin(902)],
  [MILK.id, gtin(903)],
]);

const sgtin = (code: string, serial: number): string =>
  encodeEpc({
    pure: `urn:epc:id:sgtin:${code.slice(1, 8)}.${code[0]}${code.slice(8, 13)}.${serial}`,
    scheme: "sgtin-96",
    filter: 1,
  });

/** The id of the n-th piece, as its tag says it. */
export const serialOf = (item: ItemRow, n: number): string => uuid5(item.id, `${n}`);

/** What is written on the tag of the n-th piece. */
export const tagOn = (item: ItemRow, n: number): string => sgtin(CODES.get(item.id) ?? "", n);

/** Somebody else's goods: an EPC that no item here has. */
export const strangeTag = (n: number): string => sgtin(gtin(999), n);

/** A tag that came blank from its maker. */
export const blankTag = (n: number): string =>
  `E2801160600002${n.toString(16).padStart(10, "0")}`.toUpperCase();

/** A pallet whose SSCC checks out, as a tag can only carry such. */
export const SSCC = "340123450000000017";

export const palletTag = (code: string): string =>
  encodeEpc({
    pure: `urn:epc:id:sscc:${code.slice(1, 8)}.${code[0]}${code.slice(8, 17)}`,
    scheme: "sscc-96",
    filter: 2,
  });

export const BIN_TAG = blankTag(0xb17);
export const DOCK_TAG = blankTag(0xd0c);

/** Goods, a bin and a dock that carry tags. */
export function tagged(fill: (table: Table) => void = () => undefined): Table {
  const table = floor();
  table.identifier = [...CODES].map(([item, code]) => ({
    id: id(`code ${item}`),
    code,
    item,
    packaging: null,
  }));
  table.alias = [
    {
      id: aliasId(SITE, BIN_TAG),
      code: BIN_TAG,
      target_kind: "place",
      target: BIN.id,
      packaging: null,
    },
    {
      id: aliasId(SITE, DOCK_TAG),
      code: DOCK_TAG,
      target_kind: "place",
      target: DOCK.id,
      packaging: null,
    },
  ];
  fill(table);
  return table;
}

export interface Sled<S> {
  readonly device: Double;
  readonly house: House;
  readonly running: Running<S>;
  readonly gathering: Gathering;
  readonly heard: Feedback[];
  readonly rises: number[];
  /** Operations of each write, oldest first. */
  readonly writes: ReadonlyArray<readonly AnyDraft[]>;
  label(data: string): Promise<void>;
  /** Reads come in, so many milliseconds apart. */
  read(tags: readonly string[], apart?: number): Promise<void>;
  /** The trigger is let go and silence follows. */
  release(): Promise<void>;
  /** The app starts again on the same disk. */
  reload(): Sled<S>;
}

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 12; turn += 1) await new Promise((done) => setImmediate(done));
};

export function sledOver<S>(flow: Flow<S>, table: Table, before?: Double): Sled<S> {
  const house = houseOf(table);
  const device = before ?? memoryDevice(table);
  const { recordAll } = device;
  const writes: (readonly AnyDraft[])[] = [];
  if (!before) {
    Object.assign(device, {
      replica: { ...device.replica, resolve: ({ data }: { data: string }) => house.resolve(data) },
    });
  }
  device.recordAll = async (drafts, left, kept) => {
    writes.push(drafts);
    return recordAll(drafts, left, kept);
  };
  const heard: Feedback[] = [];
  const rises: number[] = [];
  const running = run(flow, device, worldOf(device), (feedback) => heard.push(feedback));
  let now = 0;
  let timers: { at: number; then: () => void }[] = [];
  const gathering = new Gathering({
    now: () => now,
    after: (ms, then) => {
      const timer = { at: now + ms, then };
      timers.push(timer);
      return () => {
        timers = timers.filter((one) => one !== timer);
      };
    },
    newId: () => device.newId(),
    resolve: (epc) => device.replica.resolve(scanOfTag(epc)),
    take: (gesture) => running.take(gesture),
    rise: (unique) => rises.push(unique),
  });
  const pass = async (ms: number): Promise<void> => {
    now += ms;
    for (let due = timers.filter(({ at }) => at <= now); due.length > 0; ) {
      timers = timers.filter((one) => !due.includes(one));
      for (const { then } of due) then();
      await settle();
      due = timers.filter(({ at }) => at <= now);
    }
  };
  return {
    device,
    house,
    running,
    gathering,
    heard,
    rises,
    writes,
    label: async (data) => {
      gathering.end();
      await running.take({ type: "scanned", resolved: house.resolve(data) });
    },
    read: async (tags, apart = 2) => {
      for (const data of tags) {
        const tag = device.replica.tag({ data, symbology: null });
        const mode = flow.sweeps?.(running.state.value) ?? null;
        if (!tag || !mode) throw new Error(`${data} is not taken as a tag here`);
        gathering.hear(tag, mode);
        await pass(apart);
      }
    },
    release: async () => {
      for (let turn = 0; turn < 8; turn += 1) await pass(250);
      await settle();
    },
    reload: () => {
      running.stop();
      gathering.stop();
      return sledOver(flow, table, device);
    },
  };
}
