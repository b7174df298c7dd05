/** A rescue file of a story that the server knows otherwise: it comes in beside it, and once. */
import { beforeEach, describe, expect, test } from "vitest";
import { read } from "../../domain/envelope.ts";
import type { Handheld } from "../../handheld.ts";
import { Floor } from "../../testing/floor.ts";
import { written } from "../../testing/queue.ts";
import { journalsIn, rescue } from "./rescuing.ts";

const LOST = "018f5c1e-7b1a-7c33-8000-0000000000d7";

let floor: Floor;
let device: Handheld;
let known: readonly string[];
let told: readonly string[];
let ours: readonly string[];

const idsOf = (texts: readonly string[]) => texts.map((text) => read(text).id);

/** Three were known to both; then a restored image told two, and what is in the file tells four. */
beforeEach(async () => {
  floor = new Floor();
  device = await floor.atWork();
  known = written(LOST, 3);
  told = written(LOST, 2, known);
  ours = written(LOST, 4, known);
  const ops = told.map((text) => ({ text, commit: ++floor.server.commit }));
  floor.server.former.set(LOST, new Map([[1, { ops }]]));
  floor.server.questions.length = 0;
});

function file(settled = 0, ops = ours) {
  const journals = [{ device: LOST, epoch: 1, first_seq: 1, ops, settled }];
  return journalsIn(JSON.stringify({ format: "tallyman-queue", journals })) ?? [];
}

const rotations = () => floor.server.questions.filter(({ path }) => path === "/sync/rotate");
const everything = () => [...idsOf(told), ...idsOf(ours.slice(3))];

describe("a file of a forked journal", () => {
  test("goes on in a journal of its own from where it differs", async () => {
    const sum = await rescue(device, file());

    expect(sum).toMatchObject({ fresh: 4, known: 3, trouble: null });
    expect(floor.server.applied()).toEqual(everything());
    expect(rotations().map(({ body }) => body)).toMatchObject([
      { device: LOST, from_epoch: 1, reason: "clone", lost: null },
    ]);
  });

  test("brought in twice is known", async () => {
    await rescue(device, file());
    const again = await rescue(device, file());

    expect(again).toMatchObject({ fresh: 0, known: 7, trouble: null });
    expect(floor.server.rotations.size).toBe(1);
    expect(floor.server.applied()).toEqual(everything());
  });

  test.each([
    ["/sync/rotate", 1],
    ["/sync/rescue", 1],
    ["/sync/rescue", 2],
    ["/sync/rescue", 3],
    ["/sync/rescue", 4],
  ])("comes in once though an answer to %s, the %i., was lost", async (path, nth) => {
    let answers = 0;
    floor.server.lost = (question) => question.path === path && ++answers === nth;
    for (let n = 0; n < 3; n++) await rescue(device, file());

    expect(floor.server.rotations.size).toBe(1);
    expect(floor.server.applied()).toEqual(everything());
  });

  test("of which what is settled is no longer there", async () => {
    const sum = await rescue(device, file(6));

    expect(sum.trouble).toBeNull();
    expect(floor.server.applied()).toEqual(everything());
  });

  test("and another one of the same numbers are two stories", async () => {
    const others = written(LOST, 1, known);
    await rescue(device, file());
    await rescue(device, file(0, others));

    expect(floor.server.rotations.size).toBe(2);
    expect(floor.server.applied()).toEqual([...everything(), ...idsOf(others.slice(3))]);
  });

  test("stays a file where the server does not number one", async () => {
    floor.server.fault = ({ path }) =>
      path === "/sync/rotate"
        ? { status: 403, body: { code: "device.revoked" }, retryAfter: null }
        : undefined;
    expect((await rescue(device, file())).trouble).not.toBeNull();

    floor.server.fault = () => undefined;
    expect(await rescue(device, file())).toMatchObject({ fresh: 4, trouble: null });
  });
});
