import { describe, expect, test } from "vitest";
import { floor, MILK, PALLET, SALT, scanOf, TEA, worldOf } from "../testing/floor.ts";
import { walk } from "../testing/walk.ts";
import { receive } from "./flow.ts";
import { labelOf } from "./label.ts";
import { view } from "./view.ts";

const actionsOf = (state: Parameters<typeof view>[0]) =>
  (view(state, worldOf(floor())).actions ?? []).map(({ action }) => action);

describe("a label at the dock", () => {
  test("there is none before anything came in", () => {
    const start = walk(receive, worldOf(floor()));

    expect(labelOf(start.state, worldOf(floor()))).toBeNull();
    expect(actionsOf(start.state)).not.toContain("label");
  });

  test("of the lot where there is one, of the item otherwise, one tap away", () => {
    const start = walk(receive, worldOf(floor()));
    const milk = start.scan(scanOf.batch(MILK, "L7", "2027-03-31", 12));
    const tea = start.scan(scanOf.item(TEA));

    expect(labelOf(milk.state, worldOf(floor()))).toMatchObject({
      kind: "lot",
      item: MILK.id,
      lot: "L7",
      expiry: "2027-03-31",
      quantity: 12,
    });
    expect(labelOf(tea.state, worldOf(floor()))).toMatchObject({ kind: "item", item: TEA.id });
    expect(actionsOf(tea.state)[0]).toBe("label");
  });

  test("of the pallet being filled, by its number", () => {
    const filled = walk(receive, worldOf(floor())).scan(scanOf.pallet(PALLET));

    expect(labelOf(filled.state, worldOf(floor()))).toMatchObject({ kind: "lpn", code: PALLET });
    expect(actionsOf(filled.state)).toContain("close_unit");
  });

  test("a pallet with goods of several kinds names none of them", () => {
    const walked = walk(receive, worldOf(floor())).scan(scanOf.pallet(PALLET));
    const mixed = walked.scan(scanOf.item(TEA)).scan(scanOf.item(SALT));
    const pure = walked.scan(scanOf.item(TEA)).scan(scanOf.item(TEA));

    const own = (recorded: typeof mixed.recorded) => ({
      ...worldOf(floor()),
      own: () =>
        recorded.map((draft, n) => ({
          ...(draft as Extract<(typeof recorded)[number], { kind: "receiving.receive_line" }>),
          id: `${draft.id}`,
          seq: n + 1,
          cause: null,
          state: "queued" as const,
          outcome: null,
          codes: [],
          at: n,
        })),
    });

    expect(labelOf(mixed.state, own(mixed.recorded))?.item).toBeNull();
    expect(labelOf(pure.state, own(pure.recorded))).toMatchObject({ item: TEA.id, quantity: 2 });
  });
});
