/** What was handed in for another handheld outlives a server that comes back from a backup. */
import { beforeEach, describe, expect, test } from "vitest";
import { read } from "../domain/envelope.ts";
import type { Handheld } from "../handheld.ts";
import { journalsIn, rescue } from "../office/devices/rescuing.ts";
import { openStorage } from "../storage.ts";
import { Floor } from "../testing/floor.ts";
import { emptyBin } from "../testing/gestures.ts";
import { written } from "../testing/queue.ts";
import { purge } from "./journal.ts";

const LOST = "018f5c1e-7b1a-7c33-8000-0000000000d7";
const OTHER = "018f5c1e-7b1a-7c33-8000-0000000000d8";
const WEEK_MS = 7 * 24 * 3600 * 1000;

let floor: Floor;
let device: Handheld;
let queue: readonly string[];

beforeEach(async () => {
  floor = new Floor();
  device = await floor.atWork();
  await device.record(emptyBin(1));
  await device.syncNow();
  queue = written(LOST, 5);
  floor.server.former.set(LOST, new Map([[1, { ops: [] }]]));
  floor.server.former.set(OTHER, new Map([[1, { ops: [] }]]));
});

const idsOf = (texts: readonly string[]) => texts.map((text) => read(text).id);

function bring(ops: readonly string[], name = LOST, settled = 0) {
  const journals = [{ device: name, epoch: 1, first_seq: 1, ops, settled }];
  return rescue(device, journalsIn(JSON.stringify({ format: "tallyman-queue", journals })) ?? []);
}

const applied = () => floor.server.applied();
const kept = async (name = LOST) =>
  (await (await openStorage()).getAll("journal")).filter((entry) => entry.device === name);

describe("what was handed in for another handheld", () => {
  test("is kept, and nobody sees it waiting", async () => {
    await bring(queue);

    expect((await kept()).map(({ seq, state }) => [seq, state])).toEqual(
      [1, 2, 3, 4, 5].map((seq) => [seq, "settled"]),
    );
    expect(device.queue.value).toMatchObject({ unsent: 0, trouble: null });
    expect(device.recent.value).toHaveLength(1);
  });

  test("is handed in again after a restore, as far as it is lacking", async () => {
    await bring(queue);
    await device.syncNow();
    floor.server.restore(3);
    expect(applied()).toHaveLength(3);

    await device.syncNow();
    expect(applied().slice(1)).toEqual(idsOf(queue));
    expect(device.queue.value).toMatchObject({ unsent: 0, trouble: null });
    await device.syncNow();
    expect((await kept()).every(({ state }) => state === "settled")).toBe(true);
  });

  test("even if the page was closed meanwhile", async () => {
    await bring(queue);
    await device.close();
    floor.server.restore(1);

    device = await floor.open();
    await device.syncNow();

    expect(applied().slice(1)).toEqual(idsOf(queue));
  });

  test("with what the file said to be settled already", async () => {
    const ops = queue.map((text) => ({ text, commit: ++floor.server.commit }));
    floor.server.former.set(LOST, new Map([[1, { ops: ops.slice(0, 3) }]]));
    await bring(queue, LOST, 3);
    floor.server.restore(1);

    await device.syncNow();

    expect(applied().slice(1)).toEqual(idsOf(queue));
  });

  test("in a journal of its own, if another has taken its numbers", async () => {
    await bring(queue);
    floor.server.restore(1);
    const twin = written(LOST, 1);
    floor.server.former.get(LOST)?.set(1, { ops: [{ text: twin[0] ?? "", commit: 100 }] });
    floor.server.commit = 100;

    await device.syncNow();

    expect(applied().slice(1)).toEqual([...idsOf(twin), ...idsOf(queue)]);
    expect((await kept()).map(({ epoch }) => epoch)).toEqual([2, 2, 2, 2, 2]);
  });

  test("though another journal before it is stuck", async () => {
    const gone = written(OTHER, 4);
    await bring(gone, OTHER);
    await bring(queue);
    const storage = await openStorage();
    await storage.delete("journal", [OTHER, 1, 1]); // purged here, and lost there
    floor.server.restore(1);

    await device.syncNow();

    expect(applied().slice(1)).toEqual(idsOf(queue));
    expect(device.queue.value).toMatchObject({ unsent: 3, trouble: { code: "queue.foreign" } });
  });

  test("is in the file that this handheld saves", async () => {
    await bring(queue);
    const saved = JSON.parse(await (await device.exportQueue()).text());

    expect(saved.journals).toContainEqual(
      expect.objectContaining({ device: LOST, first_seq: 1, ops: queue, settled: 5 }),
    );
  });

  test("goes with what else is a week old", async () => {
    await bring(queue);
    expect(await purge(await openStorage(), floor.wall + WEEK_MS - 1)).toBe(0);
    await purge(await openStorage(), floor.wall + WEEK_MS + 1);

    expect(await kept()).toEqual([]);
  });

  test("is shown as unsent, if the server was restored since it was last heard of", async () => {
    floor.server.restore(1);
    await bring(queue);
    expect(device.queue.value).toMatchObject({ unsent: 5, trouble: { code: "queue.foreign" } });

    await device.syncNow();
    expect(device.queue.value).toMatchObject({ unsent: 0, trouble: null });
    expect(applied().slice(1)).toEqual(idsOf(queue));
  });

  test("does not take the numbers of the running journal", async () => {
    const own = device.enrolment.value?.device ?? "";
    await device.keepRescued({ device: own, epoch: 1, first: 1, ops: written(own, 9) }, null);

    await device.record(emptyBin(2));
    await device.syncNow();
    expect(await kept(own)).toHaveLength(2);
    expect(applied()).toHaveLength(2);
  });

  test("stays a file at a desk that is no handheld", async () => {
    floor = new Floor();
    const desk = await floor.open();
    await desk.keepRescued({ device: LOST, epoch: 1, first: 1, ops: queue }, "inc-1");

    expect(await kept()).toEqual([]);
  });
});
