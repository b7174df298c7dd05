/** Labels: which, on what paper, how they will look, and off to a printer. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useDevice } from "../../ui/context.ts";
import { named, say, type Text, t } from "../../words/text.ts";
import { useAnswer } from "../start/asking.ts";
import { Choose } from "./choose.tsx";
import { NewNumbers } from "./new-numbers.tsx";
import { Paper } from "./paper.tsx";
import { Jobs, PrinterList } from "./printers.tsx";
import { NO_PRINTERS, type Printer, printers } from "./queue-rows.ts";
import { figures, type Offered, offered, query, sheetOf, WISH, type Wish } from "./rows.ts";
import { Send } from "./send.tsx";
import "../../styles/live.css";
import "../../styles/labels.css";

export function LabelsPage(): VNode {
  const device = useDevice();
  const [wish, setWish] = useState<Wish>(WISH);
  const [said, setSaid] = useState<Text | null>(null);
  const [turn, setTurn] = useState(0);
  const kinds = useAnswer(device.api, "/office/labels/kinds", offered);
  const known = useAnswer(device.api, "/office/printers", printers);
  const kind = kinds.answer?.find((one) => one.kind === wish.kind);
  const change = (part: Partial<Wish>): void => {
    setSaid(null);
    setWish((before) => ({ ...before, ...part }));
  };
  const feedback = kinds.trouble ?? said;
  return (
    <main class="live labels" data-test="labels-page">
      <h1>{t(say("labels.title"))}</h1>
      <p role="status" data-test="feedback">
        {feedback ? t(feedback) : ""}
      </p>
      {kind ? (
        <>
          <Choose wish={wish} kind={kind} onWish={change} />
          {wish.kind === "lpn" ? (
            <NewNumbers onGiven={(first, last) => change({ first, last })} />
          ) : null}
          <Outcome
            wish={wish}
            kind={kind}
            printers={known.answer?.printers ?? []}
            onSent={(words) => {
              setSaid(words);
              setTurn((before) => before + 1);
            }}
          />
          <Jobs turn={turn} />
          <PrinterList known={known.answer ?? NO_PRINTERS} onChange={known.refresh} />
        </>
      ) : null}
    </main>
  );
}

interface OutcomeProps {
  readonly wish: Wish;
  readonly kind: Offered;
  readonly printers: readonly Printer[];
  readonly onSent: (said: Text) => void;
}

/** What the choice comes to: figures, the first page, and the ways out. */
function Outcome({ wish, kind, printers: known, onSent }: OutcomeProps): VNode {
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
            <Send wish={wish} kind={kind} printers={known} onSent={onSent} />
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
            key={sheetOf(wish, "svg")}
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
