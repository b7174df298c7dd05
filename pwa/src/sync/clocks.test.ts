import { describe, expect, test } from "vitest";
import { emptyBin } from "../testing/gestures.ts";
import { pushes, withQueue } from "../testing/queue.ts";

const BEN = {
  badge: "1002",
  pin: "654321",
  id: "018f5c1e-7b1a-7c33-8000-00000000aa02",
  name: "Ben",
};

describe("clocks", () => {
  test("after a minute of silence clocks are exchanged before operations are sent", async () => {
    const { floor, device } = await withQueue(0);
    await device.syncNow();
    floor.pass(61_000);
    floor.server.questions.length = 0;
    await device.record(emptyBin());

    await device.syncNow();

    const [greeting, work] = pushes(floor).map((push) => push.ops.length);
    expect([greeting, work]).toEqual([0, 1]);
    expect(pushes(floor)[1]?.clock).toMatchObject({ offset_ms: 0, wall_ms: floor.wall });
  });

  test("with fresh clocks operations go out at once", async () => {
    const { floor, device } = await withQueue(0);
    await device.syncNow();
    floor.server.questions.length = 0;
    floor.pass(5_000);
    await device.record(emptyBin());

    await device.syncNow();

    expect(pushes(floor).map((push) => push.ops.length)[0]).toBe(1);
  });

  test("a wrong device clock is measured, not believed", async () => {
    const { floor, device } = await withQueue(0);
    floor.server.clock = () => floor.wall + 3_600_000;
    await device.syncNow();
    floor.server.questions.length = 0;

    await device.syncNow();

    expect(pushes(floor)[0]?.clock).toMatchObject({ offset_ms: 3_600_000, rtt_ms: 0 });
  });

  test("and so it is for what a restored server gets again of an earlier epoch", async () => {
    const { floor, device } = await withQueue(3);
    floor.server.clock = () => floor.wall + 3_600_000;
    await device.syncNow();
    let forked = false;
    floor.server.fault = ({ path }) => {
      if (forked || path !== "/sync/push") return undefined;
      forked = true;
      return { status: 409, body: { code: "sync.rotate_epoch", status: 409 }, retryAfter: null };
    };
    await device.record(emptyBin(8));
    await device.syncNow();
    floor.server.restore(1);
    floor.server.questions.length = 0;

    await device.syncNow();

    const older = pushes(floor).filter(({ epoch, ops }) => epoch === 1 && ops.length > 0);
    expect(older.map(({ clock }) => clock)).toEqual([
      expect.objectContaining({ offset_ms: 3_600_000, rtt_ms: 0 }),
    ]);
  });

  test("cut and operation share one clock, so that the server can tell their distance", async () => {
    const { floor, device } = await withQueue(1);
    floor.pass(30_000);

    await device.syncNow();

    const push = pushes(floor).at(-1);
    expect(push).toMatchObject({
      cut_wall_ms: floor.wall,
      cut_mono_ms: floor.mono,
      boot: "boot-1",
    });
  });
});

describe("parking", () => {
  test("signed off, drained and without work: parked in that same push", async () => {
    const { floor, device } = await withQueue(1);
    await device.logout();
    await device.syncNow();

    expect(pushes(floor).at(-1)).toMatchObject({ parked: true });
  });

  test("not while somebody may unlock it again without network", async () => {
    const { floor, device } = await withQueue(1);
    floor.pass(16 * 60_000);
    floor.touch();
    expect(device.locked.value).toBe(true);

    await device.syncNow();
    expect(pushes(floor).at(-1)).toMatchObject({ parked: false });

    floor.pass(12 * 3_600_000);
    await device.syncNow();
    expect(pushes(floor).at(-1)).toMatchObject({ parked: true });
  });

  test("not while another person who logged in here has not signed off", async () => {
    const { floor, device } = await withQueue(0);
    floor.server.people.push(BEN);
    await device.login(BEN.badge, BEN.pin);
    await device.logout();
    await device.syncNow();
    expect(pushes(floor).at(-1)).toMatchObject({ parked: false });
  });

  test("not while somebody is signed in, nor while work is held", async () => {
    const { floor, device } = await withQueue(1);
    await device.syncNow();
    expect(pushes(floor).at(-1)).toMatchObject({ parked: false });

    floor.server.put("device:d", "pick_task", { id: "t-1" });
    await device.syncNow();
    await device.logout();
    await device.syncNow();
    expect(pushes(floor).at(-1)).toMatchObject({ parked: false });
  });
});
