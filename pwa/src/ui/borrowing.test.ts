/** A handheld that does not hold everything asks for what is scanned. */
import { signal } from "@preact/signals";
import { expect, test } from "vitest";
import type { Device, Queue } from "../device.ts";
import { memoryDevice } from "../flows/testing/device.ts";
import { floor, scan, TEA } from "../flows/testing/floor.ts";
import { Held } from "../replica/held.ts";
import { borrowed, worthAsking } from "./borrowing.ts";

const full = (more: Partial<Queue> = {}): Device => {
  const table = floor();
  table.item = [];
  const device = memoryDevice(table);
  const rows = [{ entity: "item", id: TEA.id, row: TEA }];
  device.answer = { ok: true, status: 200, body: { rows } };
  return { ...device, queue: signal({ ...device.queue.value, leftOut: 900, ...more }) };
};

test("what did not fit is known when it has been scanned", async () => {
  const device = full();
  const unknown = device.replica.resolve(scan("TEA"));
  expect(worthAsking(unknown, device)).toBe(true);

  expect(await borrowed(scan("TEA"), device)).toMatchObject({ type: "item", item: { sku: "TEA" } });
});

test("nobody is asked offline, or where everything is here", () => {
  const unknown = full().replica.resolve(scan("TEA"));

  expect(worthAsking(unknown, full({ link: "offline" }))).toBe(false);
  expect(worthAsking(unknown, full({ leftOut: 0 }))).toBe(false);
});

test("a loan is shown and found, but no sum counts it", () => {
  const held = new Held();
  const before = held.turn("item");
  held.lend("item", TEA.id, TEA);

  expect(held.get("item", TEA.id)).toEqual(TEA);
  expect(held.turn("item")).toBeGreaterThan(before);
  expect([...held.sums()]).toEqual([]);
  const row = { ...TEA, name: "Named anew" };
  held.apply([{ channel: "org", entity: "item", id: TEA.id, seq: 7, row }]);
  held.lend("item", TEA.id, TEA);
  expect(held.get("item", TEA.id)?.name).toBe("Named anew");
});
