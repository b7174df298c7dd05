/** Counts to judge: what was counted, what the book said, and what that makes. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useDevice } from "../ui/context.ts";
import { worded } from "../words/codes.ts";
import { say, type Text, t } from "../words/text.ts";
import { decide, useList } from "./deciding.ts";
import { type CountLine, type Sheet, sheet } from "./rows.ts";

export function Counts(): VNode {
  const device = useDevice();
  const { rows, trouble, refresh } = useList(device.api, "/counts?state=finished", sheet);
  const [said, setSaid] = useState<Text | null>(null);
  const judge = (kind: "counting.approve" | "counting.reject", row: Sheet): void => {
    void decide(device, kind, { sheet: row.id, note: null }).then((words) => {
      setSaid(words);
      refresh();
    });
  };
  return (
    <main class="counts">
      <h1>{t(say("office.counts"))}</h1>
      <p role="status" data-test="feedback">
        {trouble ? t(trouble) : said ? t(said) : ""}
      </p>
      <button type="button" data-test="refresh" onClick={refresh}>
        {t(say("office.refresh"))}
      </button>
      {rows?.length === 0 ? <p class="calm">{t(say("office.no_counts"))}</p> : null}
      {rows?.map((row) => (
        <article key={row.id} data-test="count-sheet">
          <h2>
            {row.place} <small>{[t(worded("sheet", row.state)), ...row.marks].join(" · ")}</small>
          </h2>
          <p>{t(say("office.counter", { name: row.counter }))}</p>
          <Lines lines={row.lines} />
          <div class="row">
            <button
              type="button"
              data-test="approve"
              onClick={() => judge("counting.approve", row)}
            >
              {t(say("office.approve"))}
            </button>
            <button type="button" data-test="reject" onClick={() => judge("counting.reject", row)}>
              {t(say("office.reject"))}
            </button>
          </div>
        </article>
      ))}
    </main>
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
