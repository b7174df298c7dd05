import { describe, expect, test } from "vitest";
import type { Scan } from "../domain/operation.ts";
import { DRILL, TEA } from "../flows/testing/floor.ts";
import { houseOf } from "../flows/testing/house.ts";
import { tagged, tagOn } from "../flows/testing/sled.ts";
import { type Ear, type Heard, mend, WHOLE } from "./mending.ts";

const house = houseOf(tagged());
const GTIN = house.world.all("identifier").find(({ item }) => item === TEA.id)?.code ?? "";
const scan = (data: string, symbology: string | null = null): Scan => ({ data, symbology });
const ear = (aim: boolean | null = null): Ear => ({
  resolve: ({ data }) => house.resolve(data),
  aim,
});

/** The scans, so many milliseconds apart. */
function heard(pieces: readonly string[], apart = 200, aim: boolean | null = null): Heard[] {
  let mending = WHOLE;
  return pieces.map((data, n) => {
    const one = mend(mending, scan(data), n * apart, ear(aim));
    mending = one.mending;
    return one;
  });
}

const last = (...all: Parameters<typeof heard>): Heard => heard(...all).at(-1) as Heard;

describe("a code in two bursts", () => {
  test.each([
    ["a GTIN", GTIN.slice(1), 6],
    ["an element string", `01${GTIN}10L7`, 9],
    ["one with its AIM identifier", `]C101${GTIN}10L7`, 12],
    ["a link", `https://id.gs1.org/01/${GTIN}`, 5],
  ])("%s is joined, where neither half means anything", (_what, code, at) => {
    const joined = last([code.slice(0, at), code.slice(at)]);

    expect(joined.as).toBe("joined");
    expect(joined.mending.whole).toEqual(scan(code));
  });

  test("every cut of a label is joined, passed or torn, but never means anything else", () => {
    const code = `]C101${GTIN}10L7`;
    for (let at = 1; at < code.length; at += 1) {
      const { as, mending } = last([code.slice(0, at), code.slice(at)], 200, true);
      expect(["joined", "torn"], `cut at ${at}`).toContain(as);
      if (as === "joined") expect(mending.whole?.data).toBe(code);
    }
  });

  test("too late it is a scan of its own", () => {
    expect(last([GTIN.slice(1, 7), GTIN.slice(7)], 1_100).as).toBe("pass");
  });

  test.each([
    ["a wrong check digit", `${GTIN.slice(1, -1)}${(Number(GTIN.at(-1)) + 1) % 10}`],
    ["goods that nobody here has", "4006381333931"],
    ["a pallet that nobody announced", "340123450000000017"],
    ["two halves of a tag: a sled may have sent the ends of two", tagOn(DRILL, 1)],
  ])("%s is not made of two halves", (_what, code) => {
    const at = Math.floor(code.length / 2);
    expect(last([code.slice(0, at), code.slice(at)]).as).toBe("pass");
  });

  test("what means something alone stays alone", () => {
    expect(last([TEA.sku, GTIN.slice(1)]).as).toBe("pass");
    expect(last(["X-1", "X-2"]).as).toBe("pass");
  });

  test("a third piece makes all of it doubtful", () => {
    const three = heard([`01${GTIN.slice(0, 6)}`, `${GTIN.slice(6)}10L`, "7"]);

    expect(three.map(({ as }) => as)).toEqual(["pass", "joined", "torn"]);
    expect(three.at(-1)?.mending.whole).toBeNull();
  });

  test("a scanner that names every code has no other that begins without", () => {
    const rest = ["]C101".concat(GTIN), "10L7"];
    expect(last(rest, 200, true).as).toBe("torn");
    expect(last(rest, 200, null).as).toBe("pass");
    expect(last(rest, 1_500, true).as).toBe("pass");
  });

  test("what a camera reads or a person types is whole", () => {
    const first = mend(WHOLE, scan(GTIN.slice(1, 7)), 0, ear());
    expect(mend(first.mending, scan(GTIN.slice(7), "]E0"), 200, ear()).as).toBe("pass");
    expect(mend(first.mending, scan(GTIN.slice(7), "keyed"), 200, ear()).as).toBe("pass");
  });
});
