import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { coalesce } from "./coalesce.ts";

describe("coalescing what the stream says", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  test("a burst is answered at once and once more, a second later", () => {
    const run = vi.fn();
    const { call } = coalesce(run, 1000);
    call();
    vi.advanceTimersByTime(0);
    expect(run).toHaveBeenCalledTimes(1);
    for (let n = 0; n < 50; n += 1) {
      call();
      vi.advanceTimersByTime(10);
    }
    expect(run).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(1000);
    expect(run).toHaveBeenCalledTimes(2);
    vi.advanceTimersByTime(10_000);
    expect(run).toHaveBeenCalledTimes(2);
  });

  test("an hour of events asks at most once a second", () => {
    const run = vi.fn();
    const { call } = coalesce(run, 1000);
    for (let n = 0; n < 600; n += 1) {
      call();
      vi.advanceTimersByTime(100);
    }
    expect(run.mock.calls.length).toBeLessThanOrEqual(61);
    expect(run.mock.calls.length).toBeGreaterThan(50);
  });

  test("who has left is not called any more", () => {
    const run = vi.fn();
    const { call, stop } = coalesce(run, 1000);
    call();
    stop();
    vi.advanceTimersByTime(5000);
    expect(run).not.toHaveBeenCalled();
  });
});
