import { describe, expect, test } from "vitest";
import { NotSaved } from "../device.ts";
import { fingerprint } from "../domain/digest.ts";
import { NO_PREVIOUS, read } from "../domain/envelope.ts";
import { openStorage } from "../storage.ts";
import { Floor, MORNING } from "../testing/floor.ts";
import { emptyBin } from "../testing/gestures.ts";
import { append } from "./journal.ts";

const LONG = { data: "x".repeat(20_000), symbology: "]C1" };

describe("recording a gesture", () => {
  test("numbers without gaps and chains by hash", async () => {
    const floor = new Floor();
    const device = await floor.atWork();
    floor.server.fault = () => null;

    const seqs = [];
    for (let n = 1; n <= 5; n++) seqs.push((await device.record(emptyBin(n))).seq);

    const entries = await (await openStorage()).getAll("journal");
    expect(seqs).toEqual([1, 2, 3, 4, 5]);
    const texts = entries.map((entry) => entry.text);
    const prevs = texts.map((text) => read(text).prev);
    expect(prevs).toEqual([NO_PREVIOUS, ...texts.slice(0, -1).map(fingerprint)]);
  });

  test("asks the disk for strict durability and waits for its transaction", async () => {
    const storage = await openStorage(`strict-${Math.random()}`);
    const asked: unknown[] = [];
    const real = storage.transaction.bind(storage);
    let complete = false;
    storage.transaction = ((stores: never, mode: never, options: never) => {
      asked.push(options);
      const tx = real(stores, mode, options);
      void (tx as { done: Promise<void> }).done.then(() => {
        complete = true;
      });
      return tx;
    }) as unknown as typeof storage.transaction;

    const letter = { ...emptyBin(), id: "01935a00-0000-7000-8000-000000000001", device: "d" };
    const rest = { actor: null, grant: null, task: null, lease: null, base: null, cause: null };
    const clock = { wall_ms: 1, mono_ms: 1, boot: "b", app: "0" };
    await append(storage, [{ ...letter, ...rest, ...clock }]);

    expect(asked).toEqual([{ durability: "strict" }]);
    expect(complete).toBe(true);
  });

  test("keeps a gesture and how it leaves its flow together, or nothing of it", async () => {
    const device = await new Floor().atWork();
    const gone = { ...emptyBin(2), payload: { ...emptyBin(2).payload, scans: [LONG] } };
    await device.recordAll([emptyBin(1)], { flow: "count", state: { at: "one" } });

    const both = device.recordAll([emptyBin(3), gone], { flow: "count", state: { at: "three" } });

    await expect(both).rejects.toThrow(NotSaved);
    const storage = await openStorage();
    expect(await storage.count("journal")).toBe(1);
    expect(await storage.getAll("drafts")).toEqual([{ at: "one" }]);
    expect(device.drafts.load("count")).toEqual({ at: "one" });
  });

  test("carries who, where, when and on which knowledge", async () => {
    const floor = new Floor();
    const device = await floor.atWork();
    await device.syncNow();
    floor.pass(1234);

    const { id } = await device.record(emptyBin());

    const entry = await (await openStorage()).getFromIndex("journal", "id", id);
    expect(read(entry?.text ?? "")).toMatchObject({
      v: 1,
      device: floor.server.device,
      epoch: 1,
      actor: device.person.value?.id,
      grant: device.person.value?.grant,
      base: "inc-1:0",
      wall_ms: MORNING + 1234,
      mono_ms: 5000 + 1234,
      boot: "boot-1",
      cause: null,
      app: "0.1.0",
    });
  });

  test("two tabs at once take different numbers of one chain", async () => {
    const floor = new Floor();
    const one = await floor.atWork();
    floor.server.fault = () => null;
    const two = await floor.open();

    const done = await Promise.all(
      Array.from({ length: 20 }, (_, n) => (n % 2 ? one : two).record(emptyBin(n))),
    );

    expect(new Set(done.map(({ seq }) => seq)).size).toBe(20);
    floor.server.fault = () => undefined;
    await one.syncNow();
    expect(floor.server.applied()).toHaveLength(20);
    expect(floor.server.rotations.size).toBe(0);
  });

  test("more than 16 KiB is not saved, and the next gesture follows the last saved one", async () => {
    const floor = new Floor();
    const device = await floor.atWork();
    const scans = [{ data: "x".repeat(17_000), symbology: null }];
    const large = { ...emptyBin(), payload: { ...emptyBin().payload, scans } };

    await expect(device.record(large)).rejects.toBeInstanceOf(NotSaved);

    expect((await device.record(emptyBin())).seq).toBe(1);
  });

  test("the same id twice is recorded once", async () => {
    const floor = new Floor();
    const device = await floor.atWork();
    const draft = { ...emptyBin(), id: device.newId() };

    const first = await device.record(draft);
    const again = await device.record(draft);

    expect(again).toEqual(first);
    expect(device.recent.value).toHaveLength(1);
  });

  test("a failing disk is an error, never a success", async () => {
    const floor = new Floor();
    const device = await floor.atWork();
    await device.close();

    await expect(device.record(emptyBin())).rejects.toBeInstanceOf(NotSaved);
  });

  test("nobody at work records nothing", async () => {
    const floor = new Floor();
    const device = await floor.atWork();
    await device.logout();

    await expect(device.record(emptyBin())).rejects.toBeInstanceOf(NotSaved);
  });

  test("what was saved is there after a kill", async () => {
    const floor = new Floor();
    const device = await floor.atWork();
    floor.server.fault = () => null;
    const { id } = await device.record(emptyBin());

    const restarted = await floor.open();

    expect(restarted.queue.value.unsent).toBe(1);
    expect(restarted.recent.value.map((one) => one.id)).toEqual([id]);
    expect(restarted.person.value?.name).toBe("Anna");
  });
});
