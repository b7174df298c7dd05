/** Goods under a code nobody knows: taken in as what they are, named later by whoever knows. */
import { say } from "../../words/text.ts";
import { refuse, type Step, stay, type World } from "../flow.ts";
import { type Unknown, unnamed } from "../unnamed.ts";
import { book } from "./book.ts";
import type { Session, State } from "./state.ts";

/** Nothing on a dock is refused; what nobody knows is taken in when it is scanned twice. */
export function receiveUnnamed(before: Session, resolved: Unknown, world: World): Step<State> {
  const { named, code } = resolved;
  if (!named) {
    return refuse<State>({ at: "goods", session: before }, resolved, say("expect.goods"));
  }
  const repeated = before.last?.filling.item === named.id;
  if (before.doubt !== named.id && !repeated) {
    const doubting: State = { at: "goods", session: { ...before, doubt: named.id } };
    return stay(doubting, "caution", say("map.again", { code }));
  }
  return book(before, unnamed(named, resolved, world), null, world);
}
