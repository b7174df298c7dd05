/** The model of a disk keeps what IndexedDB promises; the app's storage is used on it as it is. */
import { describe, expect, test } from "vitest";
import { fact, keepFact, openStorage, putFact, writing } from "../../storage.ts";
import type { Disk } from "./disk.ts";
import { disks, install } from "./indexeddb.ts";
import { settled } from "./pump.ts";
import { spelled } from "./table.ts";

install();
let made = 0;

async function opened() {
  const name = `disk ${made++}`;
  const storage = await done(openStorage(name));
  return { storage, disk: disks.get(name) as Disk, again: () => done(openStorage(name)) };
}

/** What comes of it, when everything that can goes on. */
async function done<T>(work: Promise<T>): Promise<T> {
  work.catch(() => undefined);
  await settled();
  return await work;
}

test("keys sort as numbers, then strings, then lists of both", () => {
  const keys = [-99, -1, 0, 2, 10, "", "a", "a ", "ab", ["a", 1, 2], ["a", 1, 10], ["ab", 0, 0]];
  expect(keys.map(spelled)).toEqual(keys.map(spelled).toSorted((a, b) => (a < b ? -1 : 1)));
});

describe("a transaction", () => {
  test("is on the disk when it says so, and whole", async () => {
    const { storage, again } = await opened();
    await done(keepFact(storage, "incarnation", "one"));
    expect(await done(fact(await again(), "incarnation"))).toBe("one");
  });

  test("that fails has done nothing", async () => {
    const { storage } = await opened();
    const failing = writing(storage, ["facts"], async (tx) => {
      await putFact(tx, "incarnation", "half");
      throw new Error("and then");
    });
    await expect(done(failing)).rejects.toThrow("and then");
    expect(await done(fact(storage, "incarnation"))).toBeUndefined();
  });

  test("waits for the one before it that writes the same", async () => {
    const { storage } = await opened();
    const next = (): Promise<void> =>
      writing(storage, ["facts"], async (tx) => {
        const before = ((await tx.objectStore("facts").get("lastSync")) ?? 0) as number;
        await putFact(tx, "lastSync", before + 1);
      });
    await done(Promise.all([next(), next(), next()]));
    expect(await done(fact(storage, "lastSync"))).toBe(3);
  });

  test("that finds the disk full has done nothing, and says why", async () => {
    const { storage, disk } = await opened();
    disk.full = true;
    await expect(done(keepFact(storage, "lastSync", 1))).rejects.toThrow(
      expect.objectContaining({ name: "QuotaExceededError" }),
    );
    disk.full = false;
    expect(await done(fact(storage, "lastSync"))).toBeUndefined();
  });
});

test.each([
  ["before", undefined],
  ["after", 1],
] as const)(
  "a machine that stops %s a commit says nothing, and keeps what it has",
  async (when, kept) => {
    const { storage, disk, again } = await opened();
    let heard = false;
    disk.arm({ commit: 1, when });
    void keepFact(storage, "lastSync", 1).finally(() => {
      heard = true;
    });
    await settled();
    expect([heard, disk.crashed]).toEqual([false, `${when} a fact is kept`]);
    expect(await done(fact(await again(), "lastSync"))).toBe(kept);
  },
);

test("whoever changes what he has written is found out", async () => {
  const { storage } = await opened();
  const numbers = [
    { device: "d", id: "b", kind: "lpn" as const, prefix: "U", first: 1, size: 2, used: 0 },
  ];
  await done(keepFact(storage, "numbers", numbers));
  expect(() => numbers.pop()).toThrow(TypeError);
});
