/** Corrections of stock: what waits for a second person, what was posted, and a new one. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { named, say, t, type Word } from "../../words/text.ts";
import "../../styles/now.css";
import { type Act, Feedback, useActing } from "./acting.tsx";
import { since } from "./age.ts";
import { Correct } from "./correct.tsx";
import { type Correction, corrections } from "./correction-rows.ts";
import { useLive } from "./live.ts";

const KIND: Readonly<Record<Correction["kind"], Word>> = {
  adjust: "adjust.new",
  scrap: "adjust.scrap",
  found: "adjust.found",
};

export function AdjustmentsPage(): VNode {
  const waiting = useLive("/adjustments?state=requested", corrections);
  const posted = useLive("/adjustments?state=posted&limit=20", corrections);
  const [open, setOpen] = useState(false);
  const { said, act } = useActing(() => {
    waiting.refresh();
    posted.refresh();
  });
  return (
    <main class="now" data-test="adjustments">
      <div class="row">
        <h1>{t(say("adjust.waiting"))}</h1>
        <Feedback said={said} trouble={waiting.trouble} />
        <button
          type="button"
          class="end primary"
          data-test="correct"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {t(say("adjust.new"))}
        </button>
      </div>
      {open ? <Correct act={act} onDone={() => setOpen(false)} /> : null}
      {waiting.value?.length === 0 ? <p class="calm">{t(say("adjust.none"))}</p> : null}
      {waiting.value?.map((row) => (
        <Case key={row.id} row={row} act={act} />
      ))}
      {posted.value && posted.value.length > 0 ? <History rows={posted.value} /> : null}
    </main>
  );
}

const signed = (change: number): string => (change > 0 ? `+${change}` : `−${-change}`);

function Case({ row, act }: { row: Correction; act: Act }): VNode {
  const decide = (kind: "stock.approve_adjustment" | "stock.reject_adjustment"): void => {
    void act(kind, { adjustment: row.id, note: null });
  };
  const worth = row.value === null ? null : t(say("adjust.worth", { value: row.value }));
  const facts = [row.place, row.lot, t({ words: row.reason }), worth, row.note];
  return (
    <article data-test="adjustment">
      <h2>
        {t(named(KIND[row.kind]))}: {signed(row.change)} × {row.item}
      </h2>
      <p>{facts.filter(Boolean).join(" · ")}</p>
      <p>{t(say("adjust.by", { name: row.askedBy ?? "–", ago: since(row.askedAt) }))}</p>
      <div class="row">
        {row.mine ? (
          <p>{t(say("adjust.own"))}</p>
        ) : (
          <button
            type="button"
            class="primary"
            data-test="approve"
            onClick={() => decide("stock.approve_adjustment")}
          >
            {t(say("acting.approve"))}
          </button>
        )}
        <button type="button" data-test="reject" onClick={() => decide("stock.reject_adjustment")}>
          {t(say(row.mine ? "acting.take_back" : "acting.reject"))}
        </button>
      </div>
    </article>
  );
}

function History({ rows }: { rows: readonly Correction[] }): VNode {
  return (
    <section>
      <h2>{t(say("adjust.history"))}</h2>
      <table data-test="posted">
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td class="figure">
                <strong>{signed(row.change)}</strong>
              </td>
              <td>{row.item}</td>
              <td>{row.place}</td>
              <td>{t({ words: row.reason })}</td>
              <td>{[row.askedBy, row.decidedBy].filter(Boolean).join(" → ")}</td>
              <td>{t(since(row.askedAt))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
