/** The machine stops at every commit of an enrolment: what was lost is said, and no journal is left behind. */
import { describe, expect, test } from "vitest";
import { emptyBin } from "../gestures.ts";
import { Server } from "../server.ts";
import { type Crash, Disk } from "./disk.ts";
import { install } from "./indexeddb.ts";
import { Scanner } from "./scanner.ts";

install();

const HAND = {
  id: "018f5c1e-7b1a-7c33-8000-00000000aa01",
  badge: "1001",
  login: {
    device: "018f5c1e-7b1a-7c33-8000-0000000000d1",
    person: { id: "018f5c1e-7b1a-7c33-8000-00000000aa01", name: "Anna", roles: ["picker"] },
    grant: { id: "grant-1", expires_at: "2099-01-01T00:00:00Z" },
  },
};
const POINTS = [1, 2, 3, 4, 5, 6].flatMap((commit) =>
  (["before", "after"] as const).map((when): Crash => ({ commit, when })),
);
let devices = 0;

/** A handheld with three gestures, of which the server knows as many as it says. */
async function atWork(told: boolean) {
  const server = new Server();
  const scanner = new Scanner(`D${devices++}`, "Scanner 1", "enrolment");
  scanner.pass({ wall: server.clock(), mono: 5_000, boot: "boot-1" }, 0);
  await scanner.start();
  await talk(scanner, server, "CODE");
  await scanner.takenUp(HAND);
  for (const n of [1, 2, 3]) await scanner.record({ ...emptyBin(n), id: id(n) });
  if (told) await talk(scanner, server, null);
  return { server, scanner };
}

const id = (n: number): string => `018f5c1e-7b1a-7c33-8000-00000000000${n}`;

/** One session, with whatever the server answers; the machine may stop in it. */
async function talk(scanner: Scanner, server: Server, code: string | null): Promise<void> {
  await scanner.begin(code);
  while (scanner.line.question && !scanner.disk.crashed) {
    const reply = await server.wire(scanner.line.question);
    await scanner.hear(reply?.status ?? null, reply?.body);
  }
}

/** Enrols with a machine that stops, and goes on until there is nothing more to say. */
async function enrolled(scanner: Scanner, server: Server, crash: Crash): Promise<void> {
  scanner.disk.arm(crash);
  await talk(scanner, server, "CODE-2");
  scanner.disk.arm(null);
  scanner.disk.crashed = null;
  await scanner.start();
  const known = (scanner.fact("enrolment") as { credential: string } | undefined)?.credential;
  await talk(scanner, server, known === server.credential ? null : "CODE-3");
  await talk(scanner, server, null);
}

describe.each(POINTS)("a machine that stops $when commit $commit of an enrolment", (crash) => {
  test("says what it has lost", async () => {
    const { server, scanner } = await atWork(true);
    scanner.put(new Disk(), true);
    await scanner.start();

    await enrolled(scanner, server, crash);

    const said = server.questions.filter(({ path }) => path === "/sync/rotate");
    expect(said.at(-1)?.body).toMatchObject({ reason: "wiped", lost: [4, null] });
  });

  test("goes on in the journal that the server waits for, with all that it had", async () => {
    const { server, scanner } = await atWork(false);
    server.credential = "secret-2";
    server.journal(1);

    await enrolled(scanner, server, crash);

    expect(scanner.fact("head")).toMatchObject({ epoch: server.epoch });
    expect(server.applied()).toEqual([id(1), id(2), id(3)]);
  });
});

test("a loss that is not declared yet is declared after another enrolment", async () => {
  const { server, scanner } = await atWork(true);
  scanner.put(new Disk(), true);
  await scanner.start();
  server.fault = ({ path }) => (path === "/sync/rotate" ? null : undefined);
  await talk(scanner, server, "CODE-2");
  server.fault = () => undefined;
  server.credential = "secret-2";

  await talk(scanner, server, "CODE-3");

  const said = server.questions.filter(({ path }) => path === "/sync/rotate");
  expect(said.at(-1)?.body).toMatchObject({ reason: "wiped", lost: [4, null] });
});
