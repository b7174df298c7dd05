/** Who a scan names where a badge is asked for; anything else is said to be wrong. */
import type { Replica } from "../device.ts";
import type { PersonRow } from "../domain/rows.ts";
import { refuse } from "../flows/flow.ts";
import { say, type Text } from "../words/text.ts";

const PREFIX = /^TMB:(?=.)/i;

export interface Badge {
  readonly type: "badge";
  readonly badge: string;
  readonly name: string;
  /** Known in the people list: may start without network. */
  readonly person: string | null;
}

export type Identified = Badge | { readonly type: "wrong"; readonly words: Text };

const known = ({ badge, name, id }: PersonRow): Badge => ({
  type: "badge",
  badge,
  name,
  person: id,
});

/** The prefix alone makes a badge: the server may know people this scanner has not heard of. */
export function badgeIn(data: string, replica: Replica): Identified {
  const text = data.trim();
  const resolved = replica.resolve({ data: text, symbology: null });
  if (resolved.type === "person") {
    return known(resolved.person);
  }
  const code = text.replace(PREFIX, "");
  const person = replica.all("person").find((one) => one.badge === code);
  if (person) {
    return known(person);
  }
  if (PREFIX.test(text)) {
    return { type: "badge", badge: code, name: code, person: null };
  }
  const refused = refuse(null, resolved, say("expect.badge")).feedback;
  return { type: "wrong", words: refused?.words ?? say("login.badge") };
}
