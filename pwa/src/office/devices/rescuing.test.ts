import { expect, test } from "vitest";
import type { Answer, Run } from "../../device.ts";
import { t } from "../../words/text.ts";
import type { Rescuer } from "./handing.ts";
import { journalsIn, rescue } from "./rescuing.ts";

interface Asked {
  readonly first_seq: number;
  readonly ops: readonly string[];
}

/** A desk whose server answers each piece as it is told. */
function desk(answer: (asked: Asked) => Answer) {
  const asked: Asked[] = [];
  const kept: Run[] = [];
  const post = (_path: string, piece: unknown): Promise<Answer> => {
    asked.push(piece as Asked);
    return Promise.resolve(answer(piece as Asked));
  };
  const api = { post, get: () => Promise.reject(new Error("nothing is read")) };
  const keepRescued = async (run: Run): Promise<void> => {
    kept.push(run);
  };
  const rescuer: Rescuer = { api, keepRescued };
  return { rescuer, asked, kept };
}

const taken = (results: readonly object[]): Answer => ({
  ok: true,
  status: 200,
  body: { results },
});
const refused = (status: number, code: string, facts: object = {}): Answer => ({
  ok: false,
  offline: false,
  problem: { status, code, title: "", ...facts },
});
const run = (ops: number, first = 1) => ({
  device: "d",
  epoch: 1,
  first,
  ops: Array.from({ length: ops }, (_, n) => `op ${first + n}`),
  settled: 0,
});

test("only what a handheld saved is a rescue file", () => {
  for (const text of ["", "{}", "[1]", '{"format": "tallyman-queue"}', "%PDF-1.4"]) {
    expect(journalsIn(text)).toBeNull();
  }
  const journal = { device: "d", epoch: 2, first_seq: 7, ops: ["{}"] };
  const file = JSON.stringify({ format: "tallyman-queue", journals: [journal] });
  expect(journalsIn(file)).toEqual([{ device: "d", epoch: 2, first: 7, ops: ["{}"], settled: 0 }]);
});

test("what is settled stays in the file, unless a restored server lacks it", async () => {
  const known = taken([{ duplicate: false, codes: [] }]);
  const plain = desk(({ ops }) => taken(ops.map(() => ({ duplicate: false, codes: [] }))));
  await rescue(plain.rescuer, [{ ...run(8, 3), settled: 6 }]);
  expect(plain.asked.map(({ first_seq }) => first_seq)).toEqual([9]);

  // Its backup ends with number 4.
  const restored = desk(({ first_seq }) =>
    first_seq > 5 && restored.asked.length === 1
      ? refused(409, "sync.sequence_gap", { expected_seq: 5 })
      : known,
  );
  const sum = await rescue(restored.rescuer, [{ ...run(8, 3), settled: 6 }]);
  expect(restored.asked.map(({ first_seq }) => first_seq)).toEqual([9, 5, 6, 7, 8, 9, 10]);
  expect(sum).toMatchObject({ trouble: null, gap: false });
});

test("of a journal that is all settled the last one is shown, to see whether it is known", async () => {
  const { rescuer, asked } = desk(() => taken([{ duplicate: true, codes: [] }]));
  await rescue(rescuer, [{ ...run(4), settled: 4 }]);
  expect(asked.map(({ first_seq }) => first_seq)).toEqual([4]);
});

test("goes in pieces, in order, and goes on where the server stopped", async () => {
  const { rescuer, asked } = desk(({ ops }) =>
    taken(ops.slice(0, 30).map(() => ({ duplicate: false, codes: ["sync.rescued"] }))),
  );
  const sum = await rescue(rescuer, [run(70)]);
  expect(asked.map(({ first_seq }) => first_seq)).toEqual([1, 31, 61]);
  expect(sum).toEqual({ fresh: 70, known: 0, doubtful: 0, trouble: null, gap: false });
});

test("new, known and doubtful ones are told apart", async () => {
  const { rescuer } = desk(() =>
    taken([
      { duplicate: true, codes: ["not_ordered"] },
      { duplicate: false, codes: ["sync.rescued"] },
      { duplicate: false, codes: ["sync.rescued", "not_ordered"] },
    ]),
  );
  expect(await rescue(rescuer, [run(3)])).toMatchObject({ fresh: 2, known: 1, doubtful: 1 });
});

test("what is too large goes in smaller pieces", async () => {
  const { rescuer, asked } = desk(({ ops }) =>
    ops.length > 10
      ? refused(413, "request.too_large")
      : taken(ops.map(() => ({ duplicate: false, codes: [] }))),
  );
  expect((await rescue(rescuer, [run(20)])).fresh).toBe(20);
  expect(asked.at(-1)?.first_seq).toBe(15);
});

test("a gap says what is missing, and the next journal comes in all the same", async () => {
  const { rescuer } = desk(({ first_seq, ops }) =>
    first_seq === 5
      ? refused(409, "sync.sequence_gap", { expected_seq: 3 })
      : taken(ops.map(() => ({ duplicate: false, codes: [] }))),
  );
  const sum = await rescue(rescuer, [run(2, 5), run(4)]);
  expect(sum.fresh).toBe(4);
  expect(sum.trouble && t(sum.trouble, "en")).toBe(
    "Work from number 3 on is missing. Bring its file first.",
  );
});

test("what is missing is given up only when somebody says so, and once", async () => {
  const seen: unknown[] = [];
  const { rescuer } = desk((asked) => {
    const { lost = null } = asked as Asked & { lost?: unknown };
    seen.push(lost);
    return asked.first_seq === 5 && lost === null
      ? refused(409, "sync.sequence_gap", { expected_seq: 3 })
      : taken(asked.ops.map(() => ({ duplicate: false, codes: [] })));
  });
  expect(await rescue(rescuer, [run(60, 5)])).toMatchObject({ fresh: 0, gap: true });
  expect(await rescue(rescuer, [run(60, 5)], true)).toMatchObject({ fresh: 60, gap: false });
  expect(seen).toEqual([null, null, [3, 4], null]);
});
