/** Counts that somebody asked for, as far as they are for whoever works here. */
import { say, type Text } from "../../words/text.ts";
import type { World } from "../flow.ts";

export interface Offer {
  readonly task: string;
  readonly place: string;
  readonly code: string;
  readonly why: Text;
}

/** Why somebody wants it counted, in words. */
export const whyAsked = (why: string): Text => {
  if (why === "lost") return say("count.why_lost");
  return say(why === "recount" ? "count.why_recount" : "count.why_asked");
};

export function offersTo(world: Pick<World, "get" | "all" | "me">): readonly Offer[] {
  const me = world.me();
  return world
    .all("count_task")
    .filter((row) => me === null || !row.not_for.includes(me))
    .flatMap((row) => {
      const place = world.get("location", row.place);
      const why = whyAsked(row.why);
      return place ? [{ task: row.id, place: place.id, code: place.code, why }] : [];
    })
    .toSorted((one, other) => one.code.localeCompare(other.code));
}
