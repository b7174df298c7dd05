import { expect, test } from "vitest";
import { t } from "../../words/text.ts";
import type { ExceptionRow } from "../rows.ts";
import { about } from "./alike.tsx";

const rows = (count: number): readonly ExceptionRow[] =>
  Array.from({ length: count }, (_, n) => ({ id: `e${n}` }) as ExceptionRow);

test("a verdict does not claim what is not on the screen", () => {
  expect(t(about(rows(3), 3))).toBe("All 3 of this kind:");
  expect(t(about(rows(200), 350))).toBe("The first 200 of 350 of this kind:");
});
