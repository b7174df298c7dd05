/** Counts to judge: what was counted, what the book said, what that makes, and who counts again. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useDevice } from "../ui/context.ts";
import { worded } from "../words/codes.ts";
import { say, type Text, t } from "../words/text.ts";
import { AskedFor, AskForCount } from "./counts-asked.tsx";
import { Certainty, HowComplete } from "./counts-complete.tsx";
import { decide, useList } from "./deciding.ts";
import { type CountLine, countAsked, type Sheet, sheet } from "./rows.ts";

export type Verdict = Extract<Parameters<typeof decide>[1], `counting.${string}`>;
export type Judge = (kind: Verdict, payload: Readonly<Record<string, unknown>>) => void;

export function Counts(): VNode {
  const device = useDevice();
  const sheets = useList(device.api, "/counts?state=finished", sheet);
  const asked = useList(device.api, "/counts/asked", countAsked);
  const [said, setSaid] = useState<Text | null>(null);
  const trouble = sheets.trouble ?? asked.trouble;
  const refresh = (): void => {
    sheets.refresh();
    asked.refresh();
  };
  const judge: Judge = (kind, payload) => {
    void decide(device, kind, payload).then((words) => {
      setSaid(words);
      refresh();
    });
  };
  return (
    <main class="now counts">
      <div class="row">
        <h1>{t(say("office.counts"))}</h1>
        <p role="status" data-test="feedback">
          {trouble ? t(trouble) : said ? t(said) : ""}
        </p>
        <button type="button" class="end" data-test="refresh" onClick={refresh}>
          {t(say("office.refresh"))}
        </button>
      </div>
      <HowComplete asked={sheets.rows} />
      <Close rows={sheets.rows ?? []} judge={judge} />
      {sheets.rows?.length === 0 ? <p class="calm">{t(say("office.no_counts"))}</p> : null}
      {sheets.rows?.map((row) => (
        <Counted key={row.id} row={row} judge={judge} />
      ))}
      <AskForCount judge={judge} />
      {asked.rows && asked.rows.length > 0 ? <AskedFor rows={asked.rows} judge={judge} /> : null}
    </main>
  );
}

/** What is within the tolerance is approved in one tap, each as a decision of its own. */
function Close({ rows, judge }: { rows: readonly Sheet[]; judge: Judge }): VNode | null {
  const close = rows.filter(({ marks }) => marks.includes("within") && !marks.includes("seen"));
  return close.length > 1 ? (
    <button
      type="button"
      data-test="approve-close"
      onClick={() => {
        for (const { id } of close) judge("counting.approve", { sheet: id, note: null });
      }}
    >
      {t(say("counts.approve_close", { count: close.length }))}
    </button>
  ) : null;
}

function Counted({ row, judge }: { row: Sheet; judge: Judge }): VNode {
  const marks = [row.state, ...row.marks].map((mark) => t(worded("sheet", mark)));
  return (
    <article data-test="count-sheet">
      <h2>
        {row.place} <small>{marks.join(" · ")}</small>
      </h2>
      <p>{t(say("office.counter", { name: row.counter }))}</p>
      <Certainty row={row} />
      {row.unnamed.length > 0 ? (
        <p data-test="unnamed">{t(say("counts.unnamed", { codes: row.unnamed.join(" · ") }))}</p>
      ) : null}
      <Units row={row} />
      <Lines lines={row.lines} />
      <div class="row">
        <button
          type="button"
          data-test="approve"
          onClick={() => judge("counting.approve", { sheet: row.id, note: null })}
        >
          {t(say("office.approve"))}
        </button>
        <button
          type="button"
          data-test="recount"
          onClick={() => judge("counting.recount", { sheet: row.id, note: null })}
        >
          {t(say("counts.recount"))}
        </button>
        <button
          type="button"
          data-test="reject"
          onClick={() => judge("counting.reject", { sheet: row.id, note: null })}
        >
          {t(say("counts.let_stand"))}
        </button>
      </div>
    </article>
  );
}

/** Pallets and serials are there or they are not: no quantity says so. */
function Units({ row }: { row: Sheet }): VNode {
  const told = [
    ["counts.not_seen", row.notSeen],
    ["counts.not_booked", row.notBooked],
  ] as const;
  return (
    <>
      {told.map(([words, codes]) =>
        codes.length > 0 ? (
          <p key={words} class="mark" data-test={words}>
            {t(say(words, { codes: codes.join(" · ") }))}
          </p>
        ) : null,
      )}
    </>
  );
}

function Lines({ lines }: { lines: readonly CountLine[] }): VNode {
  return (
    <table>
      <thead>
        <tr>
          <th>{t(say("office.item"))}</th>
          <th>{t(say("office.counted"))}</th>
          <th>{t(say("office.book"))}</th>
          <th>{t(say("office.variance"))}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.key}>
            <td>
              {line.item} {line.lot}
            </td>
            <td>{line.counted ?? "–"}</td>
            <td>{line.book ?? "–"}</td>
            <td>{line.variance === null ? "–" : signed(line.variance)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const signed = (variance: number): string => (variance > 0 ? `+${variance}` : `${variance}`);
