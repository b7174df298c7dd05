/** Counts that somebody shall make: asking for one, whom it is offered to, and taking it back. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { named, say, t } from "../words/text.ts";
import "../styles/now.css";
import type { Judge } from "./counts.tsx";
import { FindOne, type Found } from "./now/find-one.tsx";
import type { CountAsked } from "./rows.ts";

export function AskForCount({ judge }: { judge: Judge }): VNode {
  const [place, setPlace] = useState<Found | null>(null);
  return (
    <form
      class="form"
      data-test="ask-count"
      onSubmit={(event) => {
        event.preventDefault();
        if (!place) return;
        judge("counting.ask_for", { place: place.id, note: null });
        setPlace(null);
      }}
    >
      <h2>{t(say("counts.ask_for"))}</h2>
      <div class="row">
        <FindOne
          name="place"
          label={say("counts.place")}
          path="/adjustments/find?what=place&q="
          chosen={place}
          onChoose={setPlace}
        />
        <button type="submit" data-test="ask-for-count" disabled={place === null}>
          {t(say("counts.ask"))}
        </button>
      </div>
    </form>
  );
}

export function AskedFor({ rows, judge }: { rows: readonly CountAsked[]; judge: Judge }): VNode {
  return (
    <section data-test="counts-asked">
      <h2>{t(say("counts.asked"))}</h2>
      <ul class="plain">
        {rows.map((row) => (
          <li key={row.id} class="row" data-test="count-asked">
            <strong>{row.place}</strong>
            <span>{said(row)}</span>
            <button
              type="button"
              class="end"
              data-test="withdraw"
              onClick={() => judge("counting.withdraw", { task: row.id })}
            >
              {t(say("counts.withdraw"))}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

const said = (row: CountAsked): string => {
  const why = t(named(row.why === "recount" ? "count.why_recount" : "count.why_asked"));
  const asked = row.askedBy ? t(say("counts.asked_by", { why, name: row.askedBy })) : why;
  const may = t(row.may > 0 ? say("counts.may", { count: row.may }) : say("counts.nobody"));
  const not =
    row.notFor.length > 0 ? t(say("counts.not_for", { names: row.notFor.join(", ") })) : "";
  return [asked, row.note, may, not].filter(Boolean).join(" · ");
};
