/** Goods under a code nobody knows: handled as what they are, named later by whoever knows. */
import type { Named, Resolved } from "../domain/resolved.ts";
import { say, type Text, named as textOf } from "../words/text.ts";
import { faultWord, refuse, type Step, stay, type World } from "./flow.ts";
import type { Filling } from "./goods.ts";

export type Unknown = Extract<Resolved, { type: "unknown" }>;

/** As many as were scanned; of what, is said by the one who maps the code. */
export const unnamed = (named: Named, { scan }: Unknown, world: World): Filling => ({
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

const again = ({ fault }: Unknown, code: string): Text =>
  fault === undefined
    ? say("map.again_here", { code })
    : say("map.again_faulty", { code, why: textOf(faultWord(fault)) });

/** What nobody knows is taken when it is scanned twice: once may have been a slip of the scanner. */
export function twice<S>(
  state: S,
  resolved: Unknown,
  doubt: string | undefined,
  hands: { readonly doubting: (id: string) => S; readonly taken: (named: Named) => Step<S> },
): Step<S> {
  const { named, code } = resolved;
  if (!named) {
    return refuse(state, resolved, say("expect.goods"));
  }
  return doubt === named.id
    ? hands.taken(named)
    : stay(hands.doubting(named.id), "caution", again(resolved, code));
}
