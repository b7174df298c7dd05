/** What is not coming: said once a line, with its reason. */
import { say } from "../../words/text.ts";
import { go, type Step, stay, type World } from "../flow.ts";
import { itemName } from "../goods.ts";
import { type Session, type State, shortable } from "./state.ts";

export function short(before: Session, lineId: string, reason: string, world: World): Step<State> {
  const line = world.get("po_line", lineId);
  const missing = line ? Math.max(0, (line.ordered ?? 0) - (line.received ?? 0)) : 0;
  if (!line || missing === 0) {
    return { state: { at: "goods", session: before } };
  }
  return {
    state: { at: "goods", session: { ...before, last: null } },
    record: [
      {
        kind: "receiving.report_short",
        payload: { po_line: line.id, asn_line: null, missing, reason, scans: [] },
      },
    ],
    feedback: {
      tone: "ok",
      words: say("receive.short_noted", { missing, item: itemName(world, line.item) }),
    },
  };
}

/** The line in hand, or the only one that is open, needs no choice: its reason is the next tap. */
export function reportShort(state: State, before: Session, world: World): Step<State> {
  const lines = before.po === null ? [] : shortable(before.po, world);
  const line = lines.find(({ id }) => id === before.last?.line) ?? lines[0];
  if (!line) {
    return stay(state, "caution", say("receive.nothing_short"));
  }
  return lines.length === 1 || line.id === before.last?.line
    ? go({ at: "short_reason", session: before, line: line.id }, say("receive.short_reason"))
    : go({ at: "short", session: before }, say("receive.which_short"));
}
