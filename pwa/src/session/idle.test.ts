import { expect, test } from "vitest";
import { ANNA, Floor } from "../testing/floor.ts";
import { emptyBin, PERSON } from "../testing/gestures.ts";
import { IDLE_MS } from "./idle.ts";

const MINUTE = 60_000;

/** Time goes by; what was to be looked at meanwhile is looked at. */
function wait(floor: Floor, ms: number): void {
  floor.pass(ms);
  for (const look of floor.timers.splice(0)) look();
}

async function atWork() {
  const floor = new Floor();
  floor.server.put("org", "person", PERSON);
  const device = await floor.atWork();
  await device.syncNow();
  return { floor, device };
}

test("fifteen minutes without a hand lock it; a touch in between counts anew", async () => {
  const { floor, device } = await atWork();

  wait(floor, 14 * MINUTE);
  floor.touch();
  wait(floor, 14 * MINUTE);
  expect(device.person.value?.id).toBe(ANNA.id);
  expect(device.locked.value).toBe(false);

  wait(floor, MINUTE);
  expect(device.person.value).toBeNull();
  expect(device.locked.value).toBe(true);
});

test("work put on record is a hand, also without a touch", async () => {
  const { floor, device } = await atWork();
  wait(floor, 10 * MINUTE);
  await device.record(emptyBin());
  wait(floor, 10 * MINUTE);
  expect(device.person.value?.id).toBe(ANNA.id);
});

test("the queue, the half-done flow and the grant survive it: the same PIN opens offline", async () => {
  const { floor, device } = await atWork();
  floor.server.fault = () => null;
  await device.record(emptyBin());
  await device.drafts.save("count", { place: "A-01" });

  wait(floor, IDLE_MS);
  expect(device.queue.value.unsent).toBe(1);
  expect(device.drafts.load("count")).toBeUndefined();

  await device.login(ANNA.badge, ANNA.pin);
  expect(device.drafts.load("count")).toEqual({ place: "A-01" });
  expect(device.locked.value).toBe(false);
  expect(device.person.value?.grant).toBe(`grant-${ANNA.id}`);
});

test("a touch that comes too late, after a sleep, finds it locked", async () => {
  const { floor, device } = await atWork();
  floor.pass(2 * IDLE_MS);
  floor.touch();
  expect(device.person.value).toBeNull();
});

test("a restart gains nobody another quarter of an hour", async () => {
  const { floor } = await atWork();
  floor.pass(IDLE_MS - MINUTE);
  expect((await floor.open()).person.value?.id).toBe(ANNA.id);
  floor.pass(MINUTE);
  const restarted = await floor.open();
  expect([restarted.person.value, restarted.locked.value]).toEqual([null, true]);
  expect((await floor.open()).person.value).toBeNull();
});

test("the cookie of who left is given back before anybody asks with it", async () => {
  const { floor, device } = await atWork();
  wait(floor, IDLE_MS);
  const before = floor.server.questions.length;
  await device.api.get("/office/now");
  const asked = floor.server.questions.slice(before).map(({ path }) => path);
  expect(asked).toEqual(["/session", "/office/now"]);
});
