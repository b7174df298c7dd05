/** Exceptions: both stories side by side, and one tap to decide. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { ago, now } from "../ui/ago.ts";
import { useDevice } from "../ui/context.ts";
import { codeOf, kindOf, worded } from "../words/codes.ts";
import { language, named, say, type Text, t, type Word } from "../words/text.ts";
import { MapForm } from "./codes/map-form.tsx";
import { decide, useList } from "./deciding.ts";
import { Feedback, useActing } from "./now/acting.tsx";
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
  const mapped = (): void => {
    setSaid(say("office.done"));
    refresh();
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
        {row ? <Case key={row.id} row={row} onResolve={resolve} onMapped={mapped} /> : null}
        {rows?.length === 0 ? <p class="calm">{t(say("office.none"))}</p> : null}
      </section>
    </main>
  );
}

function Case({
  row,
  onResolve,
  onMapped,
}: {
  row: ExceptionRow;
  onResolve: (resolution: string) => void;
  onMapped: () => void;
}): VNode {
  const [mapping, setMapping] = useState(false);
  const { said, act } = useActing(() => undefined);
  const maps = (resolution: string): boolean =>
    resolution === "map_barcode" && row.scanned !== null;
  return (
    <>
      <h2>
        {t(codeOf(row.code))} · {row.subject_label}
      </h2>
      {row.opened_at === null ? null : (
        <p>{t(say("office.opened", { ago: ago(row.opened_at, now.value) }))}</p>
      )}
      {row.lost ? (
        <p class="told" data-test="lost">
          {t(lostWords(row.lost))}
        </p>
      ) : null}
      <div class="stories">
        {row.stories.map((story) => (
          <Told key={story.operation} story={story} />
        ))}
      </div>
      <div class="row">
        {resolutionsOf(row).map((resolution) => {
          const word = RESOLUTIONS[resolution];
          return (
            <button
              type="button"
              key={resolution}
              data-test={`resolve-${resolution}`}
              onClick={() => (maps(resolution) ? setMapping(!mapping) : onResolve(resolution))}
            >
              {word ? t(named(word)) : resolution}
            </button>
          );
        })}
      </div>
      {mapping ? (
        <div class="now" data-test="mapping">
          <Feedback said={said} trouble={null} />
          <MapForm code={row.scanned} act={act} onDone={onMapped} />
        </div>
      ) : null}
    </>
  );
}

function lostWords({ atLeast, since }: NonNullable<ExceptionRow["lost"]>): Text {
  if (since === null) return say("office.gap", { count: atLeast });
  const time = local(since);
  return atLeast > 0
    ? say("office.gap_since", { count: atLeast, time })
    : say("office.gap_open", { time });
}

/** An item that is not known by its id has no code that could be mapped. */
const resolutionsOf = (row: ExceptionRow): readonly string[] =>
  row.resolutions.filter((one) => one !== "map_barcode" || row.scanned !== null);

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
