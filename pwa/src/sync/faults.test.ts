import { describe, expect, test } from "vitest";
import type { Handheld } from "../handheld.ts";
import { Floor } from "../testing/floor.ts";
import { BIN, emptyBin, PERSON, place } from "../testing/gestures.ts";
import type { Question, Reply } from "./network.ts";

/** Seeded and small: a failing seed can be replayed. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

const refusal = (status: number, code: string): Reply => ({
  status,
  body: { code },
  retryAfter: null,
});

/** What can go wrong with one question. */
function trouble(roll: () => number, { path }: Question): Reply | null | undefined {
  const kind = roll();
  if (kind < 0.15) return null;
  if (kind < 0.2) return refusal(503, "server.database_away");
  if (kind < 0.25) return { status: 200, body: undefined, retryAfter: null };
  if (kind < 0.3 && path === "/sync/push") return refusal(409, "sync.rotate_epoch");
  if (kind < 0.33 && path === "/sync/push") return refusal(413, "request.too_large");
  return undefined;
}

interface Day {
  readonly device: Handheld;
  readonly ids: readonly string[];
  /** A server from a backup gets older epochs again after younger ones. */
  readonly restored: boolean;
}

/** A day on a bad network; returns the ids whose tone sounded, in order. */
async function badDay(floor: Floor, roll: () => number): Promise<Day> {
  const { server } = floor;
  let device = await floor.open();
  await device.enrol("CODE", "Scanner 1");
  await device.syncNow();
  await device.actAs(PERSON.id);
  const ids: string[] = [];
  let restored = false;
  server.fault = (question) => trouble(roll, question);
  server.lost = () => roll() < 0.15;
  for (let step = 0; step < 60; step++) {
    const what = roll();
    floor.pass(Math.floor(roll() * 90_000));
    server.prefix = roll() < 0.2 ? 1 + Math.floor(roll() * 3) : Number.POSITIVE_INFINITY;
    server.pageSize = 1 + Math.floor(roll() * 20);
    if (what < 0.55) ids.push((await device.record(emptyBin(step))).id);
    else if (what < 0.8) await device.syncNow();
    else if (what < 0.88) {
      await device.close();
      device = await floor.open();
    } else if (what < 0.96) server.put("site", "location", place(`${step}`, `L-${step}`, "bin"));
    else {
      restored = true;
      server.restore(Math.floor(roll() * server.applied().length));
    }
  }
  return { device, ids, restored };
}

/** Ids are in time order. */
const byText = (a: string, b: string): number => (a < b ? -1 : 1);

describe("a bad day", () => {
  test.each(Array.from({ length: 25 }, (_, seed) => seed + 1))(
    "seed %i: everything that was saved arrives once and in order, and both hold the same rows",
    async (seed) => {
      const floor = new Floor();
      floor.server.put("org", "person", PERSON);
      floor.server.put("site", "location", BIN);
      const { device, ids, restored } = await badDay(floor, dice(seed));

      floor.server.fault = () => undefined;
      floor.server.lost = () => false;
      for (let n = 0; n < 4; n++) await device.syncNow();

      const applied = floor.server.applied();
      expect(restored ? applied.toSorted(byText) : applied).toEqual(ids);
      expect(device.queue.value).toMatchObject({ unsent: 0, trouble: null, link: "online" });
      expect(new Set(device.recent.value.map((one) => one.state))).toEqual(new Set(["settled"]));
      const rows = [...floor.server.rows.values()].filter((row) => row.row !== null);
      expect(device.replica.held.size).toBe(rows.length);
    },
  );
});
