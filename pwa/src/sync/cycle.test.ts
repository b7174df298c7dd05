import { describe, expect, test } from "vitest";
import { pause } from "./backoff.ts";
import { type AttemptEnd, Cycle } from "./cycle.ts";
import { isOlder } from "./page.ts";

const DONE: AttemptEnd = { type: "done" };
const FAILED: AttemptEnd = { type: "failed", retryAfter: null };

/** A cycle whose attempts end as told and whose timers are written down. */
function cycle(ends: AttemptEnd[], finish: () => Promise<void> = () => Promise.resolve()) {
  const waits: number[] = [];
  let attempts = 0;
  const made = new Cycle(
    async () => {
      attempts++;
      await finish();
      return ends.shift() ?? DONE;
    },
    {
      after(ms) {
        waits.push(ms);
        return () => undefined;
      },
      chance: () => 1,
    },
  );
  return { made, waits, attempts: () => attempts };
}

describe("the rhythm", () => {
  test("failures wait longer each time, up to a minute; success starts over", async () => {
    const { made, waits } = cycle([...Array<AttemptEnd>(8).fill(FAILED), DONE, FAILED]);
    made.start();
    for (let n = 0; n < 9; n++) await made.now();
    await made.idle();
    expect(waits).toEqual([
      ...[1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000],
      20_000,
      1_000,
    ]);
  });

  test("the server's own wish is respected", async () => {
    const { made, waits } = cycle([{ type: "failed", retryAfter: 45_000 }]);
    made.start();
    await made.idle();
    expect(waits).toEqual([45_000]);
  });

  test("work during an attempt starts another one right after it", async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { made, waits } = cycle([], () => held);
    made.start();
    made.nudge();
    release();
    await made.idle();
    expect(waits).toEqual([0]);
  });

  test("work while the server is away waits for the back-off; a network that comes back does not", async () => {
    const { made, attempts } = cycle([FAILED, FAILED]);
    made.start();
    await made.idle();
    made.nudge();
    await made.idle();
    expect(attempts()).toBe(1);
    made.wake();
    await made.idle();
    expect(attempts()).toBe(2);
  });

  test("two calls at once are two attempts, one after the other", async () => {
    let running = 0;
    let most = 0;
    const { made, attempts } = cycle([], async () => {
      most = Math.max(most, ++running);
      await Promise.resolve();
      running--;
    });
    await Promise.all([made.now(), made.now(), made.now()]);
    expect([attempts(), most]).toEqual([3, 1]);
  });
});

test("full jitter spreads a floor over the whole pause", () => {
  expect([pause(1, 0), pause(1, 1), pause(4, 0.5), pause(99, 1)]).toEqual([0, 1000, 4000, 60_000]);
});

test.each([
  ["1.0.0", "1.0.0", false],
  ["1.9.0", "1.10.0", true],
  ["2.0", "1.9.9", false],
  ["0.1.0", "0.1.1", true],
])("%s older than %s: %s", (ours, least, older) => {
  expect(isOlder(ours, least)).toBe(older);
});
