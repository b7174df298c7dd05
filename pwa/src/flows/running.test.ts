import { describe, expect, test, vi } from "vitest";
import type { Resolved } from "../domain/resolved.ts";
import { worldOf } from "../ui/context.ts";
import type { Feedback } from "./flow.ts";
import { pick } from "./pick/flow.ts";
import { putaway } from "./putaway/flow.ts";
import { receive } from "./receive/flow.ts";
import { isResting, run } from "./running.ts";
import { memoryDevice } from "./testing/device.ts";
import { BIN, DOCK, floor, OTHER, PALLET, SALT, scanOf, stop, TEA } from "./testing/floor.ts";

function atWork(table = floor()) {
  const device = memoryDevice(table);
  const heard: Feedback[] = [];
  const start = (flow = receive) =>
    run(flow, device, worldOf(device), (feedback) => heard.push(feedback));
  return { device, heard, start };
}

const scanned = (resolved: ReturnType<typeof scanOf.item>) =>
  ({ type: "scanned", resolved }) as const;

describe("running a flow", () => {
  test("the tone comes after the disk has it, and never when it has not", async () => {
    const { device, heard, start } = atWork();
    let save: () => void = () => undefined;
    const disk = new Promise<void>((resolve) => {
      save = resolve;
    });
    const { record } = device;
    device.record = async (draft) => {
      await disk;
      return record(draft);
    };
    const running = start();

    const taken = running.take(scanned(scanOf.item(TEA)));
    await new Promise((resolve) => setTimeout(resolve));
    expect(heard).toEqual([]);
    save();
    await taken;

    expect(heard.map((feedback) => feedback.tone)).toEqual(["ok"]);
  });

  test("a failed write is said, changes nothing, and the next good one clears it", async () => {
    const { device, heard, start } = atWork();
    const running = start();
    const before = running.state.value;
    device.broken = true;

    await running.take(scanned(scanOf.item(TEA)));
    expect(running.unsaved.value).toBe(true);
    expect(running.state.value).toBe(before);
    expect(heard.at(-1)).toMatchObject({ tone: "wrong", words: { word: "app.not_saved" } });

    device.broken = false;
    await running.take(scanned(scanOf.item(TEA)));
    expect(running.unsaved.value).toBe(false);
  });

  test("a gesture that our own fault breaks is said to be not saved, and the next one counts", async () => {
    const { device, heard, start } = atWork();
    let broken = true;
    const running = start({
      ...receive,
      next: (...given) => {
        if (broken && given[1].type === "scanned") throw new TypeError("our fault");
        return receive.next(...given);
      },
    });
    const complaints = vi.fn();
    vi.stubGlobal("reportError", complaints);

    await running.take(scanned(scanOf.item(TEA)));
    expect(running.unsaved.value).toBe(true);
    expect(heard.at(-1)).toMatchObject({ tone: "wrong", words: { word: "app.not_saved" } });
    expect(complaints).toHaveBeenCalledOnce();

    broken = false;
    await running.take(scanned(scanOf.item(TEA)));
    expect(device.recorded).toHaveLength(1);
    expect(running.unsaved.value).toBe(false);
    vi.unstubAllGlobals();
  });

  test("gestures that come faster than the disk are taken one after the other", async () => {
    const { device, start } = atWork();
    const running = start();

    await Promise.all([1, 2, 3].map(() => running.take(scanned(scanOf.item(TEA)))));

    expect(device.recorded).toHaveLength(3);
    expect(running.state.value).toMatchObject({ session: { last: { tally: { total: 3 } } } });
  });

  test("undo voids what the last gesture recorded and goes back to where it was", async () => {
    const { device, start } = atWork();
    const running = start();
    await running.take(scanned(scanOf.item(TEA)));
    await running.take(scanned(scanOf.item(SALT)));

    await running.undo();

    expect(device.undone).toEqual([device.recorded[1]?.id]);
    expect(running.state.value).toMatchObject({ session: { last: { filling: { item: TEA.id } } } });
  });

  test("a step without a record goes back without one", async () => {
    const { device, start } = atWork();
    const running = start();
    await running.take({ type: "pressed", action: "damaged" });

    await running.undo();

    expect(device.undone).toEqual([]);
    expect(running.state.value).toMatchObject({ at: "goods" });
  });

  test("a finished bin cannot be taken back", async () => {
    const table = floor();
    stop(table, "SO-1", TEA, BIN, 1);
    stop(table, "SO-1", SALT, OTHER, 1);
    const device = memoryDevice(table);
    const running = run(pick, device, worldOf(device), () => undefined);
    for (const resolved of [scanOf.place(BIN), scanOf.item(TEA), scanOf.tote("T-1")]) {
      await running.take(scanned(resolved));
    }
    await running.take({ type: "pressed", action: "empty" });

    expect(running.canUndo.value).toBe(false);
  });

  test("a reload resumes at the same line, with its undo", async () => {
    const { device, start } = atWork();
    const first = start();
    await first.take(scanned(scanOf.item(TEA)));
    first.stop();

    const second = start();
    expect(second.state.value).toEqual(first.state.value);
    await second.undo();

    expect(device.undone).toEqual([device.recorded[0]?.id]);
  });

  test("a label that could not be read outlives a reload, until an operation takes it", async () => {
    const { device, start } = atWork();
    const first = start();
    const wrong = { ...scanOf.unknown("4006381333932"), fault: "identification.check_digit" };
    await first.take(scanned(wrong as Resolved));
    first.stop();

    const second = start();
    await second.take(scanned(scanOf.item(TEA)));
    second.stop();
    const third = start();
    await third.take(scanned(scanOf.item(TEA)));

    const told = device.recorded.map(({ payload }) =>
      payload.scans.filter(({ symbology }) => symbology === "refused").map(({ data }) => data),
    );
    expect(told).toEqual([["4006381333932"], []]);
  });

  test("a half-received order is no moment for a new version, a finished one is", async () => {
    const { device, start } = atWork();
    const running = start();
    expect(isResting(device, receive)).toBe(true);

    await running.take(scanned(scanOf.pallet(PALLET)));
    expect(isResting(device, receive)).toBe(false);

    await running.take({ type: "pressed", action: "finish" });
    expect(isResting(device, receive)).toBe(true);
  });

  test("an update of the app resumes at the same line, with its undo", async () => {
    const { device, start } = atWork();
    const before = start();
    await before.take(scanned(scanOf.item(TEA)));
    before.stop();

    const updated = { ...device, version: "next" };
    const after = run(receive, updated, worldOf(updated), () => undefined);
    expect(after.state.value).toEqual(before.state.value);
    await after.undo();

    expect(device.undone).toEqual([device.recorded[0]?.id]);
  });

  test.each([
    { shape: receive.shape + 1, state: { at: "goods" }, past: [] },
    { shape: receive.shape, state: { at: "attic" }, past: [] },
    { shape: receive.shape, state: null, past: [] },
    { shape: receive.shape, state: { at: "dock" }, past: "none" },
    { shape: receive.shape, state: { at: "dock" }, past: [], faulty: "none" },
    { state: { at: "dock" }, past: [] },
    "goods",
  ])("a draft of another shape is left alone: %j", async (draft) => {
    const { device, start } = atWork();
    await device.drafts.save("receive", draft);

    const running = start();
    expect(running.state.value).toMatchObject({ at: "goods", session: { dock: DOCK.id } });
    expect(running.canUndo.value).toBe(false);
  });

  test("a server that does not answer is 'not checked' within a second", async () => {
    vi.useFakeTimers();
    const device = memoryDevice();
    device.api.post = () => new Promise(() => undefined);
    const running = run(putaway, device, worldOf(device), () => undefined);
    await running.take(scanned(scanOf.pallet(PALLET)));
    await running.take(scanned(scanOf.place(BIN)));
    expect(device.recorded).toEqual([]);

    await vi.advanceTimersByTimeAsync(1000);
    vi.useRealTimers();

    await vi.waitFor(() => expect(device.recorded).toHaveLength(1));
    expect(running.shown.value?.tone).toBe("caution");
  });

  test("an ambiguous code means what the state can use", async () => {
    const table = floor();
    stop(table, "SO-1", TEA, BIN, 1);
    const device = memoryDevice(table);
    const running = run(pick, device, worldOf(device), () => undefined);
    const readings = [scanOf.place(BIN), scanOf.item(TEA)];

    await running.take(
      scanned({ type: "ambiguous", readings, scan: { data: "77", symbology: null } }),
    );

    expect(running.state.value).toMatchObject({ at: "goods" });
  });
});
