import "fake-indexeddb/auto";
import { describe, expect, test } from "vitest";
import { openStorage, type Storage } from "../storage.ts";
import type { Question, Reply } from "../sync/network.ts";
import { refill, spelled, take } from "./numbers.ts";

const WHO = { device: "D1", credential: "secret" };
const SIZE = 200;
let stores = 0;

const storage = (): Promise<Storage> => openStorage(`numbers-${stores++}`);

/** The rule of the server: who says what he knows last gets what comes after it. */
class Desk {
  readonly blocks: { id: string; kind: string; prefix: string; first: number; size: number }[] = [];
  readonly asked: unknown[] = [];
  prefix = "39501234";
  lost = false;

  readonly wire = (question: Question): Promise<Reply | null> => {
    const { kind, after } = JSON.parse(question.body ?? "") as { kind: string; after: string };
    this.asked.push({ kind, after });
    const own = this.blocks.filter((block) => block.kind === kind);
    const at = own.findIndex(({ id }) => id === after);
    const block = own[at < 0 ? own.length : at + 1] ?? this.#next(kind, own.length);
    const answer = { status: 200, body: { block }, retryAfter: null };
    return Promise.resolve(this.lost ? null : answer);
  };

  #next(kind: string, n: number) {
    const prefix = kind === "lpn" ? "U" : this.prefix;
    const block = { id: `${kind}-${n}`, kind, prefix, first: n * SIZE + 1, size: SIZE };
    this.blocks.push(block);
    return block;
  }
}

describe("numbers for new units", () => {
  test("are spelled as the server spells them", () => {
    expect(spelled({ kind: "lpn", prefix: "U" }, 42)).toBe("U0000042");
    expect(spelled({ kind: "sscc", prefix: "39501234" }, 1)).toBe("395012340000000016");
  });

  test("are there without a network, each once, until there are none", async () => {
    const disk = await storage();
    expect(await take(disk, WHO.device)).toBeNull();
    await refill(disk, new Desk().wire, WHO, new Set());

    const given = [];
    for (let n = 0; n < 2 * SIZE; n++) given.push(await take(disk, WHO.device));

    expect(new Set(given).size).toBe(2 * SIZE);
    expect(given[0]).toBe("395012340000000016");
    expect(given).not.toContain(null);
    expect(await take(disk, WHO.device)).toBeNull();
  });

  test("taken at the same time in two tabs are different", async () => {
    const disk = await storage();
    await refill(disk, new Desk().wire, WHO, new Set());

    const given = await Promise.all(Array.from({ length: 20 }, () => take(disk, WHO.device)));

    expect(new Set(given).size).toBe(20);
  });

  test("are fetched again only when they run low, and go on where they were", async () => {
    const [disk, desk] = [await storage(), new Desk()];
    await refill(disk, desk.wire, WHO, new Set());
    await refill(disk, desk.wire, WHO, new Set());
    expect(desk.asked).toHaveLength(2);

    for (let n = 0; n < SIZE; n++) await take(disk, WHO.device);
    await refill(disk, desk.wire, WHO, new Set());

    expect(desk.asked.at(-1)).toEqual({ kind: "sscc", after: "sscc-0" });
    expect(await take(disk, WHO.device)).toBe(spelled({ kind: "sscc", prefix: "39501234" }, 201));
  });

  test("whose answer got lost are asked for again, and are the same", async () => {
    const [disk, desk] = [await storage(), new Desk()];
    await refill(disk, desk.wire, WHO, new Set());
    for (let n = 0; n < SIZE; n++) await take(disk, WHO.device);
    desk.lost = true;
    await refill(disk, desk.wire, WHO, new Set());
    desk.lost = false;
    await refill(disk, desk.wire, WHO, new Set());

    expect(desk.blocks.filter(({ kind }) => kind === "sscc")).toHaveLength(2);
  });

  test("of another enrolment of this browser are not used", async () => {
    const disk = await storage();
    await refill(disk, new Desk().wire, WHO, new Set());

    expect(await take(disk, "D2")).toBeNull();
  });
});
