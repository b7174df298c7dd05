import { describe, expect, test } from "vitest";
import {
  BIN,
  CLOSED,
  DOCK,
  floor,
  id,
  lot,
  lpn,
  MILK,
  OTHER,
  PALLET,
  scanOf,
  type Table,
  TEA,
  THIRD,
  worldOf,
} from "../testing/floor.ts";
import { payload, walk } from "../testing/walk.ts";
import { putaway } from "./flow.ts";
import { view } from "./view.ts";

function planned(): Table {
  const table = floor();
  table.putaway_plan.push({
    id: id("plan"),
    lpn: lpn(PALLET),
    code: PALLET,
    item: MILK.id,
    source: DOCK.id,
    place: BIN.id,
    place_code: BIN.code,
    reason: { code: "same_item", words: { en: "Same goods", es: "Lo mismo" } },
    alternates: [OTHER.id],
    done: false,
  });
  return table;
}

const lifted = (table = planned()) => walk(putaway, worldOf(table)).scan(scanOf.pallet(PALLET));

const verdict = (place: { id: string }, said: "allowed" | "confirm" | "forbidden" | "offline") =>
  ({ ask: "check", about: place.id, verdict: said }) as const;

describe("putting away", () => {
  test("the proposed bin and its reason are shown, and its scan stores the pallet", () => {
    const bin = lifted();
    const shown = view(bin.state, worldOf(planned()));
    expect(shown.target).toBe(BIN.code);
    expect(shown.facts).toEqual([{ words: { en: "Same goods", es: "Lo mismo" } }]);

    const done = bin.scan(scanOf.place(BIN));

    expect(payload(done.recorded, "putaway.put_away")).toMatchObject({
      lpn: lpn(PALLET),
      goods: null,
      source: DOCK.id,
      target: BIN.id,
    });
    expect(done.last.feedback?.tone).toBe("ok");
    expect(done.state.at).toBe("load");
  });

  test("another allowed bin counts at its second scan", () => {
    const asked = lifted().scan(scanOf.place(THIRD));
    expect(asked.last.ask).toMatchObject({ ask: "check", about: THIRD.id });
    expect(asked.recorded).toEqual([]);

    const doubted = asked.answer(verdict(THIRD, "allowed"));
    expect(doubted.last.feedback?.tone).toBe("caution");
    expect(doubted.recorded).toEqual([]);

    expect(payload(doubted.scan(scanOf.place(THIRD)).recorded, "putaway.put_away").target).toBe(
      THIRD.id,
    );
  });

  test("scanned twice before the answer, the answer decides", () => {
    const twice = lifted().scan(scanOf.place(THIRD)).scan(scanOf.place(THIRD));
    expect(twice.recorded).toEqual([]);

    expect(twice.answer(verdict(THIRD, "confirm")).recorded).toHaveLength(1);
    expect(twice.answer(verdict(THIRD, "forbidden")).recorded).toHaveLength(0);
  });

  test("an answer that went with a reload is asked for at the next scan", () => {
    const { state } = lifted().scan(scanOf.place(THIRD));
    const reloaded = walk(putaway, worldOf(planned()), state).scan(scanOf.place(THIRD));

    expect(reloaded.last.ask).toMatchObject({ ask: "check", about: THIRD.id });
    expect(reloaded.answer(verdict(THIRD, "allowed")).recorded).toHaveLength(1);
  });

  test("another scan withdraws the doubt", () => {
    const doubted = lifted().scan(scanOf.place(THIRD)).answer(verdict(THIRD, "allowed"));

    const done = doubted.scan(scanOf.place(BIN));

    expect(payload(done.recorded, "putaway.put_away").target).toBe(BIN.id);
  });

  test("a forbidden bin is stopped, online by its contents and always when blocked or virtual", () => {
    const stopped = lifted().scan(scanOf.place(THIRD)).answer(verdict(THIRD, "forbidden"));
    expect(stopped.last.feedback?.tone).toBe("wrong");
    expect(stopped.scan(scanOf.place(THIRD)).recorded).toEqual([]);

    for (const place of [CLOSED, DOCK]) {
      const barred = lifted().scan(scanOf.place(place));
      expect(barred.last.feedback?.tone).toBe("wrong");
      expect(barred.last.ask).toBeUndefined();
    }
  });

  test("offline says that nobody checked, and still lets the second scan count", () => {
    const unchecked = lifted().scan(scanOf.place(THIRD)).answer(verdict(THIRD, "offline"));
    expect(unchecked.last.feedback).toMatchObject({
      tone: "caution",
      words: { word: "putaway.not_checked" },
    });

    expect(unchecked.scan(scanOf.place(THIRD)).recorded).toHaveLength(1);
  });

  test("a late answer about another bin changes nothing", () => {
    const asked = lifted().scan(scanOf.place(THIRD)).scan(scanOf.place(OTHER));

    expect(asked.answer(verdict(THIRD, "allowed")).state).toEqual(asked.state);
  });

  test("without a plan the server is asked, and without the server the driver chooses", () => {
    const free = walk(putaway, worldOf(floor())).scan(scanOf.pallet(PALLET));
    expect(free.last.ask?.ask).toBe("propose");

    const proposal = { place: BIN.id, reason: null, alternates: [] };
    const proposed = free.answer({ ask: "propose", about: lpn(PALLET), proposal });
    expect(proposed.scan(scanOf.place(BIN)).recorded).toHaveLength(1);

    const chosen = free.scan(scanOf.place(OTHER)).answer(verdict(OTHER, "offline"));
    expect(payload(chosen.recorded, "putaway.put_away").target).toBe(OTHER.id);
    expect(chosen.last.feedback?.tone).toBe("caution");
  });

  test("loose goods keep lot and number and leave the only dock", () => {
    const done = walk(putaway, worldOf(floor()))
      .scan(scanOf.item(MILK))
      .type("L7")
      .key(6)
      .scan(scanOf.place(BIN))
      .answer(verdict(BIN, "allowed"));

    expect(payload(done.recorded, "putaway.put_away")).toMatchObject({
      lpn: null,
      source: DOCK.id,
      goods: { item: MILK.id, lot: lot(MILK, "L7"), quantity: 6 },
    });
  });

  test("loose goods between two docks must say where they are", () => {
    const table = floor();
    table.location.push({ ...DOCK, id: id("D-02"), code: "D-02" });

    const asked = walk(putaway, worldOf(table)).scan(scanOf.item(TEA));

    expect(asked.state.at).toBe("source");
    expect(asked.scan(scanOf.place(DOCK)).state).toMatchObject({ at: "bin", source: DOCK.id });
  });

  test("a new pallet wins over the one in hand", () => {
    const second = lifted().scan(scanOf.pallet("340123450000000025"));

    expect(second.state).toMatchObject({ load: { lpn: lpn("340123450000000025") } });
  });
});
