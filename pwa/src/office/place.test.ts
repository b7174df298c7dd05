import { describe, expect, test, vi } from "vitest";

vi.stubGlobal("location", { hash: "#/office/orders" });
const { addressOf, placeOf } = await import("./place.ts");

describe("the address of the office", () => {
  test.each([
    ["orders", {}],
    ["orders", { sort: "-number", q: "50% & more", "due.from": "1795308707818" }],
    ["stock", { row: "a|b||available", place: "x/y" }],
  ])("%s %o comes back as it was", (page, query) => {
    expect(placeOf(addressOf(page, query))).toEqual({ page, query });
  });

  test("without a page it is the office's first", () => {
    expect(placeOf("#/office")).toEqual({ page: "", query: {} });
  });

  test("what is empty is not asked", () => {
    expect(addressOf("orders", { q: "" })).toBe("#/office/orders");
  });
});
