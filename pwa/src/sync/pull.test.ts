import { describe, expect, test } from "vitest";
import type { Handheld } from "../handheld.ts";
import { openStorage } from "../storage.ts";
import { Floor } from "../testing/floor.ts";
import { BIN, emptyBin, place, receive, TEA } from "../testing/gestures.ts";

const LINE = "018f5c1e-7b1a-7c33-8000-000000000111";
const line = (received: number) => ({
  id: LINE,
  po: "po-1",
  item: TEA.id,
  packaging: null,
  ordered: 100,
  received,
  closed: false,
});

/** A device that holds an item, a bin and an open line of 100. */
async function stocked(): Promise<{ floor: Floor; device: Handheld }> {
  const floor = new Floor();
  floor.server.put("org", "item", TEA);
  floor.server.put("site", "location", BIN);
  floor.server.put("role:receiver", "po_line", line(0));
  const device = await floor.atWork();
  await device.syncNow();
  return { floor, device };
}

const received = (device: Handheld): number | null | undefined =>
  device.replica.get("po_line", LINE)?.received;

const pulls = (floor: Floor): string[] =>
  floor.server.questions.map(({ path }) => path).filter((path) => path.startsWith("/sync/pull"));

describe("a pull", () => {
  test("brings the rows, and they are there after a kill", async () => {
    const { floor, device } = await stocked();
    expect(device.replica.get("item", TEA.id)?.name).toBe("Green tea");
    await device.close();
    floor.server.fault = () => null;

    const restarted = await floor.open();

    expect(restarted.replica.get("location", BIN.id)?.code).toBe("A-01");
    expect(restarted.queue.value.pulledAt).toBe(floor.wall);
  });

  test("changes and deletions arrive, and only they", async () => {
    const { floor, device } = await stocked();
    floor.server.put("site", "location", place("b2", "A-02", "bin"));
    floor.server.remove("site", "location", BIN.id);
    const before = device.replica.version.value;

    await device.syncNow();

    expect(device.replica.all("location").map((row) => row.code)).toEqual(["A-02"]);
    expect(device.replica.version.value).toBeGreaterThan(before);
    expect(pulls(floor).at(-1)).toContain("cursor=inc-1%3A3");
  });

  test("many pages become one picture", async () => {
    const { floor, device } = await stocked();
    floor.server.pageSize = 10;
    for (let n = 0; n < 95; n++)
      floor.server.put("site", "location", place(`1${n}`, `B-${n}`, "bin"));

    await device.syncNow();

    expect(device.replica.all("location")).toHaveLength(96);
  });

  test("a row that leaves one channel stays while another still has it", async () => {
    const { floor, device } = await stocked();
    floor.server.put("role:picker", "location", BIN);
    await device.syncNow();

    floor.server.remove("site", "location", BIN.id);
    await device.syncNow();
    expect(device.replica.get("location", BIN.id)).toBeDefined();

    floor.server.remove("role:picker", "location", BIN.id);
    await device.syncNow();
    expect(device.replica.get("location", BIN.id)).toBeUndefined();
  });

  test("what work brought along stays, is in no sum, and goes when it comes by itself", async () => {
    const { floor, device } = await stocked();
    const lamp = { ...TEA, id: "lamp", name: "Lamp" };
    const brought = { channel: "asked", entity: "item", id: lamp.id, seq: 1 };
    floor.server.asked = [{ ...brought, row: lamp }];
    floor.server.leftOut = 10;
    await device.syncNow();
    await device.close();
    const again = await floor.open();
    expect(again.replica.get("item", lamp.id)?.name).toBe("Lamp");
    expect(again.queue.value.leftOut).toBe(9);

    const renamed = { ...lamp, name: "Table lamp" };
    floor.server.put("org", "item", renamed);
    floor.server.asked = [{ ...brought, row: null }];
    floor.server.leftOut = 9;
    await again.syncNow();
    expect(again.replica.get("item", lamp.id)?.name).toBe("Table lamp");
    expect(again.queue.value.leftOut).toBe(9);
    expect(again.queue.value.trouble).toBeNull();
  });

  test("an app that is too old keeps working and says so", async () => {
    const { floor, device } = await stocked();
    floor.server.minApp = "9.0.0";

    await device.syncNow();

    expect(device.queue.value.trouble).toEqual({ code: "sync.update_needed" });
    expect((await device.record(emptyBin())).seq).toBe(1);
  });

  test.each([
    ["no JSON", undefined],
    ["no changes", { cursor: "x", last_applied_seq: 0 }],
    ["half a change", { cursor: "x", last_applied_seq: 0, changes: [{ id: "1" }] }],
  ])("an answer with %s is not believed", async (_, body) => {
    const { floor, device } = await stocked();
    floor.server.fault = ({ path }) =>
      path.startsWith("/sync/pull") ? { status: 200, body, retryAfter: null } : undefined;

    await device.syncNow();

    expect(device.queue.value.trouble).toEqual({ code: "sync.unreadable_answer" });
    expect(device.replica.all("location")).toHaveLength(1);
  });
});

describe("own work on top of the rows", () => {
  test("is seen at once, and once only when the server shows it", async () => {
    const { floor, device } = await stocked();
    floor.server.effect = () => floor.server.put("role:receiver", "po_line", line(7));
    floor.server.fault = () => null;
    await device.record(receive(7, LINE));
    expect(received(device)).toBe(7);

    floor.server.fault = () => undefined;
    const seen: unknown[] = [];
    device.replica.version.subscribe(() => seen.push(received(device)));
    await device.syncNow();

    expect(new Set(seen)).toEqual(new Set([7]));
    expect(device.recent.value[0]?.state).toBe("settled");
  });

  test("lies on top of what others did meanwhile", async () => {
    const { floor, device } = await stocked();
    floor.server.fault = ({ path }) => (path === "/sync/push" ? null : undefined);
    await device.record(receive(7, LINE));
    floor.server.put("role:receiver", "po_line", line(20));
    // Offline for the push only: the pull that follows a refused push is what is tested here.
    floor.server.fault = ({ path }) =>
      path === "/sync/push" ? { status: 500, body: null, retryAfter: null } : undefined;

    await device.syncNow();

    expect(received(device)).toBe(27);
  });

  test("survives a restart", async () => {
    const { floor, device } = await stocked();
    floor.server.fault = () => null;
    await device.record(receive(7, LINE));
    await device.close();

    expect(received(await floor.open())).toBe(7);
  });

  test("undone before it was sent leaves nothing", async () => {
    const { floor, device } = await stocked();
    floor.server.fault = () => null;
    const { id } = await device.record(receive(7, LINE));

    await device.undo(id, null);

    expect(received(device)).toBe(0);
    expect(device.recent.value[0]).toMatchObject({ kind: "operations.void", cause: id });
  });

  test("undone after the server has shown it is taken off again", async () => {
    const { floor, device } = await stocked();
    floor.server.effect = () => floor.server.put("role:receiver", "po_line", line(7));
    const { id } = await device.record(receive(7, LINE));
    await device.syncNow();
    floor.server.fault = () => null;

    await device.undo(id, "mistake");

    expect(received(device)).toBe(0);
  });
});

describe("a reset", () => {
  test("fills a shadow and swaps; pending work is untouched and still on top", async () => {
    const { floor, device } = await stocked();
    floor.server.fault = () => null;
    await device.record(receive(7, LINE));
    floor.server.incarnation = "inc-2";
    floor.server.remove("site", "location", BIN.id);
    floor.server.put("site", "location", place("b3", "C-01", "bin"));
    floor.server.pageSize = 1;
    floor.server.fault = ({ path }) =>
      path === "/sync/push" ? { status: 500, body: null, retryAfter: null } : undefined;
    const seen: number[] = [];
    device.replica.version.subscribe(() => seen.push(device.replica.all("item").length));

    await device.syncNow();

    expect(device.replica.all("location").map((row) => row.code)).toEqual(["C-01"]);
    expect(received(device)).toBe(7);
    expect(device.queue.value.unsent).toBe(1);
    // Nobody ever saw a half-filled picture.
    expect(new Set(seen)).toEqual(new Set([1]));
  });

  test("cut in the middle leaves the old picture, and starts over", async () => {
    const { floor, device } = await stocked();
    floor.server.incarnation = "inc-2";
    floor.server.remove("site", "location", BIN.id);
    floor.server.pageSize = 1;
    let pages = 0;
    floor.server.fault = ({ path }) =>
      path.startsWith("/sync/pull") && ++pages > 1 ? null : undefined;
    await device.syncNow();
    expect(device.replica.all("location")).toHaveLength(1);
    floor.server.fault = () => undefined;
    await device.close();

    const restarted = await floor.open();
    await restarted.syncNow();

    expect(restarted.replica.all("location")).toHaveLength(0);
    expect(restarted.replica.all("item")).toHaveLength(1);
  });

  test("a row that went wrong is found by its sum and repaired", async () => {
    const { floor, device } = await stocked();
    await device.close();
    const storage = await openStorage();
    const { store } = (await storage.get("facts", "pull")) as { store: "rows_a" };
    await storage.delete(store, ["site", "location", BIN.id]);
    const restarted = await floor.open();
    expect(restarted.replica.all("location")).toHaveLength(0);

    await restarted.syncNow();

    expect(restarted.replica.all("location")).toHaveLength(1);
    expect(restarted.queue.value.trouble).toBeNull();
  });

  test("a server whose sums never fit ends the attempt, says so, and the device goes on", async () => {
    const { floor, device } = await stocked();
    floor.server.sums = () => ({ org: { n: 9, xor: "0".repeat(16) } });
    floor.server.questions.length = 0;

    await device.syncNow();

    expect(device.queue.value.trouble).toEqual({ code: "sync.rows_differ" });
    expect(pulls(floor).length).toBeLessThan(6);
    expect(device.replica.all("item")).toHaveLength(1);
  });
});

describe("settling", () => {
  test("an answer that was lost settles by what the pull shows", async () => {
    const { floor, device } = await stocked();
    floor.server.lost = ({ path }) => path === "/sync/push";
    await device.record(emptyBin());
    await device.syncNow();
    expect(device.recent.value[0]?.state).toBe("sent");
    floor.server.lost = () => false;

    await device.syncNow();

    expect(device.recent.value[0]).toMatchObject({ state: "settled", outcome: "applied" });
  });

  test("work named in an older epoch settles too", async () => {
    const { floor, device } = await stocked();
    await device.record(emptyBin(1));
    floor.server.fault = ({ path }) => (path.startsWith("/sync/pull") ? null : undefined);
    await device.syncNow();
    expect(device.recent.value[0]?.state).toBe("acked");
    let rotated = false;
    floor.server.fault = ({ path }) => {
      if (rotated || path !== "/sync/push") return undefined;
      rotated = true;
      return { status: 409, body: { code: "sync.rotate_epoch" }, retryAfter: null };
    };
    await device.record(emptyBin(2));

    await device.syncNow();
    await device.syncNow();

    expect(device.recent.value.map((one) => one.state)).toEqual(["settled", "settled"]);
  });

  test("settled work is forgotten after a week; numbers go on", async () => {
    const { floor, device } = await stocked();
    await device.record(emptyBin(1));
    await device.syncNow();
    floor.pass(8 * 24 * 3600 * 1000);

    await device.syncNow();

    expect(await (await openStorage()).count("journal")).toBe(0);
    expect((await device.record(emptyBin(2)).catch(() => null))?.seq).toBe(2);
  });
});
