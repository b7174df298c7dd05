/** A clone whose twin goes by their name now: its own story still arrives, under that name. */
import { describe, expect, test } from "vitest";
import { read } from "../domain/envelope.ts";
import { openStorage } from "../storage.ts";
import { ANNA } from "../testing/floor.ts";
import { emptyBin } from "../testing/gestures.ts";
import { withQueue } from "../testing/queue.ts";

const OTHER = "018f5c1e-7b1a-7c33-8000-0000000000d2";

const TOO_LARGE = { status: 413, body: { code: "http.too_large" }, retryAfter: null };

/** Two gestures are known, two wait; then its name is given to a twin. */
async function left() {
  const { floor, device, ids } = await withQueue(2);
  await device.syncNow();
  const more: string[] = [];
  floor.server.fault = () => null;
  for (const n of [7, 8]) more.push((await device.record(emptyBin(n))).id);
  floor.server.fault = () => undefined;
  return { floor, device, ids, more, before: floor.server.device };
}

const asked = (floor: Awaited<ReturnType<typeof left>>["floor"], path: string) =>
  floor.server.questions.filter((one) => one.path === path).map(({ body }) => body as object);

describe("a handheld that is enrolled under another name", () => {
  test("hands in what it still holds in its old one, and tells what it is called", async () => {
    const { floor, device, ids, more, before } = await left();
    floor.server.giveAnotherName(OTHER);

    await device.enrol("CODE-2", "Scanner 2");
    await device.syncNow();

    expect(asked(floor, "/sync/rescue")[0]).toMatchObject({ device: before, first_seq: 3 });
    expect(floor.server.applied()).toEqual([...ids, ...more]);
    expect(device.enrolment.value?.device).toBe(OTHER);
    expect(device.queue.value).toMatchObject({ unsent: 0, trouble: null });
  });

  test("hands it in again when the server comes back from a backup", async () => {
    const { floor, device, ids, more } = await left();
    floor.server.giveAnotherName(OTHER);
    await device.enrol("CODE-2", "Scanner 2");
    await device.syncNow();

    floor.server.restore(1);
    expect(floor.server.applied()).toEqual(ids.slice(0, 1));
    await device.syncNow();

    expect(floor.server.applied()).toEqual([...ids, ...more]);
    expect(device.queue.value).toMatchObject({ unsent: 0, trouble: null });
  });

  test("sends less at once where a network takes no more, also of what a server lost", async () => {
    const { floor, device, ids, more } = await left();
    floor.server.fault = ({ body }) => {
      const { ops } = JSON.parse(body ?? "{}") as { ops?: unknown[] };
      return ops && ops.length > 1 ? TOO_LARGE : undefined;
    };
    await device.enrol("CODE-2", "Scanner 2");
    await device.syncNow();
    floor.server.restore(0);
    for (let n = 0; n < 3; n++) await device.syncNow();

    expect(floor.server.applied()).toHaveLength(4);
    expect(new Set(floor.server.applied())).toEqual(new Set([...ids, ...more]));
    expect(device.queue.value).toMatchObject({ unsent: 0, trouble: null });

    floor.server.giveAnotherName(OTHER);
    await device.enrol("CODE-3", "Scanner 2");
    floor.server.restore(1);
    for (let n = 0; n < 3; n++) await device.syncNow();

    expect(floor.server.applied()).toHaveLength(4);
    expect(new Set(floor.server.applied())).toEqual(new Set([...ids, ...more]));
    expect(device.queue.value).toMatchObject({ unsent: 0, trouble: null });
  });

  test("whose twin told another story gets a journal for its own", async () => {
    const { floor, device, ids, more, before } = await left();
    const twin = { ...read(floor.server.journal(1).ops[1]?.text ?? ""), seq: 3, id: "twin's" };
    floor.server.journal(1).ops.push({ text: JSON.stringify(twin), commit: ++floor.server.commit });
    floor.server.giveAnotherName(OTHER);

    await device.enrol("CODE-2", "Scanner 2");
    await device.syncNow();

    expect(asked(floor, "/sync/rotate")).toMatchObject([{ device: before, from_epoch: 1 }]);
    expect(floor.server.applied()).toEqual([...ids, "twin's", ...more]);
    const held = await (await openStorage()).getAll("journal");
    expect(held.map(({ device: name, epoch, seq, state }) => [name, epoch, seq, state])).toEqual([
      [before, 1, 1, "settled"],
      [before, 1, 2, "settled"],
      [before, 2, 1, "settled"],
      [before, 2, 2, "settled"],
    ]);
  });

  test("asks the same again when the answer to it got lost", async () => {
    const { floor, device, ids, more } = await left();
    const twin = { ...read(floor.server.journal(1).ops[1]?.text ?? ""), seq: 3, id: "twin's" };
    floor.server.journal(1).ops.push({ text: JSON.stringify(twin), commit: ++floor.server.commit });
    floor.server.giveAnotherName(OTHER);
    const losing = new Set(["/sync/rotate", "/sync/rescue"]);
    floor.server.lost = ({ path }) => losing.delete(path);

    await device.enrol("CODE-2", "Scanner 2");
    for (let n = 0; n < 4; n++) await device.syncNow();

    expect(floor.server.rotations.size).toBe(1);
    expect(floor.server.applied()).toEqual([...ids, "twin's", ...more]);
    expect(device.queue.value).toMatchObject({ unsent: 0, trouble: null });
  });

  test("asks who works here: a grant for the old name proves nothing under the new one", async () => {
    const { floor, device } = await left();
    floor.server.giveAnotherName(OTHER);

    await device.enrol("CODE-2", "Scanner 2");
    expect(device.person.value).toBeNull();
    await device.login(ANNA.badge, ANNA.pin);
    await device.record(emptyBin(9));
    await device.syncNow();

    const paths = floor.server.questions.map(({ path }) => path);
    const since = paths.slice(paths.indexOf("/devices"));
    expect(since.find((path) => path.startsWith("/sync/pull"))).not.toContain("cursor");
    expect(floor.server.journal(1).ops).toHaveLength(1);
  });

  test("goes on with new work in its own journal meanwhile", async () => {
    const { floor, device, ids, more } = await left();
    floor.server.giveAnotherName(OTHER);
    floor.server.fault = ({ path }) => (path === "/sync/rescue" ? null : undefined);
    await device.enrol("CODE-2", "Scanner 2");
    await device.login(ANNA.badge, ANNA.pin);
    const fresh = await device.record(emptyBin(9));
    await device.syncNow();
    expect(floor.server.applied()).toEqual([...ids, fresh.id]);
    expect(device.queue.value).toMatchObject({ unsent: 2, trouble: { code: "queue.foreign" } });

    floor.server.fault = () => undefined;
    await device.syncNow();

    expect(floor.server.applied()).toEqual([...ids, fresh.id, ...more]);
  });
});
