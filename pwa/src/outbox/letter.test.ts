import { expect, test } from "vitest";
import type { Draft } from "../domain/operation.ts";
import { type Desk, letter } from "./letter.ts";

const DESK: Desk = {
  device: "d",
  person: { id: "p", name: "P", roles: [], grant: null },
  base: null,
  newId: () => "n",
  clock: { wall: () => 1, mono: () => 1, boot: "b" } as unknown as Desk["clock"],
  app: "1",
};

test("what no envelope may hold is not in its scans: a scanner's NUL costs no operation", () => {
  const draft: Draft<"counting.finish_bin"> = {
    id: "o",
    kind: "counting.finish_bin",
    payload: {
      sheet: "s",
      place: "p",
      empty: true,
      scans: [
        { data: "\u0000]C0A-01\u0000", symbology: null },
        { data: "A\ud800B\u{1f4a9}\u001d", symbology: "]C0" },
      ],
    },
  };

  expect(letter(draft, DESK).payload).toEqual({
    ...draft.payload,
    scans: [
      { data: "]C0A-01", symbology: null },
      { data: "A\ufffdB\u{1f4a9}\u001d", symbology: "]C0" },
    ],
  });
});
