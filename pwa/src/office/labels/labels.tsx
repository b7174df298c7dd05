/** Labels: which, on what paper, how they will look, and off to a printer. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useDevice } from "../../ui/context.ts";
import { named, say, type Text, t } from "../../words/text.ts";
import { useAnswer } from "../start/asking.ts";
import { Choose } from "./choose.tsx";
import { Paper } from "./paper.tsx";
import { figures, offered, query, sheetOf, WISH, type Wish } from "./rows.ts";
import "../../styles/live.css";
import "../../styles/labels.css";

export function LabelsPage(): VNode {
  const device = useDevice();
  const [wish, setWish] = useState<Wish>(WISH);
  const kinds = useAnswer(device.api, "/office/labels/kinds", offered);
  const kind = kinds.answer?.find((one) => one.kind === wish.kind);
  return (
    <main class="live labels" data-test="labels-page">
      <h1>{t(say("labels.title"))}</h1>
      <p role="status" data-test="feedback">
        {kinds.trouble ? t(kinds.trouble) : ""}
      </p>
      {kind ? (
        <>
          <Choose
            wish={wish}
            kind={kind}
            onWish={(change) => setWish((before) => ({ ...before, ...change }))}
          />
          <Outcome wish={wish} />
        </>
      ) : null}
    </main>
  );
}

/** What the choice comes to: figures, the first page, and the ways out. */
function Outcome({ wish }: { wish: Wish }): VNode {
  const device = useDevice();
  const asked = `/office/labels?${query(wish, { kind: wish.kind })}`;
  const { answer, trouble } = useAnswer(device.api, asked, figures);
  const nothing = answer === null || answer.labels === 0;
  return (
    <section class="outcome">
      <p role="status" data-test="labels-count">
        {t(trouble ?? words(answer, wish))}
      </p>
      {nothing || trouble ? null : (
        <>
          <div class="row">
            <Paper wish={wish} pages={answer.pages} />
            <a
              class="button"
              data-test="open-pdf"
              href={sheetOf(wish, "pdf")}
              target="_blank"
              rel="noopener"
            >
              {t(say("labels.pdf"))}
            </a>
          </div>
          <img
            class="preview"
            data-test="preview"
            src={sheetOf(wish, "svg")}
            alt={t(say("labels.preview", { first: answer.first }))}
          />
        </>
      )}
    </section>
  );
}

function words(answer: ReturnType<typeof figures> | null, wish: Wish): Text {
  if (answer === null) return say("office.loading");
  if (answer.labels === 0) return named(wish.first === "" ? "labels.which" : "labels.none");
  const { labels, pages, first, last } = answer;
  return first === last
    ? say("labels.one", { first, pages, copies: wish.copies })
    : say("labels.many", { labels, pages, first, last });
}
