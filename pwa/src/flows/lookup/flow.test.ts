import { describe, expect, test } from "vitest";
import { BIN, floor, MILK, OTHER, PALLET, scanOf, worldOf } from "../testing/floor.ts";
import { walk } from "../testing/walk.ts";
import { lookup } from "./flow.ts";
import { view } from "./view.ts";

const world = worldOf(floor());
const start = () => walk(lookup, world);

describe("looking up", () => {
  test("says what a thing is without asking anybody", () => {
    const found = start().scan(scanOf.batch(MILK, "L7", "2027-03-31"));
    const shown = JSON.stringify(view(found.state, world));

    expect(shown).toContain("Oat milk");
    expect(shown).toContain("L7");
    expect(shown).toContain("2027-03-31");
  });

  test("asks the server for numbers of places and goods only", () => {
    expect(start().scan(scanOf.place(BIN)).last.ask).toMatchObject({
      kind: "place",
      about: BIN.id,
    });
    expect(start().scan(scanOf.pallet(PALLET)).last.ask).toBeUndefined();
  });

  test("shows numbers as the server allows them, and never those of another thing", () => {
    const asked = start().scan(scanOf.place(BIN));
    const lines = [["Green tea", "12"]] as const;
    const reply = (about: string) =>
      ({ ask: "look_up", about, found: { state: "known", lines } }) as const;

    expect(view(asked.answer(reply(BIN.id)).state, world).facts).toContain("Green tea: 12");
    expect(asked.answer(reply(OTHER.id)).state).toEqual(asked.state);
  });

  test("an unknown code is no thing", () => {
    expect(start().scan(scanOf.unknown("?")).last.feedback?.tone).toBe("wrong");
  });
});
