/** Exceptions: both stories side by side, and one tap to decide. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { ago, now } from "../ui/ago.ts";
import { useDevice } from "../ui/context.ts";
import { codeOf, kindOf, worded } from "../words/codes.ts";
import { language, named, say, type Text, t, type Word } from "../words/text.ts";
import { decide, useList } from "./deciding.ts";
import { addressOf } from "./place.ts";
import { type ExceptionRow, exceptionRow, type Story } from "./rows.ts";
import { moment } from "./tables/cell.ts";

const HERE = new Intl.DateTimeFormat().resolvedOptions().timeZone;
const RESOLUTIONS: Readonly<Record<string, Word>> = {
  accept: "resolve.accept",
  recount: "resolve.recount",
  put_back: "resolve.put_back",
  map_barcode: "resolve.map_barcode",
  reapply: "resolve.reapply",
  relocate: "resolve.relocate",
  void: "resolve.void",
};

export function Inbox(): VNode {
  const device = useDevice();
  const { rows, trouble, refresh } = useList(device.api, "/exceptions?state=open", exceptionRow);
  const [chosen, setChosen] = useState<string | null>(null);
  const [said, setSaid] = useState<Text | null>(null);
  const row = rows?.find((candidate) => candidate.id === chosen) ?? rows?.[0] ?? null;
  const resolve = (resolution: string): void => {
    if (row) {
      const payload = { exception: row.id, resolution, note: null };
      void decide(device, "exceptions.resolve", payload).then((words) => {
        setSaid(words);
        refresh();
      });
    }
  };
  return (
    <main class="desk">
      <section class="cases" aria-label={t(say("office.exceptions"))}>
        <h1>{t(say("office.exceptions"))}</h1>
        <p>{trouble ? t(trouble) : t(say("office.waiting", { count: rows?.length ?? 0 }))}</p>
        <button type="button" data-test="refresh" onClick={refresh}>
          {t(say("office.refresh"))}
        </button>
        <ul data-test="exceptions">
          {rows?.map((one) => (
            <li key={one.id}>
              <button
                type="button"
                data-test="exception"
                data-code={one.code}
                aria-pressed={one.id === row?.id}
                onClick={() => setChosen(one.id)}
              >
                <strong>{t(codeOf(one.code))}</strong>
                <span>{one.subject_label}</span>
              </button>
            </li>
          ))}
        </ul>
      </section>
      <section>
        <p role="status" data-test="feedback">
          {said ? t(said) : ""}
        </p>
        {row ? <Case row={row} onResolve={resolve} /> : null}
        {rows?.length === 0 ? <p class="calm">{t(say("office.none"))}</p> : null}
      </section>
    </main>
  );
}

function Case({
  row,
  onResolve,
}: {
  row: ExceptionRow;
  onResolve: (resolution: string) => void;
}): VNode {
  return (
    <>
      <h2>
        {t(codeOf(row.code))} · {row.subject_label}
      </h2>
      {row.opened_at === null ? null : (
        <p>{t(say("office.opened", { ago: ago(row.opened_at, now.value) }))}</p>
      )}
      <div class="stories">
        {row.stories.map((story) => (
          <Told key={story.operation} story={story} />
        ))}
      </div>
      <div class="row">
        {row.resolutions.map((resolution) => {
          const word = RESOLUTIONS[resolution];
          return (
            <button
              type="button"
              key={resolution}
              data-test={`resolve-${resolution}`}
              onClick={() => onResolve(resolution)}
            >
              {word ? t(named(word)) : resolution}
            </button>
          );
        })}
      </div>
    </>
  );
}

const local = (instant: number | null): string =>
  instant === null ? "–" : moment(instant, { timeZone: HERE, tongue: language.value });

function Told({ story }: { story: Story }): VNode {
  return (
    <article data-test="story" data-operation={story.operation}>
      <h3>{t(say("office.story", { device: worded("at", story.device_label) }))}</h3>
      <p class="told">{t(kindOf(story.kind))}</p>
      {story.words.map((line) => (
        <p key={line}>{line}</p>
      ))}
      <p>{story.actor_name}</p>
      <p>{t(say("office.effective", { time: local(story.eff_at) }))}</p>
      <p>{t(say("office.recorded", { time: local(story.recorded_at) }))}</p>
      <p>
        <a
          href={addressOf("operations", {
            operation: story.operation,
            row: `${story.commit_seq ?? ""}`,
          })}
          data-test="to-operation"
        >
          {t(say("office.scans"))}
        </a>
      </p>
      {story.codes.length > 0 ? (
        <p>{story.codes.map((code) => t(codeOf(code))).join(", ")}</p>
      ) : null}
    </article>
  );
}
