import { describe, expect, test } from "vitest";
import { memoryDevice } from "../flows/testing/device.ts";
import { id } from "../flows/testing/floor.ts";
import { badgeIn } from "./identify.ts";

const { replica } = memoryDevice();
const read = (data: string) => badgeIn(data, replica);

describe("what was scanned where a badge is asked for", () => {
  test.each(["TMB:B-1001", "B-1001", " B-1001\n"])("%j is the badge of somebody known", (data) => {
    expect(read(data)).toEqual({
      type: "badge",
      badge: "B-1001",
      name: "Ada Nowak",
      person: id("Ada"),
    });
  });

  test("a badge this scanner has not heard of is for the server to judge", () => {
    expect(read("TMB:B-7777")).toEqual({
      type: "badge",
      badge: "B-7777",
      name: "B-7777",
      person: null,
    });
  });

  test.each(["TEA", "A-01-01", "4006381333931", "hello", "TMB:", ""])(
    "%j is no badge and is said to be none",
    (data) => {
      expect(read(data)).toMatchObject({ type: "wrong" });
    },
  );

  test("says what was scanned instead", () => {
    expect(read("TEA")).toMatchObject({ words: { values: { got: { word: "kind.item" } } } });
    expect(read("hello")).toMatchObject({ words: { values: { code: "hello" } } });
  });
});
