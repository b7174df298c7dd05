import { describe, expect, test } from "vitest";
import { Gathering, MOST, SILENCE_MS } from "./gathering.ts";
import { type Sweeping, type SweptGesture, scanOfTag } from "./swept.ts";

/** A sled over a flow whose disk answers when the test says so. */
function sled(mode: Sweeping = "batches") {
  const taken: SweptGesture[] = [];
  const disk: (() => void)[] = [];
  const rises: number[] = [];
  let now = 0;
  let due: { at: number; then: () => void }[] = [];
  let instant = true;
  const gathering = new Gathering({
    now: () => now,
    after: (ms, then) => {
      const one = { at: now + ms, then };
      due.push(one);
      return () => {
        due = due.filter((other) => other !== one);
      };
    },
    newId: () => `sweep-${taken.length}`,
    resolve: (epc) => ({ type: "unknown", code: epc, scan: scanOfTag(epc) }),
    take: (gesture) => {
      taken.push(gesture);
      return instant ? Promise.resolve() : new Promise((saved) => disk.push(saved));
    },
    rise: (unique) => rises.push(unique),
  });
  const settle = () => new Promise((done) => setTimeout(done));
  return {
    taken,
    rises,
    live: () => gathering.live.value,
    hear: (...epcs: string[]) => {
      for (const epc of epcs) gathering.hear({ epc, rssi: null }, mode);
    },
    louder: (epc: string, rssi: number) => gathering.hear({ epc, rssi }, mode),
    end: () => gathering.end(),
    stop: () => gathering.stop(),
    slowDisk: () => {
      instant = false;
    },
    saved: async () => {
      disk.shift()?.();
      await settle();
    },
    pass: async (ms: number) => {
      now += ms;
      const ready = due.filter(({ at }) => at <= now);
      due = due.filter(({ at }) => at > now);
      for (const { then } of ready) then();
      await settle();
    },
    tags: () => taken.map(({ tags }) => tags.map(({ epc }) => epc)),
  };
}

const many = (count: number): string[] => Array.from({ length: count }, (_, n) => `T${n}`);

describe("gathering tags", () => {
  test("a tag is handed on once, however often it is heard; silence ends the pull", async () => {
    const { hear, pass, taken, tags, live } = sled();
    hear("A", "B", "A");
    await pass(60);
    for (let turn = 0; turn < 5; turn += 1) {
      hear("A", "B", "B");
      await pass(200);
    }
    expect(tags()).toEqual([["A", "B"]]);
    expect(live()).toMatchObject({ unique: 2, running: true });

    await pass(SILENCE_MS);
    expect(taken.at(-1)).toMatchObject({ tags: [], over: true });
    expect(live()).toMatchObject({ unique: 2, running: false });
    expect(new Set(taken.map(({ sweep }) => sweep)).size).toBe(1);
  });

  test("the next batch waits for the disk, so that tags pile up in one write and not in many", async () => {
    const { hear, pass, saved, slowDisk, tags } = sled();
    slowDisk();
    hear("A");
    await pass(60);
    hear("B");
    await pass(200);
    hear("C");
    await pass(200);
    expect(tags()).toEqual([["A"]]);

    await saved();
    await pass(200);
    expect(tags()).toEqual([["A"], ["B", "C"]]);
  });

  test("a burst is cut into writes the screen can be drawn between", async () => {
    const { hear, pass, tags } = sled();
    hear(...many(2 * MOST + 10));
    for (let turn = 0; turn < 4; turn += 1) await pass(60);

    expect(tags().map((batch) => batch.length)).toEqual([MOST, MOST, 10]);
  });

  test("another gesture comes after everything that was heard before it", async () => {
    const { hear, end, tags, taken, pass } = sled();
    hear(...many(MOST + 1));
    end();
    expect(tags().map((batch) => batch.length)).toEqual([MOST, 1, 0]);
    expect(taken.at(-1)?.over).toBe(true);

    end();
    await pass(5_000);
    expect(taken).toHaveLength(3);
  });

  test("a pull that is judged as a whole is handed on as a whole", async () => {
    const { hear, pass, taken } = sled("whole");
    hear(...many(MOST + 5));
    await pass(60);
    await pass(60);
    expect(taken).toEqual([]);

    for (let turn = 0; turn < 5; turn += 1) await pass(250);
    expect(taken).toHaveLength(1);
    expect(taken[0]).toMatchObject({ over: true });
    expect(taken[0]?.tags).toHaveLength(MOST + 5);
  });

  test("who looks for a thing hears it again and again, the strongest of a batch", async () => {
    const { louder, pass, taken, rises } = sled("again");
    louder("A", -70);
    louder("A", -50);
    louder("A", -60);
    await pass(60);
    louder("A", -40);
    await pass(200);

    expect(taken.map(({ tags }) => tags[0]?.rssi)).toEqual([-50, -40]);
    expect(rises).toEqual([]);
  });

  test("the rate is of the last second", async () => {
    const { hear, pass, live } = sled();
    hear("A");
    await pass(60);
    for (let turn = 0; turn < 6; turn += 1) {
      hear(...many(20));
      await pass(200);
    }
    expect(live()?.rate).toBeGreaterThan(90);
    expect(live()?.rate).toBeLessThan(110);
  });

  test("a screen that is gone hands on nothing more", async () => {
    const { hear, stop, pass, taken } = sled();
    hear("A");
    stop();
    await pass(5_000);
    expect(taken).toEqual([]);
  });
});
