/** One operation: which scans, by whom, on what, and when in both times. */
import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useDevice } from "../../ui/context.ts";
import { kindOf, worded } from "../../words/codes.ts";
import { say, type Text, t } from "../../words/text.ts";
import { troubleOf } from "../deciding.ts";
import { type Body, body, list, maybe, number, text } from "../rows.ts";
import { moment } from "./cell.ts";
import type { RowProps } from "./drawer.tsx";

interface Told {
  readonly words: readonly string[];
  readonly scans: readonly { readonly data: string; readonly symbology: string | null }[];
  readonly effective: number | null;
  readonly recorded: number | null;
  readonly uncertain: number;
  readonly voided: boolean;
  readonly person: string | null;
  readonly device: string;
}

const told = (value: unknown): Told => {
  const one: Body = body(value);
  return {
    words: list(one.words).map(text),
    scans: list(one.scans).map((scan) => ({
      data: text(body(scan).data),
      symbology: maybe(body(scan).symbology),
    })),
    effective: number(one.eff_at),
    recorded: number(one.recorded_at),
    uncertain: number(one.uncertain_ms) ?? 0,
    voided: maybe(one.voided_by) !== null,
    person: maybe(one.actor_name),
    device: text(one.device_label),
  };
};

/** Nobody has to explain a doubt of less than a minute. */
const DOUBT_MS = 60_000;

export function Story({ row, reading }: RowProps): VNode {
  const { api } = useDevice();
  const [story, setStory] = useState<Told | null>(null);
  const [trouble, setTrouble] = useState<Text | null>(null);
  const operation = text(row.operation);
  useEffect(() => {
    if (operation === "") return;
    void api.get(`/office/operations/${operation}`).then((answer) => {
      setTrouble(answer.ok ? null : troubleOf(answer));
      if (answer.ok) setStory(told(answer.body));
    });
  }, [api, operation]);
  if (!story) {
    return <p role="status">{t(trouble ?? say("office.loading"))}</p>;
  }
  const at = (instant: number | null): string =>
    instant === null ? "–" : moment(instant, reading);
  return (
    <article class="story" data-test="whole-story">
      <h3>{t(kindOf(text(row.kind)))}</h3>
      {story.words.map((line) => (
        <p key={line}>{line}</p>
      ))}
      <p>{[story.person, t(worded("at", story.device))].filter(Boolean).join(" · ")}</p>
      <p>{t(say("office.effective", { time: at(story.effective) }))}</p>
      <p>{t(say("office.recorded", { time: at(story.recorded) }))}</p>
      {story.uncertain > DOUBT_MS ? (
        <p>{t(say("office.uncertain", { minutes: Math.ceil(story.uncertain / 60_000) }))}</p>
      ) : null}
      {story.voided ? <p class="mark">{t(say("office.voided"))}</p> : null}
      <h3>{t(say("office.scans"))}</h3>
      {story.scans.length === 0 ? <p>{t(say("office.no_scans"))}</p> : null}
      <ol class="scans">
        {story.scans.map(({ data, symbology }, n) => (
          <li key={n} data-test="scan">
            <code>{readable(data)}</code> {symbology === null ? "" : <small>{symbology}</small>}
          </li>
        ))}
      </ol>
    </article>
  );
}

/** Separators between the elements of a scan have no shape of their own. */
const readable = (data: string): string => data.replaceAll("\u001d", "⎵");
