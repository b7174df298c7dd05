/** One contradiction: who says what, where it leads, and one tap to decide. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { ago, now } from "../../ui/ago.ts";
import { codeOf, kindOf, tableOf, worded } from "../../words/codes.ts";
import { language, say, type Text, t } from "../../words/text.ts";
import { MapForm } from "../codes/map-form.tsx";
import { Feedback, useActing } from "../now/acting.tsx";
import { addressOf } from "../place.ts";
import type { ExceptionRow, Story } from "../rows.ts";
import { moment } from "../tables/cell.ts";
import { wordOf } from "./resolutions.ts";

const HERE = new Intl.DateTimeFormat().resolvedOptions().timeZone;
/** Told this much later than it happened, it is worth saying. */
const LATE_MS = 60_000;

export function Case({
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
      <p data-test="case-about">
        {row.opened_at === null
          ? null
          : t(say("office.opened", { ago: ago(row.opened_at, now.value) }))}
        {isOverdue(row, now.value) ? <strong> · {t(say("inbox.overdue"))}</strong> : null}
        {" · "}
        {t(worded("role", row.owner))}
      </p>
      {row.lost ? (
        <p class="told" data-test="lost">
          {t(lostWords(row.lost))}
        </p>
      ) : null}
      <ul class="links">
        {row.leads.map(({ table, filters }) => (
          <li key={table}>
            <a href={addressOf(table, filters)} data-test={`to-${table}`}>
              {t(tableOf(table))}
            </a>
          </li>
        ))}
      </ul>
      <div class="stories">
        {row.stories.map((story) => (
          <Told key={story.operation} story={story} />
        ))}
      </div>
      <div class="row">
        {resolutionsOf(row).map((resolution) => (
          <button
            type="button"
            key={resolution}
            data-test={`resolve-${resolution}`}
            onClick={() => (maps(resolution) ? setMapping(!mapping) : onResolve(resolution))}
          >
            {t(wordOf(resolution))}
          </button>
        ))}
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

export const isOverdue = (row: ExceptionRow, at: number): boolean =>
  row.due_at !== null && row.due_at < at;

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
      {story.late_ms < LATE_MS ? null : (
        <p data-test="late">
          {t(say("inbox.late", { minutes: Math.round(story.late_ms / LATE_MS) }))}
        </p>
      )}
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
