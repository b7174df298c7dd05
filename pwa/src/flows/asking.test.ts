import { describe, expect, test } from "vitest";
import type { Answer } from "../device.ts";
import { answerTo } from "./asking.ts";
import { memoryDevice } from "./testing/device.ts";

const said = (body: unknown): Answer => ({ ok: true, status: 200, body });
const OFFLINE: Answer = { ok: false, offline: true, problem: null };
const FORBIDDEN: Answer = {
  ok: false,
  offline: false,
  problem: { code: "counting.blind", title: "blind", status: 403 },
};

function asked(answer: Answer) {
  const device = memoryDevice();
  device.answer = answer;
  return device;
}

describe("asking the server", () => {
  test.each([
    [said({ verdict: "forbidden", reason: null }), "forbidden"],
    [said({ verdict: "allowed", reason: null }), "allowed"],
    [said({ verdict: "perhaps" }), "offline"],
    [said(null), "offline"],
    [OFFLINE, "offline"],
    [FORBIDDEN, "offline"],
  ] as const)("a put-away: %o is %s", async (answer, verdict) => {
    const reply = await answerTo({ ask: "check", body: {}, about: "bin" }, asked(answer));

    expect(reply).toEqual({ ask: "check", about: "bin", verdict });
  });

  test("a proposal without a place is none", async () => {
    const answer = said({ place: null, place_code: null, reason: null, alternates: [] });

    const reply = await answerTo({ ask: "propose", body: {}, about: "load" }, asked(answer));

    expect(reply).toMatchObject({ proposal: null });
  });

  test("numbers are shown, refused or out of reach", async () => {
    const items = [{ name: "Tea", lot_code: "L7", status: "damaged", quantity: 3 }];
    const question = { ask: "look_up", kind: "place", about: "bin" } as const;

    expect(await answerTo(question, asked(said({ items })))).toMatchObject({
      found: { state: "known", lines: [["Tea · L7 · damaged", "3"]] },
    });
    expect(await answerTo(question, asked(FORBIDDEN))).toMatchObject({
      found: { state: "not_allowed" },
    });
    expect(await answerTo(question, asked(OFFLINE))).toMatchObject({ found: { state: "offline" } });
  });
});
