import { describe, expect, test } from "vitest";
import type { Handheld } from "../handheld.ts";
import { openStorage } from "../storage.ts";
import type { Floor } from "../testing/floor.ts";
import { emptyBin } from "../testing/gestures.ts";
import { pushes, withQueue } from "../testing/queue.ts";
import type { Reply } from "./network.ts";

const answer = (status: number, code: string, facts: object = {}): Reply => ({
  status,
  body: { code, status, title: code, ...facts },
  retryAfter: null,
});

/** That answer to the first push, honest answers afterwards. */
function onceTo(floor: Floor, path: string, reply: Reply | null): void {
  let done = false;
  floor.server.fault = (question) => {
    if (done || question.path !== path) return undefined;
    done = true;
    return reply;
  };
}

const states = (device: Handheld): string[] => device.recent.value.map((one) => one.state);

describe("200", () => {
  test("everything named is safe, applied in order, and settled by the pull that follows", async () => {
    const { floor, device, ids } = await withQueue(5);

    await device.syncNow();

    expect(floor.server.applied()).toEqual(ids);
    expect(new Set(states(device))).toEqual(new Set(["settled"]));
    expect(device.queue.value).toMatchObject({
      unsent: 0,
      oldest: null,
      link: "online",
      trouble: null,
    });
  });

  test("a prefix is continued until the queue is empty", async () => {
    const { floor, device, ids } = await withQueue(7);
    floor.server.prefix = 3;

    await device.syncNow();

    expect(floor.server.applied()).toEqual(ids);
    expect(pushes(floor).map((push) => push.first_seq)).toEqual([1, 4, 7]);
  });

  test("more than 200 go out in several pushes that say so", async () => {
    const { floor, device } = await withQueue(450);

    await device.syncNow();

    const sent = pushes(floor);
    expect(sent.map((push) => push.ops.length)).toEqual([200, 200, 50]);
    expect(sent.map((push) => push.has_more)).toEqual([true, true, false]);
    expect(sent.map((push) => push.pending)).toEqual([450, 250, 50]);
    expect(sent.map((push) => push.head_seq)).toEqual([450, 450, 450]);
  });

  test("more than 256 KiB go out in several pushes", async () => {
    const { floor, device } = await withQueue(0);
    floor.server.fault = () => null;
    const scans = [{ data: "x".repeat(15_000), symbology: null }];
    const large = { ...emptyBin(), payload: { ...emptyBin().payload, scans } };
    for (let n = 0; n < 40; n++) await device.record(large);
    floor.server.fault = () => undefined;

    await device.syncNow();

    expect(pushes(floor).length).toBe(3);
    for (const push of pushes(floor)) expect(JSON.stringify(push).length).toBeLessThan(256 * 1024);
    expect(floor.server.applied()).toHaveLength(40);
  });

  test("an outcome is shown with its codes", async () => {
    const { floor, device } = await withQueue(1);
    floor.server.outcome = () => "exception";

    await device.syncNow();

    expect(device.recent.value[0]).toMatchObject({ outcome: "exception", state: "settled" });
  });

  test("a body that cannot be read changes nothing and goes out again", async () => {
    const { floor, device, ids } = await withQueue(2);
    onceTo(floor, "/sync/push", { status: 200, body: undefined, retryAfter: null });

    await device.syncNow();
    expect(device.queue.value.unsent).toBe(2);

    await device.syncNow();
    expect(floor.server.applied()).toEqual(ids);
  });

  test("a lost answer is asked for again with the same bytes; nothing is applied twice", async () => {
    const { floor, device, ids } = await withQueue(3);
    floor.server.lost = ({ path }) => path === "/sync/push";
    await device.syncNow();
    expect(device.queue.value).toMatchObject({ unsent: 3, link: "offline" });
    floor.server.lost = () => false;

    await device.syncNow();

    const [first, second] = pushes(floor);
    expect(second?.ops).toEqual(first?.ops);
    expect(floor.server.applied()).toEqual(ids);
    expect(device.queue.value.unsent).toBe(0);
  });
});

describe("409 sync.sequence_gap", () => {
  test("after a restored backup everything it lacks goes out again, settled receipts included", async () => {
    const { floor, device, ids } = await withQueue(5);
    await device.syncNow();
    floor.server.restore(2);

    const late = await device.record(emptyBin(9));
    await device.syncNow();

    expect(floor.server.applied()).toEqual([...ids, late.id]);
    expect(device.queue.value.unsent).toBe(0);
    expect(floor.server.rotations.size).toBe(0);
  });

  test("a heartbeat alone finds out that the server was restored", async () => {
    const { floor, device, ids } = await withQueue(4);
    await device.syncNow();
    floor.server.restore(1);
    const isWork = (body: string | null) => !body?.includes('"ops":[]');
    floor.server.fault = ({ path, body }) =>
      path === "/sync/push" && isWork(body) ? null : undefined;

    await device.syncNow();
    expect(device.queue.value.unsent).toBe(3);

    floor.server.fault = () => undefined;
    await device.syncNow();
    expect(floor.server.applied()).toEqual(ids);
  });

  test("what it lacks of an earlier epoch goes out again in that epoch", async () => {
    const { floor, device, ids } = await withQueue(3);
    await device.syncNow();
    onceTo(floor, "/sync/push", answer(409, "sync.rotate_epoch"));
    const late = await device.record(emptyBin(8));
    await device.syncNow();
    floor.server.restore(1);

    await device.syncNow();

    expect(floor.server.journal(1).ops).toHaveLength(3);
    expect(new Set(floor.server.applied())).toEqual(new Set([...ids, late.id]));
    expect(new Set(states(device))).toEqual(new Set(["settled"]));
  });

  test("no answer to that is no trouble: there is no network", async () => {
    const { floor, device } = await withQueue(3);
    await device.syncNow();
    onceTo(floor, "/sync/push", answer(409, "sync.rotate_epoch"));
    await device.syncNow();
    floor.server.restore(1);
    floor.server.fault = ({ body }) => (body?.includes('"asks":true') ? null : undefined);

    await device.syncNow();
    expect(device.queue.value).toMatchObject({ link: "offline", trouble: null });

    floor.server.fault = ({ body }) =>
      body?.includes('"asks":true') ? answer(503, "server.database_away") : undefined;
    await device.syncNow();
    expect(device.queue.value.trouble?.code).toBe("server.database_away");
  });

  test("what is gone here too is declared lost, the rest goes out in a new epoch", async () => {
    const { floor, device, ids } = await withQueue(5);
    await device.syncNow();
    const storage = await openStorage();
    for (const seq of [1, 2, 3]) await storage.delete("journal", [floor.server.device, 1, seq]);
    floor.server.restore(1);

    await device.syncNow();

    const rotate = floor.server.questions.find(({ path }) => path === "/sync/rotate");
    expect(rotate?.body).toMatchObject({ from_epoch: 1, reason: "gap", lost: [2, 3], head_seq: 5 });
    expect(floor.server.applied()).toEqual([ids[0], ids[3], ids[4]]);
    expect(device.queue.value.unsent).toBe(0);
  });

  test("a server that asks for what it was just sent is not flooded", async () => {
    const { floor, device } = await withQueue(2);
    floor.server.fault = ({ path }) =>
      path === "/sync/push" ? answer(409, "sync.sequence_gap", { expected_seq: 1 }) : undefined;
    floor.server.questions.length = 0;

    await device.syncNow();

    expect(device.queue.value).toMatchObject({ unsent: 2, trouble: { code: "sync.sequence_gap" } });
  });
});

describe("409 sync.rotate_epoch", () => {
  test("the queue moves into a new epoch: same ids, gapless from 1, chained anew", async () => {
    const { floor, device, ids } = await withQueue(3);
    onceTo(floor, "/sync/push", answer(409, "sync.rotate_epoch"));

    await device.syncNow();

    expect(floor.server.applied()).toEqual(ids);
    expect(device.recent.value.map((one) => one.seq)).toEqual([3, 2, 1]);
    expect((await device.record(emptyBin())).seq).toBe(4);
    await device.syncNow();
    expect(floor.server.applied()).toHaveLength(4);
  });

  test("what was already named stays where it is", async () => {
    const { floor, device, ids } = await withQueue(2);
    await device.syncNow();
    const late = await device.record(emptyBin(7));
    await device.syncNow();
    onceTo(floor, "/sync/push", answer(409, "sync.rotate_epoch"));
    const later = await device.record(emptyBin(8));
    await device.syncNow();

    expect(floor.server.journal(1).ops).toHaveLength(3);
    expect(floor.server.journal(2).ops).toHaveLength(1);
    expect(floor.server.applied()).toEqual([...ids, late.id, later.id]);
  });

  test("a lost answer to the rotation is asked for again under the same id", async () => {
    const { floor, device, ids } = await withQueue(2);
    onceTo(floor, "/sync/push", answer(409, "sync.rotate_epoch"));
    floor.server.lost = ({ path }) => path === "/sync/rotate";
    await device.syncNow();
    floor.server.lost = () => false;

    const restarted = await floor.open();
    await restarted.syncNow();

    expect(floor.server.rotations.size).toBe(1);
    expect(floor.server.applied()).toEqual(ids);
  });

  test("work recorded while the rotation is under way goes along", async () => {
    const { floor, device, ids } = await withQueue(2);
    onceTo(floor, "/sync/push", answer(409, "sync.rotate_epoch"));
    floor.server.lost = ({ path }) => path === "/sync/rotate";
    await device.syncNow();
    const late = await device.record(emptyBin(5));
    floor.server.lost = () => false;

    await device.syncNow();

    expect(floor.server.applied()).toEqual([...ids, late.id]);
  });
});

describe("other answers", () => {
  test("401 keeps everything; enrolled anew the queue goes out in the next epoch", async () => {
    const { floor, device, ids } = await withQueue(3);
    floor.server.credential = "secret-2";

    await device.syncNow();
    expect(device.queue.value).toMatchObject({ unsent: 3, trouble: { code: "device.unknown" } });
    const late = await device.record(emptyBin(4));
    await device.enrol("CODE-2", "Scanner 1");

    expect(floor.server.applied()).toEqual([...ids, late.id]);
    expect(device.queue.value).toMatchObject({ unsent: 0, trouble: null });
  });

  test("413 halves until it fits", async () => {
    const { floor, device, ids } = await withQueue(10);
    floor.server.fault = ({ path, body }) =>
      path === "/sync/push" && (JSON.parse(body ?? "") as { ops: unknown[] }).ops.length > 3
        ? answer(413, "http.too_large")
        : undefined;

    await device.syncNow();

    expect(floor.server.applied()).toEqual(ids);
  });

  test.each([
    [426, "sync.update_needed"],
    [429, "http.too_many"],
    [500, "http.500"],
    [503, "database.away"],
  ])("%i keeps the queue and the same bytes, and says why", async (status, code) => {
    const { floor, device, ids } = await withQueue(2);
    onceTo(floor, "/sync/push", answer(status, code));

    await device.syncNow();
    expect(device.queue.value).toMatchObject({ unsent: 2, trouble: { code } });

    await device.syncNow();
    expect(floor.server.applied()).toEqual(ids);
  });

  test("no answer is offline, not trouble", async () => {
    const { floor, device } = await withQueue(2);
    floor.server.fault = () => null;

    await device.syncNow();

    expect(device.queue.value).toMatchObject({ unsent: 2, link: "offline", trouble: null });
  });

  test("download does not wait for upload", async () => {
    const { floor, device } = await withQueue(2);
    floor.server.fault = ({ path }) => (path === "/sync/push" ? answer(500, "x") : undefined);
    floor.server.put("org", "supplier", { id: "s-1" });

    await device.syncNow();

    expect(device.replica.all("supplier")).toHaveLength(1);
  });
});

describe("a server that has forgotten the device", () => {
  test("is filled up from every epoch that is still held, and nothing is overwritten", async () => {
    const { floor, device, ids } = await withQueue(3);
    await device.syncNow();
    for (const n of [4, 5]) {
      onceTo(floor, "/sync/push", answer(409, "sync.rotate_epoch"));
      ids.push((await device.record(emptyBin(n))).id);
      await device.syncNow();
    }
    const late = await device.record(emptyBin(6));
    // A backup from before this device had joined.
    floor.server.incarnation = "inc-0";
    floor.server.journals.clear();
    floor.server.rotations.clear();
    floor.server.epoch = 1;
    floor.server.credential = "secret-2";
    await device.syncNow();
    expect(device.queue.value.trouble).toEqual({ code: "device.unknown" });

    await device.enrol("CODE-2", "Scanner 1");
    for (let n = 0; n < 3; n++) await device.syncNow();

    expect(new Set(floor.server.applied())).toEqual(new Set([...ids, late.id]));
    const kept = await (await openStorage()).getAll("journal");
    expect(new Set(kept.map((entry) => entry.id))).toEqual(new Set([...ids, late.id]));
    expect(device.queue.value).toMatchObject({ unsent: 0, trouble: null });
  });
});

describe("409 device.cloned", () => {
  test("keeps the queue and says so; enrolled anew it goes out in the next epoch", async () => {
    const { floor, device, ids } = await withQueue(3);
    floor.server.fault = ({ path }) => {
      if (path === "/sync/push") return answer(409, "sync.rotate_epoch");
      return path === "/sync/rotate" ? answer(409, "device.cloned") : undefined;
    };

    await device.syncNow();
    expect(device.queue.value).toMatchObject({ unsent: 3, trouble: { code: "device.cloned" } });
    const late = await device.record(emptyBin(4));
    floor.server.fault = () => undefined;
    await device.enrol("CODE-2", "Scanner 1");

    expect(floor.server.applied()).toEqual([...ids, late.id]);
    expect(device.queue.value).toMatchObject({ unsent: 0, trouble: null });
  });
});
