import { describe, expect, test } from "vitest";
import type { AnyDraft, Scan } from "../domain/operation.ts";
import type { Resolved } from "../domain/resolved.ts";
import { carrying, heardFaulty, leftOver } from "./faulty.ts";
import { house } from "./testing/house.ts";

const WRONG = "4006381333932";
const raw = (data: string): Scan => ({ data, symbology: "refused" });
const scanned = (data: string) => ({
  type: "scanned" as const,
  resolved: house().resolve(data) as Resolved,
});
const moved = (...scans: Scan[]): AnyDraft => ({
  kind: "moving.move",
  payload: { goods: null, lpn: "l", source: null, target: "t", reason: null, scans },
});
const counted = (...scans: Scan[]): AnyDraft => ({
  kind: "counting.count_line",
  payload: { sheet: "s", place: "p", goods: null, lpn: "l", scans },
});
const scansOf = (drafts: readonly AnyDraft[]) => drafts.map(({ payload }) => payload.scans);

describe("codes that are no codes", () => {
  test("a wrong check digit is kept raw, a code nobody knows and a known one are not", () => {
    const heard = [WRONG, "HOUSE-77", "PO-1", WRONG, "A\u202eB"].reduce<readonly Scan[]>(
      (before, data) => heardFaulty(before, scanned(data)),
      [],
    );
    expect(heard).toEqual([raw(WRONG), raw("A\u202eB")]);
  });

  test("a megabyte is cut, and ten are enough", () => {
    const long = heardFaulty([], scanned("9".repeat(1_000_000)));
    expect(long.map(({ data }) => data.length)).toEqual([512]);
    const many = Array.from({ length: 30 }, (_, n) => `${WRONG}\u202e${n}`).reduce<readonly Scan[]>(
      (before, data) => heardFaulty(before, scanned(data)),
      [],
    );
    expect(many).toHaveLength(10);
  });

  test("signs that no envelope holds are marked", () => {
    expect(heardFaulty([], scanned("A\u0007\ud800\u202eB"))).toEqual([raw("A\ufffd\ufffd\u202eB")]);
  });

  test("they go once, with the first operation that tells a place", () => {
    const own: Scan = { data: "A-01", symbology: null };
    const record = [counted(own), moved(own), moved(own)];
    expect(scansOf(carrying(record, [raw(WRONG)]))).toEqual([[own], [own, raw(WRONG)], [own]]);
    expect(leftOver(record, [raw(WRONG)])).toEqual([]);
    expect(leftOver([counted(own)], [raw(WRONG)])).toEqual([raw(WRONG)]);
  });

  test("what was counted under its code is told by that", () => {
    const line = counted({ data: WRONG, symbology: null });
    expect(leftOver([line], [raw(WRONG)])).toEqual([]);
    expect(scansOf(carrying([moved({ data: WRONG, symbology: null })], [raw(WRONG)]))).toEqual([
      [{ data: WRONG, symbology: null }],
    ]);
  });
});
