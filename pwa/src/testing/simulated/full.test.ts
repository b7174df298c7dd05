/** A disk that is full in the middle of a session. */
import { expect, test } from "vitest";
import { emptyBin } from "../gestures.ts";
import { Server } from "../server.ts";
import { install } from "./indexeddb.ts";
import { Scanner } from "./scanner.ts";

install();

const ANNA = "018f5c1e-7b1a-7c33-8000-00000000aa01";

test("what was acknowledged before the disk was full is not shown as unsent", async () => {
  const server = new Server();
  const scanner = new Scanner("full", "Scanner 1", "full");
  scanner.pass({ wall: server.clock(), mono: 5_000, boot: "boot-1" }, 0);
  await scanner.start();
  server.put("org", "person", {
    id: ANNA,
    badge: "1001",
    name: "Anna",
    roles: ["picker"],
  } as never);
  await scanner.begin("CODE");
  await answered(scanner, server, Number.POSITIVE_INFINITY);
  await scanner.takenUp({ id: ANNA, badge: "1001", login: null });
  for (const n of [1, 2, 3]) await scanner.record(emptyBin(n));
  server.prefix = 1;
  scanner.pass({ wall: server.clock() + 5_000, mono: 10_000, boot: "boot-1" }, 0);

  await scanner.begin(null);
  await answered(scanner, server, 2);
  scanner.disk.full = true;
  await answered(scanner, server, 1);

  const unsent = scanner.entries().filter(({ state }) => state !== "acked");
  expect(scanner.page.queue.value).toMatchObject({
    unsent: unsent.length,
    trouble: { code: "storage.QuotaExceededError" },
  });
  expect(unsent).toHaveLength(1);
});

async function answered(scanner: Scanner, server: Server, most: number): Promise<void> {
  for (let n = 0; n < most && scanner.line.question; n++) {
    const reply = await server.wire(scanner.line.question);
    await scanner.hear(reply?.status ?? null, reply?.body);
  }
}
