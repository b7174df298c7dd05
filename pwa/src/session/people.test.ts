import { describe, expect, test } from "vitest";
import { Offline, Refused } from "../device.ts";
import type { Handheld } from "../handheld.ts";
import { openStorage } from "../storage.ts";
import { ANNA, Floor } from "../testing/floor.ts";
import { emptyBin, PERSON } from "../testing/gestures.ts";

const HOUR = 3600 * 1000;

async function signedOff(): Promise<{ floor: Floor; device: Handheld }> {
  const floor = new Floor();
  floor.server.put("org", "person", PERSON);
  const device = await floor.atWork();
  await device.syncNow();
  return { floor, device };
}

const actorOf = async (id: string): Promise<unknown> => {
  const entry = await (await openStorage()).getFromIndex("journal", "id", id);
  const { actor, grant } = JSON.parse(entry?.text ?? "{}");
  return { actor, grant };
};

describe("enrolment", () => {
  test("makes the browser a device of a site, also after a restart", async () => {
    const floor = new Floor();
    const device = await floor.open();
    expect(device.enrolment.value).toBeNull();

    await device.enrol("CODE", "Scanner 1");

    const site = floor.server.site;
    expect(device.enrolment.value).toEqual({
      device: floor.server.device,
      site,
      label: "Scanner 1",
    });
    expect((await floor.open()).enrolment.value?.site).toEqual(site);
    expect(device.queue.value.persisted).toBe(true);
  });

  test("without network or with a bad code it stays what it was", async () => {
    const floor = new Floor();
    const device = await floor.open();
    floor.server.fault = () => null;
    await expect(device.enrol("CODE", "S")).rejects.toBeInstanceOf(Offline);
    floor.server.fault = () => ({
      status: 403,
      body: { code: "device.enrolment_code", title: "", status: 403 },
      retryAfter: null,
    });
    await expect(device.enrol("CODE", "S")).rejects.toMatchObject({
      problem: { code: "device.enrolment_code" },
    });
    expect(device.enrolment.value).toBeNull();
  });
});

describe("badge and PIN", () => {
  test("online: the grant goes into every envelope", async () => {
    const { device } = await signedOff();
    const { id } = await device.record(emptyBin());
    expect(await actorOf(id)).toEqual({ actor: ANNA.id, grant: `grant-${ANNA.id}` });
  });

  test("offline the same PIN opens again, another does not, and after five tries it waits", async () => {
    const { floor, device } = await signedOff();
    floor.server.fault = () => null;

    await device.login(ANNA.badge, ANNA.pin);
    expect(device.person.value?.grant).toBe(`grant-${ANNA.id}`);
    for (let n = 0; n < 5; n++) {
      await expect(device.login(ANNA.badge, "000000")).rejects.toMatchObject({
        problem: { code: "session.wrong_pin" },
      });
    }
    await expect(device.login(ANNA.badge, ANNA.pin)).rejects.toMatchObject({
      problem: { code: "session.blocked" },
    });
    floor.pass(60_000);
    await device.login(ANNA.badge, ANNA.pin);
  });

  test("offline nobody unlocks who never logged in here", async () => {
    const { floor, device } = await signedOff();
    floor.server.fault = () => null;
    await expect(device.login("2002", "123456")).rejects.toBeInstanceOf(Offline);
  });

  test("the grant ends: offline unlocking and a restart open nothing", async () => {
    const { floor, device } = await signedOff();
    floor.server.fault = () => null;
    floor.pass(13 * HOUR);

    await expect(device.login(ANNA.badge, ANNA.pin)).rejects.toMatchObject({
      problem: { code: "session.grant_ended" },
    });
    expect((await floor.open()).person.value).toBeNull();
  });

  test("logout deletes what would unlock, and strands nothing", async () => {
    const { floor, device } = await signedOff();
    floor.server.fault = () => null;
    await device.record(emptyBin());

    await device.logout();

    await expect(device.login(ANNA.badge, ANNA.pin)).rejects.toBeInstanceOf(Offline);
    expect(device.queue.value.unsent).toBe(1);
    floor.server.fault = () => undefined;
    await device.syncNow();
    expect(floor.server.applied()).toHaveLength(1);
  });

  test("the PIN is not on the disk", async () => {
    const { floor } = await signedOff();
    const [record] = await (await openStorage()).getAll("grants");
    expect(record?.key.extractable).toBe(false);
    expect(JSON.stringify(record)).not.toContain(ANNA.pin);
    expect(floor.server.people).toContain(ANNA);
  });

  test("a wrong PIN online is refused by the server's word", async () => {
    const { device } = await signedOff();
    await expect(device.login(ANNA.badge, "999999")).rejects.toBeInstanceOf(Refused);
  });
});

describe("a cold start without network", () => {
  test("a badge opens floor work, unproven", async () => {
    const { floor, device } = await signedOff();
    await device.logout();
    floor.server.fault = () => null;

    await device.actAs(ANNA.id);

    const { id } = await device.record(emptyBin());
    expect(await actorOf(id)).toEqual({ actor: ANNA.id, grant: null });
  });

  test("not for somebody this site does not know", async () => {
    const { device } = await signedOff();
    await expect(device.actAs("stranger")).rejects.toBeInstanceOf(Refused);
  });
});

describe("somebody else's hands", () => {
  const BEN = { ...PERSON, id: "person-ben", badge: "2002", name: "Ben" };

  /** A server that still knows whose cookie it is, and writes down what it is asked. */
  const hearing =
    (asked: string[]): Floor["server"]["fault"] =>
    ({ method, path }) => {
      asked.push(`${method} ${path}`);
      const known = { status: 200, body: { csrf: "token" }, retryAfter: null };
      return path === "/session" ? known : undefined;
    };

  async function takenOver(): Promise<{ floor: Floor; device: Handheld; asked: string[] }> {
    const { floor, device } = await signedOff();
    floor.server.put("org", "person", BEN);
    await device.syncNow();
    floor.server.fault = () => null;
    await device.actAs(BEN.id);
    const asked: string[] = [];
    floor.server.fault = hearing(asked);
    return { floor, device, asked };
  }

  test("half-done work stays with whom it belongs to", async () => {
    const { floor, device } = await signedOff();
    floor.server.put("org", "person", BEN);
    await device.syncNow();
    await device.drafts.save("count", { counted: 12 });

    await device.actAs(BEN.id);
    expect(device.drafts.load("count")).toBeUndefined();
    await device.drafts.save("count", { counted: 3 });
    await device.login(ANNA.badge, ANNA.pin);

    expect(device.drafts.load("count")).toEqual({ counted: 12 });
  });

  test("nobody calls with another's cookie: it is given back first", async () => {
    const { device, asked } = await takenOver();
    await device.api.get("/stock");
    expect(asked.slice(0, 3)).toEqual(["GET /session", "DELETE /session", "GET /stock"]);
    await device.api.get("/stock");
    expect(asked).toHaveLength(4);
  });

  test("where it cannot be given back, nothing is asked, after a restart neither", async () => {
    const { floor, device } = await takenOver();
    const asked: string[] = [];
    floor.server.fault = ({ method, path }) => {
      asked.push(`${method} ${path}`);
      return path === "/session" ? null : undefined;
    };
    expect(await device.api.get("/stock")).toMatchObject({ ok: false, offline: true });
    expect(await (await floor.open()).api.get("/stock")).toMatchObject({ offline: true });
    expect(asked).not.toContain("GET /stock");
  });

  test("who signs off without network leaves no open door", async () => {
    const { floor, device } = await signedOff();
    floor.server.fault = () => null;
    await device.logout();
    const asked: string[] = [];
    floor.server.fault = hearing(asked);
    await device.api.get("/office/now");
    expect(asked.slice(0, 2)).toEqual(["GET /session", "DELETE /session"]);
  });

  test("a server that is down behind a proxy lets the PIN unlock", async () => {
    const { floor, device } = await signedOff();
    floor.server.fault = () => ({ status: 502, body: null, retryAfter: null });
    await device.login(ANNA.badge, ANNA.pin);
    expect(device.person.value?.grant).toBe(`grant-${ANNA.id}`);
  });
});

describe("half-done work", () => {
  test("is there after a kill and gone when it is done", async () => {
    const { floor, device } = await signedOff();
    await device.drafts.save("receive", { waitingFor: "quantity", scanned: [1, 2] });
    const restarted = await floor.open();
    expect(restarted.drafts.load("receive")).toEqual({ waitingFor: "quantity", scanned: [1, 2] });

    await restarted.drafts.save("receive", null);
    expect((await floor.open()).drafts.load("receive")).toBeUndefined();
  });
});

describe("a session that ended on the server", () => {
  test("asks for the badge again and keeps the queue", async () => {
    const { floor, device } = await signedOff();
    await device.record(emptyBin(1));
    const body = { code: "session.required", title: "", status: 401 };
    floor.server.fault = ({ path }) =>
      path.startsWith("/putaway") || path === "/session"
        ? { status: 401, body, retryAfter: null }
        : undefined;

    await device.api.get("/session");
    expect(device.person.value?.name).toBe(ANNA.name);
    await device.api.post("/putaway/check", {});

    expect(device.person.value).toBeNull();
    expect((await floor.open()).person.value).toBeNull();
    await device.syncNow();
    expect(device.queue.value).toMatchObject({ unsent: 0, trouble: null });
  });
});

describe("the exported queue", () => {
  test("holds every envelope, byte for byte, by journal, and how many are settled", async () => {
    const { floor, device } = await signedOff();
    await device.record(emptyBin(1));
    await device.syncNow();
    floor.server.fault = () => null;
    await device.record(emptyBin(2));
    await device.record(emptyBin(3));

    const queue = JSON.parse(await (await device.exportQueue()).text());

    const kept = await (await openStorage()).getAll("journal");
    const ops = kept.map((entry) => entry.text);
    const { device: name } = floor.server;
    expect(queue.journals).toEqual([{ device: name, epoch: 1, first_seq: 1, ops, settled: 1 }]);
  });
});

test("of what only a pull has shown the file does not say that it is settled", async () => {
  const { floor, device } = await signedOff();
  await device.record(emptyBin(1));
  floor.server.lost = ({ path }) => path === "/sync/push";
  await device.syncNow();
  floor.server.lost = () => false;
  const busy = { status: 503, body: {}, retryAfter: null };
  floor.server.fault = ({ path }) => (path === "/sync/push" ? busy : undefined);
  await device.syncNow();
  expect(device.recent.value.map(({ state }) => state)).toContain("settled");

  const [run] = JSON.parse(await (await device.exportQueue()).text()).journals;

  // Its number may be a twin's: who takes the file in must show it, too.
  expect(run).toMatchObject({ first_seq: 1, settled: 0 });
});

describe("a disk that fills up", () => {
  test("is said before it is full, and gestures go on", async () => {
    const floor = new Floor();
    let used = 0.2;
    const disk = { persist: async () => false, used: async () => used };
    floor.server.people.push(ANNA);
    const device = await floor.open({ disk });
    await device.enrol("CODE", "Scanner 1");
    await device.login(ANNA.badge, ANNA.pin);
    expect(device.queue.value).toMatchObject({ persisted: false, trouble: null });

    used = 0.93;
    await device.record(emptyBin(1));
    await device.syncNow();

    expect(device.queue.value).toMatchObject({
      unsent: 0,
      trouble: { code: "storage.nearly_full" },
    });
    const told = floor.server.questions.findLast(({ path }) => path === "/sync/push");
    expect(told?.body).toMatchObject({ storage: { persisted: false, used: 0.93 } });
  });
});

describe("what waits too long", () => {
  test("is said after four hours", async () => {
    const { floor, device } = await signedOff();
    floor.server.fault = () => null;
    await device.record(emptyBin(1));
    floor.pass(5 * HOUR);
    await device.syncNow();
    expect(device.queue.value.trouble).toEqual({ code: "queue.waiting" });
  });
});

describe("online calls", () => {
  test("offline, refused and answered are told apart", async () => {
    const { floor, device } = await signedOff();
    expect(await device.api.get("/nowhere")).toMatchObject({ ok: false, problem: { status: 404 } });
    floor.server.fault = () => null;
    expect(await device.api.get("/nowhere")).toEqual({ ok: false, offline: true, problem: null });
    floor.server.fault = () => ({ status: 200, body: { verdict: "allowed" }, retryAfter: null });
    const answer = await device.api.post("/putaway/check", {});
    expect(answer).toEqual({ ok: true, status: 200, body: { verdict: "allowed" } });
  });
});
