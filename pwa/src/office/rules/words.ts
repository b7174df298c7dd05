/** Limits and who decided them, in words. */
import { language, say, type Text } from "../../words/text.ts";
import { day } from "../tables/cell.ts";
import type { Changed, Rules } from "./rows.ts";

export const changedWords = (changed: Changed | null): Text => {
  if (changed === null) return say("rules.default");
  const day = new Intl.DateTimeFormat(language.value, { dateStyle: "medium" }).format(changed.at);
  return changed.by === null
    ? say("rules.since", { day })
    : say("rules.since_by", { day, name: changed.by });
};

export function limitWords({ pieces, value }: Pick<Rules["limit"], "pieces" | "value">): Text {
  if (pieces === null) {
    return value === null ? say("adjust.no_limit") : say("rules.limit_value", { value });
  }
  return value === null
    ? say("adjust.limit", { limit: pieces })
    : say("rules.limit_both", { pieces, value });
}

export const toleranceWords = ({ pieces, percent }: Rules["tolerance"]): Text =>
  pieces === 0 && percent === 0
    ? say("rules.tolerance_none")
    : say("rules.tolerance", { pieces, percent });

export const booksWords = ({ firstDay }: Rules["books"]): Text =>
  firstDay === null
    ? say("books.open")
    : say("books.closed", { first: day(firstDay, language.value) });
