import { describe, expect, test } from "vitest";
import { openStorage } from "../storage.ts";
import { emptyBin } from "../testing/gestures.ts";
import { withQueue } from "../testing/queue.ts";

describe("a device that lost its memory", () => {
  test("a server that knows more than the device is told so, and nothing is numbered twice", async () => {
    const { floor, device, ids } = await withQueue(3);
    const storage = await openStorage();
    const [facts, names] = [await storage.getAll("facts"), await storage.getAllKeys("facts")];
    await device.syncNow();
    // The disk comes back as it was before: an image restored by the fleet management.
    await storage.clear("facts");
    for (const [i, name] of names.entries()) await storage.put("facts", facts[i], name);
    await storage.clear("journal");
    await storage.put("facts", { epoch: 1, seq: 0, hash: "0".repeat(64) }, "head");

    const late = await device.record(emptyBin(6));
    await device.syncNow();

    const rotate = floor.server.questions.find(({ path }) => path === "/sync/rotate");
    expect(rotate?.body).toMatchObject({ from_epoch: 1 });
    expect(floor.server.applied()).toEqual([...ids, late.id]);
  });

  test("an emptied browser is not a fresh start: the loss is declared after enrolment", async () => {
    const { floor, device } = await withQueue(3);
    await device.syncNow();
    await device.close();
    await new Promise((resolve) => {
      indexedDB.deleteDatabase("tallyman").onsuccess = resolve;
    });

    const emptied = await floor.open();
    expect(emptied.queue.value.trouble).toEqual({ code: "device.wiped" });
    await emptied.enrol("CODE-2", "Scanner 1");

    const rotate = floor.server.questions.find(({ path }) => path === "/sync/rotate");
    expect(rotate?.body).toMatchObject({ from_epoch: 1, reason: "wiped", lost: [4, null] });
    expect(emptied.queue.value.trouble).toBeNull();
  });

  test("a witness that the power took away before it was on disk is kept again at the next start", async () => {
    const { floor, device } = await withQueue(1);
    await device.close();
    floor.witness = null;

    const restarted = await floor.open();

    expect(floor.witness).toBe(restarted.enrolment.value?.device);
  });
});
