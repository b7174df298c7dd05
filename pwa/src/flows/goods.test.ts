import { describe, expect, test } from "vitest";
import { expiryFrom } from "./goods.ts";

describe("an expiry date by its digits", () => {
  test.each([
    ["280227", "2027-02-28"],
    ["000228", "2028-02-29"],
    ["311227", "2027-12-31"],
  ])("%s is %s", (text, date) => {
    expect(expiryFrom(text)).toBe(date);
  });

  test.each(["290227", "320127", "011327", "010027", "1227", "abcdef"])("%s is no day", (text) => {
    expect(expiryFrom(text)).toBeNull();
  });
});
