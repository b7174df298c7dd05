import { describe, expect, test } from "vitest";
import { BIN, DRILL, PALLET } from "../flows/testing/floor.ts";
import { blankTag, palletTag, tagOn } from "../flows/testing/sled.ts";
import { tagOf } from "./tag.ts";

const read = (data: string, symbology: string | null = null) => tagOf({ data, symbology });
const EPC = tagOn(DRILL, 7);

describe("a tag as a sled sends it", () => {
  test("is its EPC in upper case, whatever way it was written", () => {
    for (const data of [EPC, EPC.toLowerCase(), `0x${EPC}`, ` ${EPC} `]) {
      expect(read(data)).toEqual({ epc: EPC, rssi: null });
    }
    expect(read("urn:epc:id:sgtin:9520000.000901.7")?.epc).toBe(
      "urn:epc:id:sgtin:9520000.000901.7",
    );
  });

  test.each([
    [`${EPC};-61`, -61],
    [`${EPC},-61.5`, -61.5],
    [`${EPC}\t-70`, -70],
    [`${EPC} -48 dBm`, -48],
  ])("says how strongly it was heard: %s", (data, rssi) => {
    expect(read(data)).toEqual({ epc: EPC, rssi });
  });

  test("may be a pallet's, or blank from its maker", () => {
    expect(read(palletTag(PALLET))?.epc).toBe(palletTag(PALLET));
    expect(read(blankTag(1))?.epc).toBe(blankTag(1));
  });

  test.each([
    ["a GTIN", "09521234543213"],
    ["an SSCC", PALLET],
    ["an element string of 24 digits", "010952123454321317271231"],
    ["a place", BIN.code],
    ["a word of hex letters", "DEADBEEF"],
    ["a megabyte", EPC.repeat(50_000)],
    ["markup", `<b>${EPC}</b>`],
    ["a strength that is none", `${EPC};loud`],
  ])("is not %s", (_what, data) => {
    expect(read(data)).toBeNull();
  });

  test("is not what a hand typed or a camera saw", () => {
    expect(read(EPC, "keyed")).toBeNull();
    expect(read(EPC, "]d1")).toBeNull();
  });
});
