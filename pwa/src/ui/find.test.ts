import { describe, expect, test } from "vitest";
import {
  announced,
  BIN,
  floor,
  ordered,
  PALLET,
  stop,
  TEA,
  worldOf,
} from "../flows/testing/floor.ts";
import { endingIn } from "./find.ts";

describe("finding by the last characters", () => {
  test("names pallets, orders and places that end like it, in any case", () => {
    const table = floor();
    announced(table, "ASN-1");
    ordered(table, "PO-4711", TEA, 1);
    stop(table, "SO-1001", TEA, BIN, 1);
    const found = (text: string) => endingIn(text, worldOf(table)).map((match) => match.text);

    expect(found("0018")).toEqual([PALLET]);
    expect(found("4711")).toEqual(["PO-4711"]);
    expect(found("1001")).toEqual(["SO-1001"]);
    expect(found("a-01-01")).toEqual([BIN.code]);
  });

  test("never offers more than fits, nor a virtual place", () => {
    const table = floor();
    table.location = Array.from({ length: 9 }, (_, at) => ({
      ...BIN,
      id: `${at}`,
      code: `B${at}-1`,
    }));

    expect(endingIn("-1", worldOf(table))).toHaveLength(4);
    expect(endingIn("variance", worldOf(floor()))).toEqual([]);
  });
});
