/** Counts that somebody shall make: asking for one, whom it is offered to, and taking it back. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { whyAsked } from "../flows/count/offers.ts";
import { say, t } from "../words/text.ts";
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
      <h2 class="wide">{t(say("counts.ask_for"))}</h2>
      <FindOne
        name="place"
        label={say("counts.place")}
        path="/adjustments/find?what=place&q="
        chosen={place}
        onChoose={setPlace}
      />
      <div class="row wide">
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
      <table>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} data-test="count-asked">
              <td class="number">
                <strong>{row.place}</strong>
              </td>
              <td>{why(row)}</td>
              <td>{offered(row)}</td>
              <td>
                <div class="row">
                  <button
                    type="button"
                    data-test="withdraw"
                    onClick={() => judge("counting.withdraw", { task: row.id })}
                  >
                    {t(say("counts.withdraw"))}
                  </button>
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const why = (row: CountAsked): string => {
  const reason = t(whyAsked(row.why));
  const asked = row.askedBy
    ? t(say("counts.asked_by", { why: reason, name: row.askedBy }))
    : reason;
  return [asked, row.note].filter(Boolean).join(" · ");
};

const offered = (row: CountAsked): string => {
  const may = t(row.may > 0 ? say("counts.may", { count: row.may }) : say("counts.nobody"));
  const not = row.notFor.join(", ");
  return not === "" ? may : `${may} · ${t(say("counts.not_for", { names: not }))}`;
};
