/** A file coming in: how far it is, and in the end what went in and what did not. */
import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useDevice } from "../../ui/context.ts";
import { badOf, wordOf } from "../../words/bad.ts";
import { say, t } from "../../words/text.ts";
import { type Brought, brought } from "./rows.ts";

const LOOK_AGAIN_MS = 600;

export function Outcome({
  brought: begun,
  onAgain,
  onBack,
}: {
  brought: Brought;
  onAgain: () => void;
  onBack: (() => void) | undefined;
}): VNode {
  const device = useDevice();
  const [now, setNow] = useState(begun);
  const over = now.state === "done" || now.state === "failed";
  const id = begun.id;
  useEffect(() => {
    if (over) {
      return;
    }
    const look = setInterval(() => {
      void device.api.get(`/office/imports/${id}`).then((answer) => {
        if (answer.ok) {
          setNow(brought(answer.body));
        }
      });
    }, LOOK_AGAIN_MS);
    return () => clearInterval(look);
  }, [device, id, over]);
  return (
    <section data-test="outcome" data-state={now.state}>
      <h2>
        {t(wordOf("imports.kind", now.kind))} · {now.name}
      </h2>
      <p class="told" data-test="state">
        {t(now.problem ? badOf(now.problem) : wordOf("imports.state", now.state))}
      </p>
      {over ? (
        <Figures now={now} />
      ) : (
        <>
          <progress
            max={Math.max(now.total, 1)}
            value={now.read}
            aria-label={t(say("imports.state.running"))}
          />
          <p>{t(say("imports.running", { read: now.read, total: now.total }))}</p>
        </>
      )}
      {over ? (
        <div class="row">
          {onBack ? (
            <button type="button" class="main" data-test="back-to-start" onClick={onBack}>
              {t(say("imports.go_on"))}
            </button>
          ) : null}
          <button type="button" class={onBack ? "" : "main"} data-test="another" onClick={onAgain}>
            {t(say("imports.again"))}
          </button>
          {now.bad > 0 ? (
            <a
              class="button"
              data-test="bad-rows"
              href={`/api/v1/office/imports/${now.id}/bad-rows`}
            >
              {t(say("imports.bad_rows"))}
            </a>
          ) : null}
        </div>
      ) : null}
    </section>
  );
}

function Figures({ now }: { now: Brought }): VNode {
  return (
    <>
      <p>
        <strong data-test="good">{t(say("imports.good", { count: now.good }))}</strong>
        {" · "}
        <strong data-test="bad">{t(say("imports.bad", { count: now.bad }))}</strong>
      </p>
      <ul>
        {now.problems.map(([code, times]) => (
          <li key={code}>
            {times} × {t(badOf(code))}
          </li>
        ))}
      </ul>
    </>
  );
}
