/** A bin for the load in hand: whether it may be, and the fact that it is. */
import type { Scan } from "../../domain/operation.ts";
import type { LocationRow } from "../../domain/rows.ts";
import { say, type Text } from "../../words/text.ts";
import { type Step, stay, type Verdict, type World } from "../flow.ts";
import { carry, loadName, singly } from "../load.ts";
import type { Carrying, State } from "./state.ts";

/** What a bin's own master data forbids, online or not. */
export function barred(bin: LocationRow): Text | null {
  if (bin.blocked) {
    return say("putaway.blocked", { code: bin.code });
  }
  switch (bin.kind) {
    case "bin":
    case "pick_face":
    case "reserve":
    case "quarantine":
      return null;
    case "dock":
    case "stage":
    case "pack":
    case "suspense":
    case "virtual":
      return say("putaway.not_a_bin", { code: bin.code });
  }
}

export function stored(
  state: Extract<State, { at: "bin" }>,
  bin: LocationRow,
  scan: Scan,
  world: World,
  tone: "ok" | "caution" = "ok",
): Step<State> {
  const words = { load: loadName(state.load, world), code: bin.code };
  return {
    state: { at: "load", stored: state.stored + 1 },
    record: singly(state.load).map((load) => ({
      kind: "putaway.put_away",
      payload: carry(load, state.source, bin, [scan]),
      task: state.task ?? null,
    })),
    feedback: {
      tone,
      words: tone === "ok" ? say("putaway.stored", words) : say("putaway.stored_unchecked", words),
    },
  };
}

/** A bin other than the proposed one counts at its second scan; a free choice counts at once. */
export function judged(
  state: Extract<State, { at: "bin" }>,
  { place: target, scan, again }: NonNullable<Carrying["checking"]>,
  verdict: Verdict,
  world: World,
): Step<State> {
  const bin = world.get("location", target);
  const settled = { ...state, checking: null };
  if (!bin) {
    return { state: settled };
  }
  const { code } = bin;
  const free = !state.proposal?.place;
  switch (verdict) {
    case "forbidden":
      return stay(settled, "wrong", say("putaway.forbidden", { code }));
    case "allowed":
      return free || again
        ? stored(settled, bin, scan, world)
        : stay({ ...settled, doubt: bin.id }, "caution", say("putaway.other_bin", { code }));
    case "confirm":
      return again
        ? stored(settled, bin, scan, world)
        : stay({ ...settled, doubt: bin.id }, "caution", say("putaway.unusual", { code }));
    case "offline":
      return free || again
        ? stored(settled, bin, scan, world, "caution")
        : stay({ ...settled, doubt: bin.id }, "caution", say("putaway.not_checked", { code }));
  }
}
