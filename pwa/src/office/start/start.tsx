/** From an empty site to the first order: what is there, what is missing, and the way to each. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useDevice } from "../../ui/context.ts";
import { Icon } from "../../ui/icon.tsx";
import { wordOf } from "../../words/bad.ts";
import { named, say, type Text, t } from "../../words/text.ts";
import { goTo } from "../place.ts";
import { saveSite, useAnswer } from "./asking.ts";
import type { Go, Lead } from "./leading.ts";
import { type Start, type Step, start } from "./rows.ts";
import "../../styles/live.css";

interface Way {
  readonly name: string;
  readonly words: Text;
  readonly lead: Lead | "labels are up";
}

const bring = (kind: "items" | "locations" | "people" | "opening-stock"): Way => ({
  name: `import-${kind}`,
  words: say(`start.import.${kind}`),
  lead: { page: "imports", kind },
});

function waysOf(step: Step): readonly Way[] {
  switch (step.step) {
    case "places":
      return [bring("locations")];
    case "items":
      return [bring("items")];
    case "people":
      return [
        bring("people"),
        { name: "pins", words: say("start.pins_do"), lead: { page: "pins" } },
      ];
    case "labels":
      return [
        { name: "labels", words: say("start.labels_do"), lead: { page: "labels" } },
        { name: "labels-up", words: say("start.labels_up"), lead: "labels are up" },
      ];
    case "handhelds":
      return [{ name: "enrol", words: say("start.handhelds_do"), lead: { page: "handhelds" } }];
    case "opening":
      return [
        bring("opening-stock"),
        { name: "opening", words: say("start.opening_do"), lead: { page: "opening" } },
      ];
  }
}

/** The start page; the office shows it first until everything is there. */
const go: Go = (lead) => goTo(lead.page, lead.page === "imports" ? { kind: lead.kind } : {});

export function StartPage(): VNode {
  const device = useDevice();
  const { answer, trouble, refresh } = useAnswer(device.api, "/office/start", start);
  const [said, setSaid] = useState<Text | null>(null);
  const follow = (lead: Way["lead"], site: Start["site"]): void => {
    if (lead !== "labels are up") {
      go(lead);
      return;
    }
    void saveSite(device, site, { labels_up: true }).then((wrong) => {
      setSaid(wrong);
      refresh();
    });
  };
  const wrong = trouble ?? said;
  return (
    <main class="live" data-test="start">
      <p role="status" data-test="feedback">
        {wrong ? t(wrong) : ""}
      </p>
      {answer ? (
        <Steps start={answer} onFollow={(lead) => follow(lead, answer.site)} />
      ) : wrong ? null : (
        <h1>{t(say("office.loading"))}</h1>
      )}
    </main>
  );
}

function Steps({
  start: { done, site, steps },
  onFollow,
}: {
  start: Start;
  onFollow: (lead: Way["lead"]) => void;
}): VNode {
  const next = steps.find((step) => !step.done)?.step;
  const finished = steps.filter((step) => step.done).length;
  return (
    <>
      <h1>{t(say("start.title", { site: site.name }))}</h1>
      <p data-test="progress">
        {t(
          done
            ? say("start.all_done")
            : say("start.progress", { done: finished, of: steps.length }),
        )}
      </p>
      <progress max={steps.length} value={finished} aria-label={t(say("start.tab"))} />
      <ol class="steps">
        {steps.map((step, n) => (
          <li
            key={step.step}
            data-test={`step-${step.step}`}
            data-done={step.done}
            aria-current={step.step === next ? "step" : undefined}
          >
            <span class="mark">{step.done ? <Icon name="check" /> : n + 1}</span>
            <div>
              <h2>{t(named(`start.${step.step}`))}</h2>
              <p>{t(named(`start.${step.step}_why`))}</p>
            </div>
            <p class="state" data-test="state">
              <State step={step} />
            </p>
            <div class="row">
              {waysOf(step).map((way) => (
                <button
                  type="button"
                  key={way.name}
                  data-test={way.name}
                  class={step.step === next ? "main" : ""}
                  onClick={() => onFollow(way.lead)}
                >
                  {t(way.words)}
                </button>
              ))}
            </div>
          </li>
        ))}
      </ol>
    </>
  );
}

function State({ step }: { step: Step }): VNode {
  const missing = step.missing.map((part) =>
    part === "approval" ? say("start.approval") : wordOf("start.missing", part),
  );
  const figures =
    step.of === null
      ? step.count > 0 || step.step === "items"
        ? [say("start.count", { count: step.count })]
        : []
      : [say("start.of", { count: step.count, of: step.of })];
  const words: readonly Text[] = [
    ...figures,
    ...missing,
    ...(step.done && figures.length === 0 ? [say("start.done")] : []),
  ];
  return <>{words.map((word) => t(word)).join(figures.length > 0 ? " · " : " ")}</>;
}
