/** What a picker can say beside picking: short, skip, empty, give back, give me work. */
import { say } from "../../words/text.ts";
import { go, type Step, stay, type World } from "../flow.ts";
import { itemName } from "../goods.ts";
import { onward, type State, stops, strangeAt, taskOf, told, WALK, type Walk } from "./state.ts";

/** Ask for orders; the answer comes with a later pull. */
export function ask(state: Extract<State, { at: "work" }>, world: World): Step<State> {
  if (state.walk.asked !== null && world.outcome(state.walk.asked) === null) {
    return stay(state, "caution", say("pick.waiting"));
  }
  const id = world.newId();
  return {
    state: { ...state, walk: { ...WALK, ...kept(state.walk), asked: id } },
    record: [{ id, kind: "picking.take_work", payload: { orders: state.orders, scans: [] } }],
    feedback: { tone: "step", words: say("pick.asked") },
  };
}

/** The last bin, and what may still stand on the trolley. */
const kept = ({ last, taken }: Walk): Partial<Walk> => ({ last, ...(taken ? { taken } : {}) });

/** Later, but still to be done: the stop goes to the end of the walk. */
export function skip(state: State, world: World): Step<State> {
  if (state.at === "work" || stops(state.walk, world).length < 2) {
    return stay(state, "caution", say("pick.last_stop"));
  }
  const skipped = state.walk.skipped.filter((id) => id !== state.stop.line);
  const rest = stops(state.walk, world).filter((line) => line.id !== state.stop.line);
  const onlySkipped = rest.every((line) => skipped.includes(line.id));
  const walk: Walk = {
    ...state.walk,
    skipped: onlySkipped ? [state.stop.line] : [...skipped, state.stop.line],
  };
  return go(onward(walk, null, world), say("pick.skipped"));
}

/** "Nothing is left here": a blind count of zero, said by the one who took the last. */
export function empty(state: State, world: World): Step<State> {
  const here = state.at === "goods" || state.at === "lot" ? state.from : state.walk.last;
  if (!here) {
    return { state };
  }
  const id = world.newId();
  return {
    state: { ...state, walk: { ...state.walk, last: null } },
    record: [
      {
        id,
        kind: "counting.finish_bin",
        payload: {
          sheet: world.derive(id, "1"),
          place: here.place,
          empty: true,
          scans: [here.scan],
        },
      },
    ],
    feedback: { tone: "ok", words: say("pick.emptied", { code: here.code }) },
  };
}

export function giveBack(state: State, world: World): Step<State> {
  const line = state.at === "work" ? undefined : world.get("pick_line", state.stop.line);
  if (!line) {
    return { state };
  }
  const gone = stops(state.walk, world).filter((stop) => stop.task === line.task);
  const walk: Walk = {
    ...state.walk,
    done: [...state.walk.done, ...gone.map((stop) => stop.id)],
  };
  return {
    state: onward(walk, null, world),
    record: [
      {
        kind: "picking.return_work",
        payload: { task: line.task, scans: [] },
        task: line.task,
        lease: taskOf(line, world)?.lease ?? null,
      },
    ],
    feedback: {
      tone: "ok",
      words: say("pick.given_back", { order: taskOf(line, world)?.order_number ?? "" }),
    },
  };
}

/** The rest of a line is not there: its reason, and on to the next stop; null when the line is gone. */
export function short(
  state: Extract<State, { at: "reason" }>,
  reason: string,
  world: World,
): Step<State> | null {
  const line = world.get("pick_line", state.stop.line);
  if (!line) {
    return null;
  }
  const walk: Walk = {
    ...told(state.walk),
    done: [...state.walk.done, line.id],
    skipped: state.walk.skipped.filter((id) => id !== line.id),
  };
  return {
    state: onward(walk, state.from, world),
    record: [
      {
        kind: "picking.report_short",
        payload: {
          order_line: line.order_line,
          source: state.from?.place ?? line.source,
          missing: state.stop.left,
          reason,
          scans: state.from ? [state.from.scan, ...strangeAt(state.walk, state.from.place)] : [],
        },
        task: line.task,
        lease: taskOf(line, world)?.lease ?? null,
      },
    ],
    feedback: {
      tone: "ok",
      words: say("pick.short_noted", {
        missing: state.stop.left,
        item: itemName(world, line.item),
      }),
    },
  };
}
