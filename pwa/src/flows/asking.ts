/** Online questions of a flow: an answer within a second, or work goes on without one. */
import type { Answer, Device } from "../device.ts";
import type { Found, Proposal, Question, Reply, Verdict } from "./flow.ts";

const PATIENCE_MS = 1000;

const UNANSWERED: Answer = { ok: false, offline: true, problem: null };

const patient = (answer: Promise<Answer>): Promise<Answer> =>
  Promise.race([
    answer,
    new Promise<Answer>((resolve) => setTimeout(resolve, PATIENCE_MS, UNANSWERED)),
  ]);

export async function answerTo(question: Question, device: Device): Promise<Reply> {
  const { about } = question;
  switch (question.ask) {
    case "check":
      return {
        ask: "check",
        about,
        verdict: verdict(await patient(device.api.post("/putaway/check", question.body))),
      };
    case "propose":
      return {
        ask: "propose",
        about,
        proposal: proposal(await patient(device.api.post("/putaway/propose", question.body))),
      };
    case "look_up": {
      const asked = `/stock?${question.kind}=${encodeURIComponent(about)}&limit=20`;
      const answer = await patient(device.api.get(asked));
      return { ask: "look_up", about, found: found(answer, question.kind) };
    }
  }
}

const record = (body: unknown): Readonly<Record<string, unknown>> =>
  typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};

const VERDICTS: readonly string[] = ["allowed", "confirm", "forbidden"];

/** No answer, or one nobody understands, is "not checked", never "allowed". */
function verdict(answer: Answer): Verdict {
  const said = answer.ok ? record(answer.body).verdict : null;
  return typeof said === "string" && VERDICTS.includes(said) ? (said as Verdict) : "offline";
}

function proposal(answer: Answer): Proposal | null {
  const { place, reason, alternates } = record(answer.ok ? answer.body : null);
  if (typeof place !== "string") {
    return null;
  }
  const { words } = record(reason);
  return {
    place,
    reason: words === undefined ? null : { words: words as Readonly<Record<string, string>> },
    alternates: Array.isArray(alternates)
      ? alternates.filter((one) => typeof one === "string")
      : [],
  };
}

/** What stands in a place, or where an item stands; the server decides who may know. */
function found(answer: Answer, kind: "place" | "item"): Found {
  if (!answer.ok) {
    return { state: answer.offline ? "offline" : "not_allowed" };
  }
  const { items } = record(answer.body);
  const rows = Array.isArray(items) ? items.map(record) : [];
  return { state: "known", lines: rows.map((row) => line(row, kind)) };
}

function line(
  row: Readonly<Record<string, unknown>>,
  kind: "place" | "item",
): readonly [string, string] {
  const parts = [kind === "place" ? row.name : row.place_code, row.lpn_code, row.lot_code];
  const status = row.status === "available" ? [] : [row.status];
  const label = [...parts, ...status].filter((part) => typeof part === "string" && part !== "");
  return [label.join(" · "), `${String(row.quantity ?? "")}`];
}
