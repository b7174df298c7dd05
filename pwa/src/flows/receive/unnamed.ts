/** Goods under a code nobody knows: taken in as what they are, named later by whoever knows. */
import type { Named, Resolved } from "../../domain/resolved.ts";
import { say } from "../../words/text.ts";
import { refuse, type Step, stay, type World } from "../flow.ts";
import type { Filling } from "../goods.ts";
import { book } from "./book.ts";
import type { Session, State } from "./state.ts";

type Unknown = Extract<Resolved, { type: "unknown" }>;

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
  return book(before, filled(named, resolved, world), null, world);
}

/** As many as were scanned; of what, is said by the one who maps the code. */
const filled = (named: Named, { scan }: Unknown, world: World): Filling => ({
  item: named.id,
  unnamed: named.code,
  packaging: null,
  quantity: 1,
  lot: named.lotCode === null ? null : world.derive(named.id, named.lotCode),
  lotCode: named.lotCode,
  expiry: named.expiry,
  serial: named.serialCode === null ? null : world.derive(named.id, named.serialCode),
  scans: [scan],
});
